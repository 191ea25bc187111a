{{ event_indicator('event_walk_ins') }}
