with

bands as (

    select * from {{ ref('stg_landing__peer_bands') }}

),

groups as (

    select * from {{ ref('peer_groups') }}

),

catalogue as (

    select * from {{ ref('indicator_catalogue') }}

)

select
    bands.indicator_id,
    bands.peer_group,
    groups.peer_group_de,
    groups.peer_group_en,
    bands.period,
    bands.municipality_count,
    bands.p10,
    bands.p20,
    bands.p25,
    bands.p30,
    bands.p40,
    bands.p50,
    bands.p60,
    bands.p70,
    bands.p75,
    bands.p80,
    bands.p90,
    bands.tables
from bands
-- A band of an indicator that no longer exists is not published; a data test names it.
inner join catalogue using (indicator_id)
left join groups using (peer_group)
