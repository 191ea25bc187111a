{{ event_indicator('event_venues') }}
