"""Pictures of co-working spaces and of the desk planner."""
