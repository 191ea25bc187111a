{{ figure_as_published('population_census') }}
