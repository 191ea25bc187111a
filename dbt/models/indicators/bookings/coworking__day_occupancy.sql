{{ space_indicator('day_occupancy') }}
