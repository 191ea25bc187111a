{{ event_indicator('event_autumn_ratio') }}
