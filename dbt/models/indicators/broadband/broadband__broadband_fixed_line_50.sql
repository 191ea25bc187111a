{{ figure_as_published('broadband_fixed_line_50_mbits_pct') }}
