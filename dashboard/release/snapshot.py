"""A published release, held in memory: a method per question about towns, indicators, deliveries and statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal

import polars as pl

from dashboard import texts
from dashboard.release.release_cache import Cache, cached
from dashboard.words.indicator import Indicator, alphabetical_key, indicator_of
from dashboard.words.numbers import NOT_DELIVERED
from stadtlabor.disclosure.policy import TEAM

# The themes of the official statistics; what the towns asked and counted themselves has pages of its own.
STRUCTURE = (
    "population", "commuting", "labour", "finance", "broadband", "housing", "tourism", "services", "mobility", "land",
)  # fmt: skip

# The group that towns stand against unless a reader chooses another.
SIZE_GROUP = "municipalities_5000_to_under_20000"


@dataclass(frozen=True, eq=False)
class Release:
    """A published release, held in memory; every method answers one question about it.

    Two are equal only where they are the same object: a release is never read twice.
    """

    release_id: str
    tables: Mapping[str, pl.DataFrame]
    cache: Cache = field(default_factory=Cache, repr=False)
    cache_key: ClassVar[str] = ""  # of all that is kept in its own cache

    @property
    def built_at(self) -> datetime:
        """When the release was built, with its time zone."""
        moment = self.tables["release_info"].get_column("built_at").item()
        assert isinstance(moment, datetime)
        return moment

    @property
    def is_internal(self) -> bool:
        """Whether this is the team's edition, which is not to be passed on."""
        return bool(self.tables["release_info"].get_column("edition").item() == TEAM)

    @property
    def has_synthetic(self) -> bool:
        """Whether any delivery of the release is sample data."""
        return bool(self.tables["release_info"].get_column("has_synthetic").item())

    @cached
    def towns(self) -> pl.DataFrame:
        """All towns, one row each, in the fixed order: alphabetical by name, umlauts as their vowels."""
        towns = self.tables["towns"]
        place = pl.col("name").map_elements(alphabetical_key, return_dtype=pl.String)
        return towns.sort(place, "town_id")

    @cached
    def town_names(self) -> dict[str, str]:
        """The towns' names by their ids, in the fixed order."""
        return dict(self.towns().select("town_id", "name").iter_rows())

    def with_towns(self, rows: pl.DataFrame, how: Literal["inner", "left"] = "inner") -> pl.DataFrame:
        """Rows of towns with the town's `name`, `slot` and `place` in the fixed order."""
        return rows.join(self.towns().select("town_id", "name", "slot").with_row_index("place"), on="town_id", how=how)

    @cached
    def population_date(self) -> date:
        """The day of the latest population figure."""
        day = self.tables["towns"].get_column("population_date").max()
        assert isinstance(day, date)
        return day

    @cached
    def themes(self) -> list[str]:
        """The themes that have an indicator, in the texts' order."""
        return self._catalogue().get_column("theme").unique(maintain_order=True).to_list()

    @cached
    def structure(self, language: str) -> list[Indicator]:
        """The indicators of the official statistics, in the catalogue's order."""
        return [one for one in self.indicators(language) if one.theme in STRUCTURE]

    @cached
    def indicators(self, language: str, theme: str | None = None) -> list[Indicator]:
        """The catalogue in one language ("de" or "en"), of one theme or of all."""
        rows = self._catalogue()
        if theme is not None:
            rows = rows.filter(pl.col("theme") == theme)
        return [indicator_of(row, language) for row in rows.iter_rows(named=True)]

    @cached
    def indicator(self, indicator_id: str, language: str) -> Indicator | None:
        """One indicator, or nothing where the catalogue does not know it."""
        found = self.tables["indicator_catalogue"].filter(pl.col("indicator_id") == indicator_id)
        return indicator_of(found.row(0, named=True), language) if found.height else None

    @cached
    def latest_period(self, indicator_id: str) -> str | None:
        """The last period for which any town has a value."""
        known = self._totals(indicator_id).filter(pl.col("value").is_not_null())
        periods = known.sort("period_end", "period").get_column("period")
        return periods[-1] if len(periods) else None

    @cached
    def values_by_town(self, indicator_id: str) -> pl.DataFrame:
        """The latest period: one row per town in fixed order, with the town's columns beside the value.

        A town without a row of that period keeps its place; its value is null and its sign NOT_DELIVERED, as is
        that of a row which names no delivery.
        """
        period = self.latest_period(indicator_id)
        values = self._totals(indicator_id)
        rows = values.filter(pl.col("period") == period) if period else values.clear()
        return _signed(self.towns().join(rows, on="town_id", how="left", maintain_order="left"))

    def latest_of_towns(self, indicator_id: str) -> pl.DataFrame:
        """Each town's own latest value, one row per town in fixed order: what is counted is not counted everywhere
        at the same time. Columns and signs as in `values_by_town`.
        """
        is_known = pl.col("value").is_not_null() | pl.col("interval_low").is_not_null()
        known = self._totals(indicator_id).sort(is_known, "period_end", nulls_last=False)
        latest = known.group_by("town_id").last()
        return _signed(self.towns().join(latest, on="town_id", how="left", maintain_order="left"))

    @cached
    def series(self, indicator_id: str) -> pl.DataFrame:
        """Every period: one row per town and period with a value, towns in fixed order, oldest first."""
        rows = self._totals(indicator_id).filter(pl.col("value").is_not_null() & pl.col("period_end").is_not_null())
        return self.with_towns(rows).sort("place", "period_end")

    @cached
    def breaks(self, indicator_id: str) -> pl.DataFrame:
        """The breaks that concern an indicator: its own and those of all indicators of a town."""
        breaks = self.tables["series_breaks"]
        own = pl.col("indicator_id").is_null() | (pl.col("indicator_id") == indicator_id)
        return breaks.filter(own).sort("break_date", "town_id")

    @cached
    def peer_band(self, indicator_id: str, period: str | None, group: str = SIZE_GROUP) -> dict[str, object] | None:
        """The deciles of an indicator over all municipalities of a group (the towns' size), or nothing."""
        bands = self.tables["peer_bands"].filter(
            (pl.col("indicator_id") == indicator_id) & (pl.col("peer_group") == group)
        )
        own = pl.col("period").eq(pl.lit(period, pl.String))
        # A mean over several years may be dated by its last day in one source and by all its years in another.
        span = pl.col("period").str.contains("/") & (pl.col("period").str.slice(5) + "-12-31").eq(
            pl.lit(period, pl.String)
        )
        found = bands.filter(own | span).sort(~own)
        return found.row(0, named=True) if found.height else None

    @cached
    def values_of_town(self, town_id: str) -> pl.DataFrame:
        """The latest row of each indicator for one town, in the catalogue's order."""
        mine = self.tables["indicator_values"].filter((pl.col("town_id") == town_id) & (pl.col("breakdown") == "total"))
        latest = mine.sort("period_end", nulls_last=False).group_by("indicator_id").last()
        order = self._catalogue().select("indicator_id").with_row_index("place")
        return latest.join(order, on="indicator_id").sort("place")

    @cached
    def deliveries(self) -> pl.DataFrame:
        """One row per delivery, with its rows delivered, accepted and quarantined."""
        return self.tables["deliveries"].sort("delivery_id")

    @cached
    def files_of(self, delivery_id: str) -> pl.DataFrame:
        """One row per file of a delivery."""
        return self._of_delivery("delivery_files", delivery_id).sort("file")

    @cached
    def checks_of(self, delivery_id: str) -> pl.DataFrame:
        """One row per check that the gate ran on a delivery, those that were not passed first."""
        checks = self._of_delivery("delivery_checks", delivery_id)
        return checks.sort(pl.col("outcome") == "passed", "table_name", "check_id")

    @cached
    def quarantine_of(self, delivery_id: str) -> pl.DataFrame:
        """One row per file and reason for which rows of a delivery were kept out."""
        return self._of_delivery("quarantine_summary", delivery_id).sort("file", "reason")

    @cached
    def model_checks(self) -> pl.DataFrame:
        """One row per test of the computation, the failed ones first."""
        return self.tables["model_checks"].sort("status", "name")

    @cached
    def statements(self) -> pl.DataFrame:
        """The ledger: one row per statement of the report, in the report's order."""
        return self.tables["statements"].sort("position", "statement_id")

    @cached
    def evidence_of(self, statement_id: str) -> pl.DataFrame:
        """The figures a verdict rests on: one row per indicator, town, period and answer.

        `label_de` and `label_en` are the words of the answer or item, null where the figure is of no single one;
        `base_n` is that of the value itself.
        """
        towns = self.towns().select("town_id", "name").with_row_index("place")
        mine = self.tables["statement_evidence"].filter(pl.col("statement_id") == statement_id)
        concepts = self.tables["indicator_catalogue"].select("indicator_id", concept="figures")
        labels = self.tables["survey_labels"].select(
            "concept", "label_de", "label_en", breakdown="kind", breakdown_value="code", answer="position"
        )
        named = mine.join(concepts, on="indicator_id", how="left").join(
            labels.unique(["concept", "breakdown", "breakdown_value"], keep="first", maintain_order=True),
            on=["concept", "breakdown", "breakdown_value"],
            how="left",
        )
        keys = ["indicator_id", "town_id", "period", "breakdown", "breakdown_value"]
        values = self.tables["indicator_values"].select(*keys, "base_n")
        values = values.unique(keys, keep="first", maintain_order=True)
        # A figure of no breakdown is the value of all ("total").
        whole = pl.col("breakdown").fill_null("total")
        named = named.with_columns(whole).join(values, on=keys, how="left", nulls_equal=True)
        order = ["indicator_id", "place", "period", "answer"]
        return named.join(towns, on="town_id", how="left").sort(order, nulls_last=True)

    @cached
    def sources_of(self, indicator_id: str) -> pl.DataFrame:
        """The deliveries that an indicator's values were computed from."""
        lists = self.tables["indicator_values"].filter(pl.col("indicator_id") == indicator_id)
        ids = {part.strip() for text in lists.get_column("sources").drop_nulls() for part in text.split(",")}
        return self.deliveries().filter(pl.col("delivery_id").is_in(ids))

    @cached
    def _catalogue(self) -> pl.DataFrame:
        # Positions count within a theme; the themes' own order is that of the texts, unknown ones last.
        themes = list(texts.of(texts.LANGUAGES[0]).group("themes"))
        place = pl.col("theme").replace_strict(
            themes, list(range(len(themes))), default=len(themes), return_dtype=pl.Int64
        )
        return self.tables["indicator_catalogue"].sort(place, "theme", "position", "indicator_id")

    def _totals(self, indicator_id: str) -> pl.DataFrame:
        return self.tables["indicator_values"].filter(
            (pl.col("indicator_id") == indicator_id) & (pl.col("breakdown") == "total")
        )

    def _of_delivery(self, table: str, delivery_id: str) -> pl.DataFrame:
        return self.tables[table].filter(pl.col("delivery_id") == delivery_id)


def _signed(rows: pl.DataFrame) -> pl.DataFrame:
    is_absent = pl.col("value").is_null() & pl.col("sources").is_null() & (pl.col("sign").fill_null(".") == ".")
    sign = pl.when(is_absent).then(pl.lit(NOT_DELIVERED)).otherwise(pl.col("sign").fill_null(""))
    return rows.with_columns(sign.alias("sign"))
