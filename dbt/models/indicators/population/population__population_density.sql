{{ ratio_of_figures(numerator=['population'], denominator=['area_km2']) }}
