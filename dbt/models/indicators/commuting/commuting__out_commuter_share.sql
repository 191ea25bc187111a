{{ ratio_of_figures(numerator=['out_commuters'], denominator=['employees_at_residence'], factor=100) }}
