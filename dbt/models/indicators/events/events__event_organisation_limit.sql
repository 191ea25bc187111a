{{ event_indicator('event_organisation_limit') }}
