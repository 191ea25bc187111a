{{ event_indicator('event_fill') }}
