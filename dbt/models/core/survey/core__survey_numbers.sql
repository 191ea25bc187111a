-- Quantiles of stated numbers as they are printed.
with

quantiles as (

    select * from {{ ref('core__survey_quantiles') }}

),

printed as (

    select * from {{ ref('core__survey_printed') }}

)

select
    quantiles.* exclude (value),
    cast(printed.value as double) as value
from quantiles
left join printed
    on quantiles.survey_id = printed.survey_id
    and {{ quantile_subject() }} = printed.subject
    and quantiles.statistic = printed.statistic
