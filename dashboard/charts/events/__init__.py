"""Pictures of events and of the labs in time."""
