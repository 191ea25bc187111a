{{ space_indicator('highest_price') }}
