{{ figure_as_published('broadband_400_mbits_pct') }}
