{{ ratio_of_figures(numerator=['population'], denominator=['area_km2'], only_common_periods=true) }}
