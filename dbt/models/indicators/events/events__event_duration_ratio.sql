{{ event_indicator('event_duration_ratio') }}
