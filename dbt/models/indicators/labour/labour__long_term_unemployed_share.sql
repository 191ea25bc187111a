{{ ratio_of_figures(numerator=['unemployed_long_term'], denominator=['unemployed'], factor=100) }}
