{{ figure_as_published('broadband_1000_mbits_pct') }}
