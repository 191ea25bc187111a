{{ space_indicator('available_seat_hours') }}
