{{ event_indicator('events_held') }}
