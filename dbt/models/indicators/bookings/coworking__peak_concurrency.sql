{{ space_indicator('peak_concurrency') }}
