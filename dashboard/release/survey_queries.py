"""What the release says of surveys: one function a question, on tables that are already published.

A survey indicator has one value a survey, not one a town: a town may have asked twice, or its
citizens and its commuters. So every frame here has one row per survey, towns in their fixed order and
the surveys of a town in the order of time.
"""

from collections.abc import Mapping

import polars as pl

from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words.indicator import Indicator

QUALITY = "survey_quality"
# The breakdowns that belong to an indicator itself; all others split the respondents.
OWN = ("total", "item", "answer", "statistic", "price", "survey")
# Commuting times that a survey asked in classes are a concept of their own.
CLASSES = "_class"


@cached
def surveys(release: Release) -> pl.DataFrame:
    """One row per survey: the table `surveys` with the town's name and slot, and its `place` in the order."""
    joined = release.with_towns(release.tables["surveys"]).sort("place", "period_from", "survey_id")
    return joined.drop("place").with_row_index("place")


@cached
def themes(release: Release) -> list[str]:
    """The themes of survey indicators for which any survey has an answer, in the texts' order."""
    return [theme for theme in release.themes() if theme.startswith("survey_") and indicators(release, theme, "de")]


@cached
def indicators(release: Release, theme: str, language: str) -> list[Indicator]:
    """The indicators of a survey theme that at least one survey asked for; none of the surveys' quality."""
    if theme == QUALITY:
        return []
    asked = set(_values(release).get_column("indicator_id"))
    return [one for one in release.indicators(language, theme) if one.indicator_id in asked]


@cached
def values(release: Release, indicator_id: str, breakdown: str = "total") -> pl.DataFrame:
    """The values of an indicator: one row per survey and breakdown value, with the survey's columns beside.

    Adds `code` (the breakdown value), `label_de`, `label_en` and `code_order` for what the code means.
    """
    rows = _values(release).filter((pl.col("indicator_id") == indicator_id) & (pl.col("breakdown") == breakdown))
    concept = concept_of(release, indicator_id) if breakdown in OWN else breakdown
    labels = _labels(release, concept, ("item",) if breakdown == "item" else ("answer",))
    named = rows.rename({"breakdown_value": "code"}).join(labels, on="code", how="left")
    return named.sort("place", "code_order", "code", nulls_last=True)


@cached
def breakdowns(release: Release, indicator_id: str) -> list[str]:
    """How an indicator can be looked at: its own ways first, then the groups of respondents."""
    found = _values(release).filter(pl.col("indicator_id") == indicator_id).get_column("breakdown").unique().to_list()
    return sorted(found, key=lambda one: (one not in OWN, OWN.index(one) if one in OWN else 0, one))


@cached
def quartiles(release: Release, indicator_id: str) -> pl.DataFrame:
    """The quartiles beside a median: one row per survey with p25, p75 and p90; null where hidden."""
    rows = values(release, indicator_id, "statistic").filter(pl.col("code").is_in(["p25", "p75", "p90"]))
    empty = [pl.lit(None, pl.Float64).alias(name) for name in ("p25", "p75", "p90")]
    wide = rows.pivot(on="code", index="survey_id", values="value")
    missing = [one for one in empty if one.meta.output_name() not in wide.columns]
    return wide.with_columns(missing).select("survey_id", "p25", "p75", "p90")


