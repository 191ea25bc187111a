"""Why a delivery is refused: what is wrong, where, and what to do, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from expectations.schema import DeliveryRules, Expectation, Words

_LINE = {"en": "line {}", "de": "Zeile {}"}
_NUMBERS = {
    "en": "Quarantined: {} of {} rows; most often, {} times: {}",
    "de": "In Quarantäne: {} von {} Zeilen; am häufigsten, {}-mal: {}",
}
_FIRST = {"en": "First in {}", "de": "Zuerst in {}"}


@dataclass(frozen=True)
class Refusal:
    """The same paragraph in English and German, and both without the first place and what stands there."""

    en: str
    de: str
    published: dict[str, str]


def too_many(rules: DeliveryRules, delivered: int, records: pl.DataFrame) -> bool:
    """Whether more than the allowed share of a delivery's rows is in quarantine; `records` are those that are.

    Rows set aside for one of `not_counting` (of another period) are in order and count neither way, as long as others
    are let in.
    """
    quarantined = records.height
    aside = int(records.select(pl.col("reason").is_in(rules.share.not_counting).sum()).item())
    if aside and quarantined == delivered:
        return True
    return quarantined - aside > rules.share.largest_share * (delivered - aside)


def decide(
    rules: DeliveryRules, failed: Sequence[Expectation], delivered: int, records: pl.DataFrame
) -> Refusal | None:
    """The refusal, or None where the delivery may come in.

    `failed` are expectations on the delivery that did not hold, `records` the quarantine so far.
    """
    reasons: list[tuple[Words, Words]] = [(one.reason, one.remedy) for one in failed if one.remedy]
    numbers = first = {"en": "", "de": ""}
    if too_many(rules, delivered, records):
        reasons.append((rules.share.reason, rules.share.remedy))
        numbers = {language: " " + _numbers(language, delivered, records) for language in numbers}
        first = {language: " " + _first(language, records) for language in numbers}
    if not reasons:
        return None
    published = {
        "en": " ".join(f"{reason.en} {remedy.en}" for reason, remedy in reasons) + numbers["en"],
        "de": " ".join(f"{reason.de} {remedy.de}" for reason, remedy in reasons) + numbers["de"],
    }
    return Refusal(published["en"] + first["en"], published["de"] + first["de"], published)


def _numbers(language: str, delivered: int, records: pl.DataFrame) -> str:
    """How many rows, and the commonest reason."""
    reason, count = _commonest(records)
    words = reason[f"reason_{language}"]
    return _NUMBERS[language].format(records.height, delivered, count, words)


def _first(language: str, records: pl.DataFrame) -> str:
    """Where the commonest reason is met first, and what stands there."""
    first, _ = _commonest(records)
    place = ", ".join(filter(None, [first["file"], _LINE[language].format(first["line"]), first["column_name"]]))
    first_place = _FIRST[language].format(place)
    return f"{first_place}: {first['detail']}" if first["detail"] else first_place


def _commonest(records: pl.DataFrame) -> tuple[dict[str, str], int]:
    """The first record of the commonest reason, and how often that is met."""
    reason, count = records["reason"].value_counts(sort=True).row(0)
    first = (records["reason"] == reason).arg_max()
    assert first is not None
    return records.row(first, named=True), count
