select
    numbers.survey_id,
    surveys.town_id,
    numbers.concept_id as concept,
    split_part(numbers.breakdown, '@', 1) as breakdown,
    case when numbers.breakdown <> 'total' then numbers.breakdown_value end as breakdown_value,
    numbers.statistic,
    numbers.value,
    numbers.base_n,
    numbers.sign,
    concepts.unit,
    surveys.is_synthetic
from {{ ref('core__survey_numbers') }} as numbers
inner join {{ ref('stg_landing__surveys') }} as surveys using (survey_id)
inner join {{ ref('stg_landing__concepts') }} as concepts using (concept_id)
