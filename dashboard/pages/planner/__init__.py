"""The desk planner at the end of the page on co-working."""
