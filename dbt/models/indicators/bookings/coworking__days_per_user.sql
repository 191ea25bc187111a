{{ space_indicator('days_per_user') }}
