{{ space_indicator('autumn_event_ratio') }}
