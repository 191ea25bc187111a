{{ space_indicator('lead_time_p90') }}
