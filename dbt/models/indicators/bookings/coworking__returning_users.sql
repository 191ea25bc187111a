{{ space_indicator('returning_users') }}
