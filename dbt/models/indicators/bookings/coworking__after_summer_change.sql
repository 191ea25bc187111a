{{ space_indicator('after_summer_change') }}
