{{ figure_as_published('area_km2') }}
