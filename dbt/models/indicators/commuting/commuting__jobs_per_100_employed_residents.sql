{{ ratio_of_figures(
    numerator=['employees_at_workplace'],
    denominator=['employees_at_residence'],
    factor=100
) }}
