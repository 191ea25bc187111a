-- Whoever can book 100 Mbit/s can book 50, and a fixed line is one of the technologies.
{% set ladders = [
    ['broadband_50', 'broadband_100', 'broadband_200', 'broadband_400', 'broadband_1000'],
    ['broadband_fixed_line_50', 'broadband_fixed_line_100', 'broadband_fixed_line_1000'],
    ['broadband_50', 'broadband_fixed_line_50'],
    ['broadband_100', 'broadband_fixed_line_100'],
    ['broadband_1000', 'broadband_fixed_line_1000']
] %}
with

steps as (

    {% for ladder in ladders %}
    {% for slower in ladder[:-1] %}
    select '{{ slower }}_mbits_pct' as wider, '{{ ladder[loop.index] }}_mbits_pct' as narrower
    union all
    {% endfor %}
    {% endfor %}
    select null, null

)

select
    wider.municipality_id,
    wider.period,
    steps.*,
    wider.value as wider_value,
    narrower.value as narrower_value
from steps
inner join {{ ref('core__figures') }} as wider on steps.wider = wider.figure
inner join {{ ref('core__figures') }} as narrower
    on steps.narrower = narrower.figure
    and wider.municipality_id = narrower.municipality_id
    and wider.period = narrower.period
where narrower.value > wider.value
