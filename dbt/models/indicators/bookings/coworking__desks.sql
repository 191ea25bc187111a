{{ space_indicator('desks') }}
