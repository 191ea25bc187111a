{{ event_indicator('event_organisations') }}
