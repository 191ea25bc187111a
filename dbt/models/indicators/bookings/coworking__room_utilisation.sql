{{ space_indicator('room_utilisation') }}
