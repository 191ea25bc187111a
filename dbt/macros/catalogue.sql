{#
    What the YAML beside each indicator says of it (`config.meta`). A missing field stops the build
    and names the model: a number without its passport is not published.
#}
{% macro catalogue_fields() %}
    {{ return([
        'indicator_id', 'theme', 'position', 'title_de', 'title_en', 'short_de', 'short_en', 'description_de',
        'description_en', 'unit_de', 'unit_en', 'decimals', 'value_kind', 'formula_de', 'formula_en', 'method_de',
        'method_en', 'caveat_de', 'caveat_en', 'base_de', 'base_en', 'source_de', 'source_en', 'licence', 'figures',
        'sensitivity', 'quality_grade'
    ]) }}
{% endmacro %}

{# `graph` is filled while executing and not before, so parsing sees an empty catalogue. #}
{% macro indicator_passports() %}
    {% set passports = [] %}
    {% if execute %}
        {% for model in var('indicator_models') %}
            {% set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ model) %}
            {% if node is none %}
                {{ exceptions.raise_compiler_error("There is no indicator model '" ~ model ~ "'.") }}
            {% endif %}
            {% for field in catalogue_fields() %}
                {% if node.config.meta.get(field) is none %}
                    {{ exceptions.raise_compiler_error(
                        "The indicator '" ~ model ~ "' has no '" ~ field ~ "' in config.meta. Add it to "
                        ~ node.original_file_path | replace('.sql', '.yml') ~ "."
                    ) }}
                {% endif %}
            {% endfor %}
            {% do passports.append(dict(node.config.meta, dbt_model=model)) %}
        {% endfor %}
    {% endif %}
    {{ return(passports) }}
{% endmacro %}

{# The id of an indicator is its model's name without the theme in front. #}
{% macro indicator_id(model) -%}
    {{ return(model.split('__')[1]) }}
{%- endmacro %}
