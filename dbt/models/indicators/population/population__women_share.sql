{{ ratio_of_figures(numerator=['population_female'], denominator=['population'], factor=100) }}
