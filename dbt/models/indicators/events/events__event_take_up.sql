{{ event_indicator('event_take_up') }}
