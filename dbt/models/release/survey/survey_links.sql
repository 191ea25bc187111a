-- Which tables are others in coarser classes: whoever attacks the release knows it from the dictionary.
select
    survey_id,
    fine,
    coarse,
    from_code,
    to_code
from {{ ref('core__survey_links') }}
