{{ space_indicator('holiday_effect') }}
