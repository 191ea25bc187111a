"""What survey charts show, in words computed from their numbers.

Uncertainty is that of few answers, nothing more: those who answered chose to. Where two intervals cannot
be told apart the words say so; no sentence ranks surveys or calls a number good or bad.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from dashboard import texts
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import INTERNAL, Numbers
from dashboard.words.sentences import as_float, label

# Up to so many surveys are named one by one in a headline; more are told from lowest to highest.
NAMED_ONE_BY_ONE = 3
# Up to so many are set against each other: 45 pairs, as many as a paragraph bears. 200 surveys would be 19,900.
MOST_COMPARED = 10

# Shares that have a name of their own, in per cent, and how near a value must lie to bear it.
FRACTIONS = {"tenth": 10, "fifth": 20, "quarter": 25, "third": 33.3, "two_fifths": 40, "half": 50, "three_fifths": 60}
FRACTIONS |= {"two_thirds": 66.7, "three_quarters": 75, "four_fifths": 80, "nine_tenths": 90}
NEAR = 2.5
HALF = (46.0, 49.5, 50.5, 55.0)  # from here on "just under half", "half", "just over half", up to here


def share_words(value: float, language: str) -> str:
    """A share (0 to 100) as one says it: "gut die Hälfte", "rund ein Drittel"; empty where no such word is near."""
    words = texts.of(language).group("fractions")
    start, exact, above, end = HALF
    if start <= value < end:
        return words["half_below" if value < exact else "half" if value < above else "half_above"]
    near = {name: abs(value - share) for name, share in FRACTIONS.items() if name != "half"}
    name = min(near, key=lambda one: near[one])
    return words[name] if near[name] <= NEAR else ""


def called(values: pl.DataFrame, language: str) -> dict[str, tuple[str, str]]:
    """For each survey of a frame its name and its note: the town, and who was asked in which year.

    A town that stands in the frame more than once is named with who was asked; where that is the same,
    with the month as well.
    """
    one_each = values.unique("survey_id", keep="first", maintain_order=True)
    notes = {row["survey_id"]: _asked(row, language, False) for row in one_each.iter_rows(named=True)}
    for row in one_each.iter_rows(named=True):
        alike = [
            other["survey_id"]
            for other in one_each.iter_rows(named=True)
            if other["name"] == row["name"] and _asked(other, language, False) == _asked(row, language, False)
        ]
        if len(alike) > 1:
            notes[row["survey_id"]] = _asked(row, language, True)
    towns = one_each.get_column("name").to_list()
    return {
        row["survey_id"]: (
            row["name"] if towns.count(row["name"]) == 1 else f"{row['name']} ({notes[row['survey_id']]})",
            notes[row["survey_id"]],
        )
        for row in one_each.iter_rows(named=True)
    }


def _asked(row: Mapping[str, object], language: str, with_month: bool) -> str:
    start = row["period_from"]
    who = texts.of(language).group("populations").get(str(row["population"]), str(row["population"] or ""))
    if not isinstance(start, date):
        return who
    return f"{who} {Numbers(language).month(start) if with_month else start.year}"


def finding(values: pl.DataFrame, indicator: Indicator, language: str, about: str = "") -> str:
    """The headline: each survey's value in words and figures; of many, from lowest to highest.

    `about` is the answer or row of a grid that the values are of.
    """
    say, numbers, names = texts.of(language), Numbers(language), called(values, language)
    short = say.finding_of.format(short=indicator.short, about=about) if about else indicator.short
    known = values.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return say.survey_finding_none.format(short=short)
    rows = list(known.iter_rows(named=True))
    if len(rows) > NAMED_ONE_BY_ONE:
        low, high = min(rows, key=lambda row: row["value"]), max(rows, key=lambda row: row["value"])
        return say.finding_span.format(
            short=short,
            low=label(low, indicator, numbers, whole_unit=True),
            low_town=names[low["survey_id"]][0],
            high=label(high, indicator, numbers, whole_unit=True),
            high_town=names[high["survey_id"]][0],
        )
    clauses = []
    for row in rows:
        figure = label(row, indicator, numbers, whole_unit=True)
        words = share_words(row["value"], language) if indicator.value_kind == "share" else ""
        value = say.survey_share_words.format(words=words, figure=figure) if words and not row["sign"] else figure
        clauses.append(say.survey_value_in.format(value=value, town=names[row["survey_id"]][0]))
    return f"{short}: {', '.join(clauses)}"


def group_finding(values: pl.DataFrame, indicator: Indicator, language: str, breakdown: str) -> str:
    """The headline of a breakdown: from the lowest group to the highest, over all surveys."""
    say, numbers, names = texts.of(language), Numbers(language), called(values, language)
    short = say.group_finding.format(short=indicator.short, breakdown=breakdown)
    known = values.filter(pl.col("group").is_not_null() & pl.col("value").is_not_null()).sort(
        "value", maintain_order=True
    )
    if known.is_empty():
        return say.survey_finding_none.format(short=short)

    def value_and_town(row: Mapping[str, object]) -> tuple[str, str]:
        where = say.group_in.format(group=row["group"], town=names[str(row["survey_id"])][0])
        return label(row, indicator, numbers, whole_unit=True), where

    low, high = value_and_town(known.row(0, named=True)), value_and_town(known.row(-1, named=True))
    return say.group_span.format(short=short, low=low[0], low_group=low[1], high=high[0], high_group=high[1])


def spread_words(values: pl.DataFrame, indicator: Indicator, language: str) -> list[str]:
    """For each share its uncertainty in a sentence, with the number of answers it comes from."""
    say, numbers, names = texts.of(language), Numbers(language), called(values, language)
    sentences = []
    for row in values.filter(pl.col("value").is_not_null() & pl.col("interval_low").is_not_null()).iter_rows(
        named=True
    ):
        low = numbers.decimal(row["interval_low"])
        high = numbers.quantity(row["interval_high"], indicator.unit)
        sentences.append(
            say.survey_spread.format(
                town=names[row["survey_id"]][0],
                low=low,
                high=high,
                count=numbers.decimal(row["base_n"]),
            )
        )
    return sentences


def pair_words(differences: pl.DataFrame, values: pl.DataFrame, language: str) -> list[str]:
    """Which surveys cannot be told apart, and how far apart the others lie; of many, that towns are not compared."""
    say, numbers, names = texts.of(language), Numbers(language), called(values, language)
    shares = values.filter(pl.col("value").is_not_null() & pl.col("interval_low").is_not_null()).height
    alike, apart = [], []
    for row in differences.iter_rows(named=True):
        if row["survey_a"] not in names or row["survey_b"] not in names:
            continue
        pair = say.survey_pair.format(first=names[row["survey_a"]][0], second=names[row["survey_b"]][0])
        if not row["is_distinguishable"]:
            alike.append(pair)
            continue
        low, high = sorted((abs(row["low"]), abs(row["high"])))
        apart.append(say.survey_pair_apart.format(pair=pair, low=numbers.decimal(low), high=numbers.decimal(high)))
    return [
        *([say.survey_alike.format(pairs="; ".join(alike))] if alike else []),
        *([say.survey_apart.format(pairs="; ".join(apart))] if apart else []),
        *([say.survey_pairs_of_one_town.format(count=shares)] if shares > MOST_COMPARED else []),
    ]


def describe_values(values: pl.DataFrame, indicator: Indicator, language: str, about: str = "") -> str:
    """The text alternative of the dots: every row with its value, interval and base."""
    say, numbers, names = texts.of(language), Numbers(language), called(values, language)
    seen = []
    for row in values.iter_rows(named=True):
        group = row.get("group")
        who = names[row["survey_id"]][0] + (f", {group}" if group else "")
        value = label(row, indicator, numbers, whole_unit=True)
        between = ""
        if row["value"] is not None and row["interval_low"] is not None:
            ends = [numbers.quantity(row[side], indicator.unit) for side in ("interval_low", "interval_high")]
            between = " " + say.alt_between.format(low=ends[0], high=ends[1])
        base = "" if row["base_n"] is None else ", " + say.base_n.format(count=numbers.decimal(row["base_n"]))
        seen.append(f"{who} {value}{between}{base}")
    title = say.finding_of.format(short=indicator.title, about=about) if about else indicator.title
    return say.alt_survey_rows.format(title=title, rows="; ".join(seen))


def counts_words(counts: pl.DataFrame, language: str) -> str:
    """Answers with their shares as one list: "ja 60 %, nein 40 %"; what is hidden says so."""
    say, numbers = texts.of(language), Numbers(language)
    shares = []
    for row in counts.iter_rows(named=True):
        hidden, share = row["share"] is None, row["share"]
        figure = say.hidden if hidden else percent(share, row["base_n"], numbers)
        marked = numbers.signed_text(figure, INTERNAL) if row["sign"] == INTERNAL and not hidden else figure
        shares.append(f"{row[f'answer_label_{language}']} {marked}")
    return ", ".join(shares)


def between(row: Mapping[str, object], unit: str, language: str) -> str:
    """The two ends of a row's interval as a table says them; empty where there is none."""
    low, high = (as_float(row[side]) for side in ("interval_low", "interval_high"))
    if low is None or high is None:
        return ""
    numbers = Numbers(language)
    return texts.of(language).between.format(low=numbers.decimal(low), high=numbers.quantity(high, unit))


def percent(share: float, base: int | None, numbers: Numbers) -> str:
    """A share of a base as a figure: whole below 200 respondents."""
    return numbers.quantity(share, "%", numbers.decimals_for("share", 1, base))


def listed_rows(rows: Sequence[tuple[str, str]]) -> str:
    """Names with what is said of them, for a text alternative."""
    return "; ".join(f"{name}: {words}" for name, words in rows)
