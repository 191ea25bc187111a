{{ figure_as_published('broadband_fixed_line_1000_mbits_pct') }}
