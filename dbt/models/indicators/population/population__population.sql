{{ figure_as_published('population') }}
