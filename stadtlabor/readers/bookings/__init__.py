"""Bookings: from an export's rows to the landing table, whatever the tool."""
