{{ ratio_of_figures(numerator=['overnight_stays'], denominator=['population'], months_apart=12) }}
