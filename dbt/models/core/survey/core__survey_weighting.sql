select
    survey_id,
    any_value(state) as state,
    any_value(n_effective) as n_effective,
    any_value(reason_de) as reason_de,
    any_value(reason_en) as reason_en
from {{ ref('core__survey_weights') }}
group by survey_id
