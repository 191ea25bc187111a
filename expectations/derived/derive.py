"""Helper columns that expectations look at beside the landing columns.

Landing tables are all text. What an expectation cannot ask of text (is the last day before the first? has
this record stood here before?) is worked out here, for the whole table at once, and only for the gate: the
accepted rows leave it with their landing columns unchanged.
"""

import itertools
from collections.abc import Mapping

import polars as pl

from expectations.derived import booking_columns, event_columns, journal_columns, model_rules, survey_columns
from stadtlabor.readers import landing_tables
from stadtlabor.values.stated import Period

QUANTILES = ("p10", "p20", "p25", "p30", "p40", "p50", "p60", "p70", "p75", "p80", "p90")

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "figures": {
        "value_number": "`value` as a number, null where it is none",
        "cell_holds": "number, sign, number and sign, or nothing; the bracket sign `()` belongs to a number",
        "may_be_negative": "whether dbt's `may_be_negative` says so of unit and figure; true where no figure is named",
        "first_day": "first day of `period` as a date, null where it cannot be read",
        "last_day": "last day of `period`",
        "repeat": "how many records with the same key, value, sign and factor stand before this one",
    },
    "holidays": {
        "first_day": "`start_date` as a date, null where it is no day",
        "last_day": "`end_date` likewise",
        "day_count": "days from start to end, both counted; below 1 where the end lies before the start",
        "repeat": "how many identical records (all columns but the id) stand before this one",
    },
    "peer_bands": {
        "municipalities": "`municipality_count` as a number, null where it is no whole number",
        "first_day": "first day of `period` as a date, null where it cannot be read",
        "last_day": "last day of `period`",
        "falling_quantile": "name of the first quantile below the one before it, null where none is",
    },
    **survey_columns.COLUMNS,
    **booking_columns.COLUMNS,
    **event_columns.COLUMNS,
    **journal_columns.COLUMNS,
}

# Columns of every table: the first and last day of the period that the delivery's manifest gives, in each row.
PERIOD = ("manifest_first", "manifest_last")

# What makes a figure the same figure. The unit belongs to it: the census gives one measure as a count and
# as a share under one code (table 3000G-1008).
FIGURE_KEY = ("region_key", "source_figure", "figure", "attributes", "period", "unit")
_BRACKETS = "()"


def add(
    table: str, frame: pl.DataFrame, beside: survey_columns.Beside | None = None, period: Period | None = None
) -> pl.DataFrame:
    """The landing rows as the gate looks at them: blank cells null, helper columns of COLUMNS and PERIOD added.

    `beside` is needed for the answers of a survey and for registrations. Keeps order and number of rows.
    """
    days = (period.first, period.last) if period else (None, None)
    stated = [pl.lit(day, dtype=pl.Date).alias(name) for name, day in zip(PERIOD, days, strict=True)]
    return _with_helpers(table, frame, beside).with_columns(stated)


def _with_helpers(table: str, frame: pl.DataFrame, beside: survey_columns.Beside | None) -> pl.DataFrame:
    has_blanks = frame.select(_is_blank(pl.col(name).unique()).any() for name in landing_tables.TABLES[table])
    # A column that has none is the same one: a copy of many would be most of the memory.
    blank = [name for name, has in has_blanks.row(0, named=True).items() if has]
    cleaned = frame.with_columns(pl.when(~_is_blank(pl.col(name))).then(pl.col(name)).alias(name) for name in blank)
    if table in landing_tables.HANGS_ON:
        nothing = pl.Series([], dtype=pl.String)
        known = beside or survey_columns.Beside(None, nothing, nothing)
        judge = survey_columns.answers if table == "answers" else event_columns.registrations
        return judge(cleaned, known)
    if table in journal_columns.COLUMNS:
        return journal_columns.journal(table, cleaned)
    helpers = {
        "figures": _figures,
        "holidays": _holidays,
        "peer_bands": _peer_bands,
        "responses": survey_columns.responses,
        "questions": survey_columns.questions,
        "bookings": booking_columns.bookings,
        "events": event_columns.events,
    }
    return helpers[table](cleaned) if table in helpers else cleaned


def _is_blank(cells: pl.Expr) -> pl.Expr:
    return cells.cast(pl.String).str.strip_chars() == ""


def _figures(frame: pl.DataFrame) -> pl.DataFrame:
    has_value = pl.col("value").is_not_null()
    has_sign = pl.col("sign").is_not_null()
    number = pl.col("value").cast(pl.Float64, strict=False).alias("value_number")
    holds = (
        pl.when(has_value & (~has_sign | (pl.col("sign") == _BRACKETS)))
        .then(pl.lit("number"))
        .when(has_value)
        .then(pl.lit("number and sign"))
        .when(has_sign & (pl.col("sign") != _BRACKETS))
        .then(pl.lit("sign"))
        .otherwise(pl.lit("nothing"))
        .alias("cell_holds")
    )
    allowed = model_rules.may_be_negative(frame.select("unit", "figure").unique().cast(pl.String))
    signed = frame.join(
        allowed.cast({name: frame[name].dtype for name in ("unit", "figure")}),
        on=["unit", "figure"], how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    with_values = _with_days(signed.with_columns(number, holds))
    # 25.0 and 25.00 are the same statement, so numbers are compared as numbers.
    unread = pl.when(pl.col("value_number").is_null()).then(pl.col("value")).alias("unread_value")
    same = [*FIGURE_KEY, "value_number", "unread_value", "sign", "unit_factor"]
    return (
        with_values.with_columns(unread)
        .with_columns(pl.int_range(pl.len()).over(same).alias("repeat"))
        .drop("unread_value")
    )


def _with_days(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the first and last day of `period`; each distinct text is read once."""
    known = model_rules.days(frame["period"].drop_nulls().unique()).cast({"period": frame["period"].dtype})
    return frame.join(known, on="period", how="left", maintain_order="left")


def _holidays(frame: pl.DataFrame) -> pl.DataFrame:
    first, last = (_day(pl.col(name)) for name in ("start_date", "end_date"))
    same = [name for name in landing_tables.HOLIDAYS if name != "holiday_id"]
    return frame.with_columns(
        pl.int_range(pl.len()).over(same).alias("repeat"),
        first.alias("first_day"),
        last.alias("last_day"),
        ((last - first).dt.total_days() + 1).alias("day_count"),
    )


def _day(text: pl.Expr) -> pl.Expr:
    """A day in exactly this form, as staging casts it; the parser alone would take +2022-7-5 too."""
    return pl.when(text.str.contains(r"^\d{4}-\d{2}-\d{2}$")).then(text).str.to_date("%Y-%m-%d", strict=False)


def _peer_bands(frame: pl.DataFrame) -> pl.DataFrame:
    falls = [
        pl.when(pl.col(later).cast(pl.Float64, strict=False) < pl.col(earlier).cast(pl.Float64, strict=False)).then(
            pl.lit(later)
        )
        for earlier, later in itertools.pairwise(QUANTILES)
    ]
    count = pl.col("municipality_count").cast(pl.Int64, strict=False).alias("municipalities")
    return _with_days(frame.with_columns(pl.coalesce(falls).alias("falling_quantile"), count))
