"""A question for a price as a demand curve, of one survey or of all that asked it, made ready for a page."""

from collections.abc import Iterator, Sequence

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Column, Table
from dashboard.parts import compare
from dashboard.parts.picture import Picture, marks
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator


def picture(
    concept: str, visit: Visit, name: str, kind: str, survey_id: str | None = None, indicator: Indicator | None = None
) -> Picture:
    """The demand curve of a concept, of all surveys that asked for the price or of one."""
    say, language = visit.say, visit.language
    points = queries.demand(visit.release, concept, survey_id)
    title = queries.words(visit.release, concept, "concept", language)
    unit = unit_of(concept, visit)
    caveat = indicator.caveat if indicator else ""
    return Picture(
        kind=kind,
        name=name,
        chart=charts.demand_curve(points, unit, language, visit.theme),
        title=_title(points, title, unit, visit),
        subtitle=" · ".join(part for part in (title, say.single_unit.format(unit=unit), _bases(points, visit)) if part),
        alt=say.alt_demand.format(title=title, rows=_rows(points, unit, visit)),
        foot=[
            say.demand_key,
            say.demand_hidden if points.get_column("share").null_count() else "",
            *_willing(points, visit),
            say.foot_caveat.format(caveat=caveat) if caveat else "",
            _source(points, visit),
        ],
        numbers=points.select(
            pl.col("name").alias(say.column_town),
            pl.col("price").alias(unit),
            pl.col("share").alias(f"{say.column_share} (%)"),
            *compare.interval(say.column_between, visit),
            pl.col("base_n").alias(say.column_base),
            pl.col("sign").alias(say.column_sign),
        ),
        indicator_id=indicator.indicator_id if indicator else queries.indicator_of(visit.release, concept),
        **marks(points, "share"),
    )


def unit_of(concept: str, visit: Visit) -> str:
    """The unit of a concept's prices in the reader's language."""
    units = visit.release.tables["survey_numbers"].filter(pl.col("concept") == concept).get_column("unit").drop_nulls()
    return visit.say.group("units").get(str(units[0]), str(units[0])) if len(units) else "€"


def _title(points: pl.DataFrame, title: str, unit: str, visit: Visit) -> str:
    """The price nearest to the point where half would still come along."""
    known = points.filter(pl.col("share").is_not_null())
    if known.is_empty():
        return visit.say.single_finding_hidden.format(title=title)
    row = known.sort((pl.col("share") - 50).abs(), "price").row(0, named=True)
    figure = survey_words.percent(row["share"], row["base_n"], visit.numbers)
    words = survey_words.share_words(row["share"], visit.language)
    share = visit.say.survey_share_words.format(words=words, figure=figure) if words else figure
    price = visit.numbers.measured(row["price"], unit)
    return visit.say.single_finding_price.format(title=title, share=share, price=price)


def _bases(points: pl.DataFrame, visit: Visit) -> str:
    names = survey_words.called(points, visit.language)
    one_each = points.filter(pl.col("base_n").is_not_null()).unique("survey_id", keep="first", maintain_order=True)
    return ", ".join(
        f"{names[row['survey_id']][0]} " + visit.say.base_n.format(count=visit.numbers.decimal(row["base_n"]))
        for row in one_each.iter_rows(named=True)
    )


def _willing(points: pl.DataFrame, visit: Visit) -> Sequence[str]:
    """For each survey of the curve the share of those who would pay at all."""
    sentences = []
    for survey_id in points.get_column("survey_id").unique(maintain_order=True):
        values = queries.values_of_all(visit.release, "willing_to_pay_share").filter(
            (pl.col("survey_id") == survey_id) & (pl.col("breakdown") == "total") & pl.col("value").is_not_null()
        )
        for row in values.iter_rows(named=True):
            share = survey_words.percent(row["value"], row["base_n"], visit.numbers)
            count = visit.numbers.decimal(row["base_n"])
            sentences.append(f"{row['name']}: " + visit.say.demand_willing.format(share=share, count=count) + ".")
    return sentences


def _rows(points: pl.DataFrame, unit: str, visit: Visit) -> str:
    names = survey_words.called(points, visit.language)
    sentences = []
    for row in points.iter_rows(named=True):
        share = (
            visit.say.hidden
            if row["share"] is None
            else survey_words.percent(row["share"], row["base_n"], visit.numbers)
        )
        sentences.append(f"{names[row['survey_id']][0]} {visit.numbers.measured(row['price'], unit)} {share}")
    return "; ".join(sentences)


def _source(points: pl.DataFrame, visit: Visit) -> str:
    known = queries.surveys(visit.release).filter(pl.col("survey_id").is_in(points.get_column("survey_id").to_list()))
    titles = "; ".join(known.get_column("title").drop_nulls())
    return visit.say.survey_source.format(source=titles) if titles else ""


def show_table(concept: str, visit: Visit, caption: str, survey_id: str | None = None) -> Iterator[Table]:
    """The points of a demand curve as a table."""
    say, numbers = visit.say, visit.numbers
    points, unit = queries.demand(visit.release, concept, survey_id), unit_of(concept, visit)
    names = survey_words.called(points, visit.language)
    columns = [Column(say.column_survey), Column(unit, True), Column(say.column_share, True)]
    columns += [Column(say.column_between, True), Column(say.column_base, True)]
    rows = []
    for row in points.iter_rows(named=True):
        sign = row["sign"] or "."
        rows.append(
            [
                names[row["survey_id"]][0],
                numbers.decimal(row["price"], 0 if float(row["price"]).is_integer() else 2),
                sign
                if row["share"] is None
                else numbers.signed_text(survey_words.percent(row["share"], row["base_n"], numbers), row["sign"]),
                survey_words.between(row, "%", visit.language),
                numbers.count(row["base_n"]),
            ]
        )
    yield Table(caption, columns, rows)
