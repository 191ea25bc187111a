{{ space_indicator('recorded_afterwards') }}