@cached
def not_asked(release: Release, indicator_id: str) -> pl.DataFrame:
    """Who has no value of an indicator, and why: one row per town or survey (`survey_id` null for a town).

    `reason` is "no_survey", "not_asked", "hidden" (asked, but nothing of it may be published) or
    "asked_differently" (asked, but not so that it compares).
    """
    have = values_of_all(release, indicator_id).get_column("survey_id").unique()
    concept = concept_of(release, indicator_id)
    asked = release.tables["survey_questions"].filter(
        pl.col("concept").is_in([concept, concept + CLASSES]) & ~pl.col("survey_id").is_in(have.to_list())
    )
    all_surveys = surveys(release)
    rows = []
    for town in release.towns().iter_rows(named=True):
        own = all_surveys.filter(pl.col("town_id") == town["town_id"])
        mine = asked.filter(pl.col("survey_id").is_in(own["survey_id"].to_list()))
        for (survey_id,), questions in mine.group_by(["survey_id"], maintain_order=True):
            hidden = (questions.get_column("sign") == ".").all()
            rows.append((town["town_id"], town["name"], survey_id, "hidden" if hidden else "asked_differently"))
        if own.is_empty():
            rows.append((town["town_id"], town["name"], None, "no_survey"))
        elif mine.is_empty() and not own.get_column("survey_id").is_in(have.to_list()).any():
            rows.append((town["town_id"], town["name"], None, "not_asked"))
    columns = {"town_id": pl.String, "name": pl.String, "survey_id": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")


@cached
def values_of_all(release: Release, indicator_id: str) -> pl.DataFrame:
    """Every row of an indicator that a survey gave, in whichever breakdown."""
    return _values(release).filter(pl.col("indicator_id") == indicator_id)


@cached
def concept_of(release: Release, indicator_id: str) -> str:
    """The concept that an indicator asks for; empty for those on the survey itself."""
    rows = release.tables["indicator_catalogue"].filter(pl.col("indicator_id") == indicator_id)
    return str(rows.get_column("figures").item() or "") if rows.height else ""


@cached
def indicator_of(release: Release, concept: str) -> str:
    """The first indicator that asks for a concept; empty where none does."""
    rows = release.tables["indicator_catalogue"].filter(
        (pl.col("figures") == concept) & pl.col("theme").str.starts_with("survey_")
    )
    found = rows.sort("position").get_column("indicator_id")
    return str(found[0]) if len(found) else ""


@cached
def words(release: Release, concept: str, kind: str, language: str, code: str = "") -> str:
    """The dictionary's words for a concept, its question, an answer or an item; the code where there are none."""
    rows = release.tables["survey_labels"].filter(
        (pl.col("concept") == concept) & (pl.col("kind") == kind) & (pl.col("code") == code)
    )
    found = rows.sort("level").get_column(f"label_{language}").drop_nulls()
    return str(found[0]) if len(found) else code or concept


@cached
def questions(release: Release, survey_id: str) -> pl.DataFrame:
    """What a survey asked: one row per concept in the dictionary's order, rows of a grid taken together.

    Columns: concept, scale, position, `asked`, `answered` (the largest of a grid's rows), `is_hidden`, `theme`.
    """
    rows = release.tables["survey_questions"].filter(pl.col("survey_id") == survey_id)
    return (
        rows.group_by("concept")
        .agg(
            pl.first("scale"),
            pl.min("position"),
            pl.max("asked"),
            pl.max("answered"),
            (pl.col("sign") == ".").all().alias("is_hidden"),
        )
        .sort("position")
    )


@cached
def counts(release: Release, survey_id: str, concept: str) -> pl.DataFrame:
    """The distribution of one question of one survey, by itself: one row per item and answer, in their order."""
    rows = release.tables["survey_counts"].filter(
        (pl.col("survey_id") == survey_id) & (pl.col("concept") == concept) & (pl.col("breakdown") == "total")
    )
    items = _labels(release, concept, ("item",)).rename({"code": "item", "code_order": "item_order"})
    named = rows.join(items.rename({"label_de": "item_label_de", "label_en": "item_label_en"}), on="item", how="left")
    return named.sort("item_order", "answer_order", "answer", nulls_last=True)


@cached
def numbers_of(release: Release, survey_id: str, concept: str, group: tuple[str, str] | None = None) -> pl.DataFrame:
    """The quantiles of a question for numbers: one row per statistic, of all respondents or of one group."""
    breakdown, code = group or ("total", None)
    return release.tables["survey_numbers"].filter(
        (pl.col("survey_id") == survey_id)
        & (pl.col("concept") == concept)
        & (pl.col("breakdown") == breakdown)
        & pl.col("breakdown_value").eq_missing(pl.lit(code, pl.String))
    )


@cached
def demand(release: Release, concept: str, survey_id: str | None = None) -> pl.DataFrame:
    """The demand curves of a concept: one row per survey and price, cheapest first, with the survey's columns."""
    rows = release.tables["demand_curve"].filter(pl.col("concept") == concept)
    if survey_id is not None:
        rows = rows.filter(pl.col("survey_id") == survey_id)
    return rows.join(_beside(release), on="survey_id").sort("place", "price")


@cached
def disclosure(release: Release) -> Mapping[str, int] | None:
    """Over all attacks: hidden cells, those recoverable, tables; nothing where no audit was written."""
    rows = release.tables["disclosure_audit"]
    if rows.is_empty():
        return None
    return {
        "hidden": largest(rows, "hidden_cells"),
        "recoverable": int(rows.get_column("recoverable_cells").sum()),
        "tables": largest(rows, "tables"),
    }


def largest(frame: pl.DataFrame, column: str) -> int:
    """The largest count in a column, 0 where there is none."""
    return max((int(value) for value in frame.get_column(column).drop_nulls()), default=0)


@cached
def _values(release: Release) -> pl.DataFrame:
    # Every survey indicator's value names its survey as its one source.
    own = release.tables["indicator_values"].join(_beside(release), left_on="sources", right_on="survey_id")
    return own.rename({"sources": "survey_id"})


@cached
def _beside(release: Release) -> pl.DataFrame:
    return surveys(release).select(
        "survey_id", "place", "name", "slot", "population", "wave", "period_from", "period_to", "weighting_state"
    )


@cached
def _labels(release: Release, concept: str, kinds: tuple[str, ...]) -> pl.DataFrame:
    rows = release.tables["survey_labels"].filter((pl.col("concept") == concept) & pl.col("kind").is_in(kinds))
    # The same code of a coarser level means the same; the words of the level as asked come first.
    return (
        rows.sort("level", "position")
        .unique("code", keep="first", maintain_order=True)
        .select("code", "label_de", "label_en", pl.col("position").alias("code_order"))
    )
