{{ event_indicator('event_no_show') }}
