{{ ratio_of_figures(
    numerator=['employees_at_workplace_services'],
    denominator=['employees_at_workplace'],
    factor=100
) }}
