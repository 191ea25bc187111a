{{ space_indicator('booking_cancellation_rate') }}
