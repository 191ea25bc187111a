-- No office publishes a rate for a municipality. The two statistics it is estimated from have
-- different dates: an annual average, and 30 June of the nearest year.
with

unemployed as (
    {{ combined_figures(['unemployed']) }}
),

employees as (
    {{ combined_figures(['employees_at_residence']) }}
),

nearest_employees as (
    {{ nearest_in_time('unemployed', 'employees', 18) }}
),

labour_force as (

    select
        nearest_employees.* exclude (found_value),
        nearest_employees.found_value + unemployed.value as found_value
    from nearest_employees
    inner join unemployed using (municipality_id, period)

),

{{ divided('unemployed', 'labour_force', 100) }}

select * from divided
-- Years too far from any 30 June with employees have no estimate for anybody.
where period in (select period from nearest_employees)
