{# How relations come about. dbt's own materializations make each beside the old one, in a transaction, and rename it, so
   that readers of a serving database never miss it. A build writes to files of its own that nobody reads before they
   are whole: one statement is enough. #}

{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set relation = this.incorporate(type='table') -%}
    {%- do drop_relation_if_exists(load_cached_relation(this)) -%}
    {%- call statement('main', language=model['language']) -%}
        {{- create_table_as(false, relation, compiled_code, model['language']) -}}
    {%- endcall -%}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set relation = this.incorporate(type='view') -%}
    {%- do drop_relation_if_exists(load_cached_relation(this)) -%}
    {%- call statement('main') -%}
        {{- get_create_view_as_sql(relation, sql) -}}
    {%- endcall -%}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
