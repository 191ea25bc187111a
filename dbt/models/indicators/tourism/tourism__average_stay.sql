{{ ratio_of_figures(numerator=['overnight_stays'], denominator=['guest_arrivals']) }}
