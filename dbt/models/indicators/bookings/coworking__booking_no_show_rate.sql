{{ space_indicator('booking_no_show_rate') }}
