{{ event_indicator('event_visits') }}
