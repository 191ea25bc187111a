{{ space_indicator('booked_seat_hours') }}
