{{ figure_as_published('trade_tax_multiplier_pct') }}
