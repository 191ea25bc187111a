"""The way in: where the towns lie, what they tried, three findings."""
