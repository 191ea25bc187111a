{{ figure_as_published('average_household_size') }}
