{{ config(severity='warn') }}
-- For the deliveries the seed knows: a change of data is then a diff of the seed. A warning, since a
-- corrected delivery may come without anybody touching the code.
select
    expected_row_counts.delivery_id,
    expected_row_counts.figure_count as expected_count,
    count(figures.delivery_id) as found_count
from {{ ref('expected_row_counts') }}
inner join {{ ref('stg_landing__deliveries') }} using (delivery_id)
left join {{ ref('stg_landing__figures') }} as figures using (delivery_id)
group by expected_row_counts.delivery_id, expected_row_counts.figure_count
having count(figures.delivery_id) <> expected_row_counts.figure_count
