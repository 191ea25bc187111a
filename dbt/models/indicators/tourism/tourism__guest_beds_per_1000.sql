{{ ratio_of_figures(numerator=['guest_beds'], denominator=['population'], factor=1000, months_apart=12) }}
