select
    delivery_id,
    check_id,
    table_name,
    description_de,
    description_en,
    severity,
    outcome,
    failing_row_count as failing_rows,
    checked_row_count as checked_rows
from {{ ref('stg_landing__delivery_checks') }}
