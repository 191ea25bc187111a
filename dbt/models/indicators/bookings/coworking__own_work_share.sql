{{ space_indicator('own_work_share') }}
