{# What is printed of a survey itself, beside its tables: columns of the models that work it out. #}
{% macro survey_statistics() -%}
    {{ return([
        'started_count', 'completed_count', 'incomplete_count', 'test_count', 'duplicate_count', 'median_minutes',
        'period_from_date', 'period_to_date', 'n_effective',
    ]) }}
{%- endmacro %}

{# Of what a quantile is one; `landing/previous_survey.py` names those of the last release likewise. #}
{% macro quantile_subject() -%}
    {{ question_name('quantiles.concept_id', 'quantiles.item', "''") }}
    || '/' || split_part(quantiles.breakdown, '@', 1) || '/' || quantiles.breakdown_value
{%- endmacro %}

{# One statistic out of rows of `core__survey_printed` grouped by subject. #}
{% macro printed_value(statistic, type) -%}
    max(case when statistic = '{{ statistic }}' then cast(value as {{ type }}) end)
{%- endmacro %}
