select
    delivery_id,
    published_file as file,
    sha256,
    byte_count as bytes,
    format,
    encoding,
    encoding_reason,
    delimiter,
    row_count as rows
from {{ ref('stg_landing__delivery_files') }}
