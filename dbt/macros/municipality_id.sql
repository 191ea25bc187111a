{#
    The 8-digit AGS of a region key, or null where the key is no municipality's.

        8 digits     the AGS itself
        10 digits    district (5) + association (2) + municipality (3), as the Regionaldatenbank
                     writes Rheinland-Pfalz; without it 2,300 municipalities would be lost
        12 digits    the Regionalschlüssel: district (5) + association (4) + municipality (3)

    A city that is its own district stands with 5 (Hamburg, Berlin: 2) digits, as districts do;
    the seed `district_free_cities` tells them apart. 7 and 9 digits are associations.
#}
{% macro municipality_id(region_key, city_municipality_id) -%}
    case
        when length({{ region_key }}) = 8 then {{ region_key }}
        when length({{ region_key }}) in (10, 12)
            then substr({{ region_key }}, 1, 5) || substr({{ region_key }}, length({{ region_key }}) - 2, 3)
        else {{ city_municipality_id }}
    end
{%- endmacro %}
