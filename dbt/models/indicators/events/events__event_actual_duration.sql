{{ event_indicator('event_actual_duration') }}
