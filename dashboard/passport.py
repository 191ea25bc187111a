"""An indicator's passport: what its number means, how it is computed, where it comes from."""

from dashboard import charts, compare, parts
from dashboard.indicator import Indicator
from dashboard.visit import Visit


def show(indicator: Indicator, visit: Visit) -> None:
    """The passport as terms and their meaning, beneath a sentence that says what is measured."""
    say = visit.say
    parts.notes([indicator.description])
    deliveries = visit.release.sources_of(indicator.indicator_id)
    band = visit.release.peer_band(indicator.indicator_id, visit.release.latest_period(indicator.indicator_id))
    parts.facts(
        {
            say.passport_formula: indicator.formula,
            say.passport_base: indicator.base,
            say.passport_unit: indicator.unit,
            say.passport_method: indicator.method,
            say.passport_caveat: indicator.caveat,
            say.passport_peers: charts.band_words(band, indicator, visit.language),
            say.passport_source: indicator.source,
            say.passport_licence: compare.licence_words([indicator.licence], visit),
            say.passport_deliveries: "; ".join(
                f"{row['title']} ({row['delivery_id']})" for row in deliveries.iter_rows(named=True)
            ),
            say.passport_model: indicator.dbt_model,
        }
    )
