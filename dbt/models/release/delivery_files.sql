select
    delivery_id,
    file,
    sha256,
    byte_count as bytes,
    format,
    encoding,
    encoding_reason,
    delimiter,
    row_count as rows,
    notes
from {{ ref('stg_landing__delivery_files') }}
