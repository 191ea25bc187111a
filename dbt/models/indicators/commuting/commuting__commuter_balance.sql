{{ ratio_of_figures(
    numerator=['in_commuters'],
    minus=['out_commuters'],
    denominator=['employees_at_workplace'],
    factor=100
) }}
