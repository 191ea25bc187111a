{#
    Tables and views made in place, in two statements instead of the adapter's eight. The adapter builds beside the old
    relation and renames, so that readers see the old or the new one; here nobody reads a file that is being built, and
    one that a build breaks off is thrown away whole.
#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {% set relation = replaced_relation('table') %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main', language=model['language']) -%}
        {{- create_table_as(false, relation, compiled_code, model['language']) }}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {% set relation = replaced_relation('view') %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {{- get_create_view_as_sql(relation, sql) }}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{# The relation that is to be made, with what stood under its name dropped. #}
{% macro replaced_relation(type) %}
    {% do drop_relation_if_exists(load_cached_relation(this)) %}
    {{ return(this.incorporate(type=type)) }}
{% endmacro %}
