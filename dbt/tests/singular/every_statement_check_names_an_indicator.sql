-- A misspelt indicator would make its statement look not computable for ever.
select report_statement_checks.*
from {{ ref('report_statement_checks') }}
left join {{ ref('indicator_catalogue') }} using (indicator_id)
where indicator_catalogue.indicator_id is null
