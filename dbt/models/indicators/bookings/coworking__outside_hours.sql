{{ space_indicator('outside_hours') }}
