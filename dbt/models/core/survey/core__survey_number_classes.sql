-- The classes that stated numbers are put in: those of the dictionary, and the steps of a demand curve
-- between the prices its indicator names.
with

recodes as (

    select * from {{ ref('stg_landing__concept_recodes') }}
    where is_comparable and from_below is not null

),

prices as (

    select distinct concept_id, unnest(prices) as price
    from {{ ref('stg_landing__survey_indicators') }}
    where rule = 'demand'
    union
    select distinct concept_id, 0 as price
    from {{ ref('stg_landing__survey_indicators') }}
    where rule = 'demand'

),

price_steps as (

    select
        concept_id,
        concept_id as to_concept_id,
        'prices' as to_level,
        price as from_minimum,
        -- The last step is open upwards.
        coalesce(lead(price) over (partition by concept_id order by price), 1e9) as from_below,
        format('from_{:g}', price) as to_code
    from prices

),

classes as (

    select
        concept_id,
        coalesce(to_concept_id, concept_id) as to_concept_id,
        case when to_concept_id is null then level else '' end as to_level,
        from_minimum,
        from_below,
        to_code
    from recodes

),

groupings as (

    select * from classes
    union all by name
    select * from price_steps

),

-- Groupings with borders of their own tell how many lie between two borders: with these intervals they are one system.
borders as (

    select distinct concept_id, unnest([from_minimum, from_below]) as border
    from groupings
    qualify count(distinct to_concept_id || '@' || to_level) over (partition by concept_id) > 1

),

intervals as (

    select
        concept_id,
        concept_id as to_concept_id,
        'intervals' as to_level,
        border as from_minimum,
        lead(border) over (partition by concept_id order by border) as from_below,
        format('from_{:g}', border) as to_code
    from borders
    qualify from_below is not null

)

select * from groupings
union all by name
select * from intervals
