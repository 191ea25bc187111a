{{ ratio_of_figures(numerator=['unemployed'], denominator=['population'], factor=1000, months_apart=12) }}
