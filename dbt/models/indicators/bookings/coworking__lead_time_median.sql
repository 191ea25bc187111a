{{ space_indicator('lead_time_median') }}
