{{ figure_as_published('average_net_rent_eur_per_m2') }}
