{{ ratio_of_figures(
    numerator=['property_tax_a_revenue_eur', 'property_tax_b_revenue_eur', 'trade_tax_net_revenue_eur', 'income_tax_share_eur', 'value_added_tax_share_eur'],
    denominator=['population'],
    months_apart=12
) }}
