select
    checks.delivery_id,
    checks.check_id,
    checks.table_name,
    checks.description_de,
    checks.description_en,
    checks.severity,
    checks.outcome,
    {{ of_no_persons('checks.failing_row_count') }} as failing_rows,
    {{ of_no_persons('checks.checked_row_count') }} as checked_rows
from {{ ref('stg_landing__delivery_checks') }} as checks
left join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
