{{ ratio_of_figures(
    numerator=['marginally_employed_at_residence'],
    denominator=['population'],
    factor=1000,
    months_apart=12
) }}
