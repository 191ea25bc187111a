{# An indicator of events: a measure of `core__event_measures`. #}
{% macro event_indicator(measure) %}
{{ measure_of(ref('core__event_measures'), measure) }}
{% endmacro %}
