{#
    The 8-digit AGS of a region key, or null where the key is no municipality's.

        8 digits     the AGS itself
        10 digits    district (5) + association (2) + municipality (3), as the Regionaldatenbank
                     writes Rheinland-Pfalz; without it 2,300 municipalities would be lost
        12 digits    the Regionalschlüssel (ARS): district (5) + association (4) + municipality (3),
                     as the census writes it

    A city that is its own district stands with 5 (Hamburg, Berlin: 2) digits, as districts do;
    the seed `district_free_cities` tells them apart, and the municipality's digits of its longer keys
    are 000. Those of every other district, association or Land end so as well and are no
    municipality. 7 and 9 digits are associations.
#}
{% macro municipality_id(region_key, city_municipality_id) -%}
    case
        when length({{ region_key }}) = 8 then {{ region_key }}
        when length({{ region_key }}) in (10, 12) and right({{ region_key }}, 3) <> '000'
            then substr({{ region_key }}, 1, 5) || right({{ region_key }}, 3)
        else {{ city_municipality_id }}
    end
{%- endmacro %}

{# The key by which `district_free_cities` knows a city: of 10 and 12 digits, those of its district. #}
{% macro district_key(region_key) -%}
    case
        when length({{ region_key }}) in (10, 12) and regexp_full_match(substr({{ region_key }}, 6), '0+')
            then substr({{ region_key }}, 1, 5)
        else {{ region_key }}
    end
{%- endmacro %}
