{{ figure_as_published('broadband_50_mbits_pct') }}
