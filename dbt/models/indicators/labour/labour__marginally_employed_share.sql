{{ ratio_of_figures(
    numerator=['marginally_employed_at_workplace'],
    denominator=['marginally_employed_at_workplace', 'employees_at_workplace'],
    factor=100
) }}
