{#
    Entries of a lab journal, one per town and id: what a later delivery says of an entry stands instead of what an
    earlier one said. Ids are unique within a town, so the town's id stands in front of them in the release.
    `id_columns` are the entry's own id (or what stands for it) as the journal writes it.
#}
{% macro latest_entries(relation, id_columns) %}
    select
        entries.*,
        entries.row_origin = 'synthetic' as is_synthetic
    from {{ ref(relation) }} as entries
    inner join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
    qualify row_number() over (
        partition by entries.town_id{% for column in id_columns %}, entries.{{ column }}{% endfor %}
        order by deliveries.received_date desc, entries.delivery_id desc
    ) = 1
{% endmacro %}

{# A town's own id of an entry made unique over all towns; what belongs to no town is shared. #}
{% macro id_in_network(town_column, id_column) -%}
    case when {{ id_column }} is not null then coalesce({{ town_column }}, 'shared') || '.' || {{ id_column }} end
{%- endmacro %}

{# The labels of a fixed word of the journal: the table's alias, to be joined on list and code. #}
{% macro with_words(alias, list, code_column) -%}
    left join {{ ref('stg_landing__journal_words') }} as {{ alias }}
        on {{ alias }}.word_list = '{{ list }}' and {{ alias }}.code = {{ code_column }}
{%- endmacro %}

{# A text in one language; where it was given in the other alone, that one. #}
{% macro in_two_languages(relation, stem) %}
    coalesce({{ relation }}.{{ stem }}_de, {{ relation }}.{{ stem }}_en) as {{ stem }}_de,
    coalesce({{ relation }}.{{ stem }}_en, {{ relation }}.{{ stem }}_de) as {{ stem }}_en
{% endmacro %}
