{{ event_indicator('event_planned_duration') }}
