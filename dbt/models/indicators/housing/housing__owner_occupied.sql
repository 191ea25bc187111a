{{ figure_as_published('owner_occupied_pct', base='dwellings') }}
