{{ figure_as_published('property_tax_b_multiplier_pct') }}
