{{ figure_as_published('broadband_fixed_line_100_mbits_pct') }}
