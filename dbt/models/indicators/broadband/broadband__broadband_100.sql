{{ figure_as_published('broadband_100_mbits_pct') }}
