{{ figure_as_published('dwelling_vacancy_pct', base='dwellings') }}
