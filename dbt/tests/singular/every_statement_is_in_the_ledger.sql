-- Nothing the report states is left out silently.
select report_statements.statement_id
from {{ ref('report_statements') }}
left join {{ ref('statements') }} using (statement_id)
where statements.statement_id is null
