{{ space_indicator('utilisation') }}
