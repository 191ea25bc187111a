"""A cell's value: signs, units, periods, times and words."""
