{# The condition holds in every row; a row where it cannot be told fails too. #}
{% test holds(model, condition) %}

select *
from {{ model }}
where ({{ condition }}) is not true

{% endtest %}
