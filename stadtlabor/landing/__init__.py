"""What manifests, calendars and the serving release say, as landing tables beside the readers' own."""
