-- What may leave the warehouse of the tables. The reason for hiding stays behind: which of two hidden
-- cells is the small one is itself a secret.
select
    universe as survey_id,
    table_id,
    question,
    breakdown,
    shape,
    is_sensitive,
    "row" as answer,
    "column" as breakdown_value,
    covers_base,
    published_count as respondent_count,
    share,
    sign,
    is_kept
from {{ ref('core__survey_protection') }}
