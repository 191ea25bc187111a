{{ event_indicator('opening_lead') }}
