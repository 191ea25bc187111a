{{ event_indicator('events_cancelled') }}
