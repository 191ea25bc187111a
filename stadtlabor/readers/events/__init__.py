"""Events: from a list or calendar to the landing table, whatever the tool."""
