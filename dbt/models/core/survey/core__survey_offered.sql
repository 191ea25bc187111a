-- Which answers a survey had to choose from: those its manifest maps, and those somebody gave.
select survey_id, concept_id, code
from {{ ref('stg_landing__survey_answers_mapping') }}
union
select survey_id, concept_id, code
from {{ ref('core__survey_codes') }}
where code is not null and scale in ('single', 'scale')
