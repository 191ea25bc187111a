-- The tables as protected: what the audit attacks and what the next release holds its own against.
select
    survey_id,
    table_id,
    question,
    breakdown,
    shape,
    is_sensitive,
    answer,
    breakdown_value,
    covers_base,
    respondent_count,
    share,
    sign
from {{ ref('core__survey_published_cells') }}
