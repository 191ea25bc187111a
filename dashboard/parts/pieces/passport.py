"""An indicator's passport: what its number means, how it is computed, where it comes from."""

from collections.abc import Iterator, Sequence

from dashboard import charts
from dashboard.article.blocks import Block, Facts, Links, Notes, link
from dashboard.parts import compare
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.release_cache import cached
from dashboard.words.indicator import Indicator


def show(indicator: Indicator, visit: Visit, is_whole: bool = False) -> Iterator[Block]:
    """The passport as terms and their meaning, beneath a sentence that says what is measured.

    Unless `is_whole` a link leads to the page with the files, checks and statements behind it.
    """
    yield from _passport(indicator, visit)
    if not is_whole:
        yield Links([link(visit.say.passport_whole, "passport", kennzahl=indicator.indicator_id)])


@cached
def _passport(indicator: Indicator, visit: Visit) -> Sequence[Block]:
    say = visit.say
    deliveries = visit.release.sources_of(indicator.indicator_id)
    group = visit.group if visit.group in small_towns.ALL_OF_A_GROUP else ""
    period = visit.release.latest_period(indicator.indicator_id)
    band = small_towns.band(visit.release, indicator.indicator_id, period, group)
    facts = Facts(
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
    return Notes([indicator.description]), facts
