"""Pictures of official figures: towns on their peers, series, the map."""
