{{ event_indicator('event_cost_per_visit_hour') }}
