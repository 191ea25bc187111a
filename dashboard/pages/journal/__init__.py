"""The labs in time, and what was learned."""
