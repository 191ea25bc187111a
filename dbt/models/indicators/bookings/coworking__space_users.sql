{{ space_indicator('space_users') }}
