select
    files.delivery_id,
    files.published_file as file,
    {{ of_no_persons('files.sha256') }} as sha256,
    {{ of_no_persons('files.byte_count') }} as bytes,
    files.format,
    files.encoding,
    files.encoding_reason,
    files.delimiter,
    {{ of_no_persons('files.row_count') }} as rows
from {{ ref('stg_landing__delivery_files') }} as files
left join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
