{{ figure_as_published('broadband_200_mbits_pct') }}
