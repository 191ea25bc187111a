"""What may be published of records, per edition: `policy.yml` is the one place where a threshold is defined.

Python reads `POLICY`, the public edition's, or `EDITIONS`; `stadtlabor.build.transform` hands the same numbers to dbt
as variables of the same names.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from stadtlabor.base import own_yaml

FILE = Path(__file__).with_name("policy.yml")
PUBLIC, TEAM = "public", "team"
# Each rule by its name: its words (`de`, `en`) and its value in either edition.
RULES: Mapping[str, Mapping[str, Any]] = own_yaml.read(FILE)
# A rule that is missing is named by `loaded`, not by the definition of the class.
_DEFAULT: Mapping[str, Any] = defaultdict(lambda: None, {name: rule.get(PUBLIC) for name, rule in RULES.items()})

# The parts of the protection, each of which can be switched off to show what it is needed for.
#
#     primary     counts of 1 … k−1 are hidden
#     complement  of several answers, so are those whose "not marked" is 1 … k−1
#     group       in sensitive tables, so is an answer that everybody gave
#     classes     a hidden answer is protected within its own question
#     linked      what is hidden in one table is hidden in those that follow from it
#     cells       a hidden cell of a breakdown is protected within the breakdown
#     shares      a hidden count has no published share
#     previous    a small change since the last release is not shown
#     zeros       since zeros are shown, a hidden answer's range begins at 1
PARTS = frozenset({"primary", "complement", "group", "classes", "linked", "cells", "shares", "previous", "zeros"})


@dataclass(frozen=True)
class Policy:
    """The disclosure policy of one edition, by default the public one's values.

    Thresholds count persons or what they did, unless they say otherwise.

    Source: shared methods, "Disclosure control", after the practice of German official statistics
    (BStatG § 16) and of OpenSAFELY, ACRO and sdcLog.

    Attributes:
        k: smallest count that is published, and width of the range in which a hidden one must stay.
        k_sensitive: the same for sensitive attributes (income, health, unemployment).
        round_to: published counts are multiples of this; 1 publishes them exactly.
        small_base: below so many respondents nothing but the base is published (sign `/`).
        bracket_base: below so many respondents a value stands in brackets (sign `()`).
        largest_share: a sum is hidden where one person makes up more than this share of it.
        two_largest_share: the same for two persons together.
        least_hours: seat-hours that the range of a hidden sum of them must be wide: an hour of one desk.
        fewest_events: of fewer events no ratio of seasons is published; of four any month has a quarter.
        shows_days: whether bookings of single days are told.
        shows_hidden: whether what the public edition hides is shown, marked as internal; only the team's does.
    """

    k: int = _DEFAULT["k"]
    k_sensitive: int = _DEFAULT["k_sensitive"]
    round_to: int = _DEFAULT["round_to"]
    small_base: int = _DEFAULT["small_base"]
    bracket_base: int = _DEFAULT["bracket_base"]
    largest_share: float = _DEFAULT["largest_share"]
    two_largest_share: float = _DEFAULT["two_largest_share"]
    least_hours: float = _DEFAULT["least_hours"]
    fewest_events: int = _DEFAULT["fewest_events"]
    shows_days: bool = _DEFAULT["shows_days"]
    shows_hidden: bool = _DEFAULT["shows_hidden"]

    def __post_init__(self) -> None:
        if not (1 if self.shows_hidden else 2) <= self.k <= self.k_sensitive:
            raise ValueError(f"k = {self.k} and k_sensitive = {self.k_sensitive}: 2 ≤ k ≤ k_sensitive must hold")
        # A rounded 0 must always be a true 0, or hidden and published counts could be confused.
        if not 1 <= self.round_to <= self.k:
            raise ValueError(f"round_to = {self.round_to} must lie between 1 and k = {self.k}")
        if not self.k_sensitive <= self.small_base <= self.bracket_base:
            raise ValueError("k_sensitive ≤ small_base ≤ bracket_base must hold")
        if not 0 < self.largest_share <= self.two_largest_share <= 1:
            raise ValueError("0 < largest_share ≤ two_largest_share ≤ 1 must hold")

    def threshold(self, is_sensitive: bool) -> int:
        """The k that holds for a table."""
        return self.k_sensitive if is_sensitive else self.k


def loaded(rules: Mapping[str, Mapping[str, Any]], edition: str) -> Policy:
    """The policy of an edition, from rules as `policy.yml` has them.

    Raises ValueError that names the rule: one that is missing, unknown or of the wrong kind, or values that contradict
    each other, and where the public edition would show what it hides.
    """
    kinds = get_type_hints(Policy)
    if odd := sorted(kinds.keys() ^ rules.keys()):
        raise ValueError(f"{FILE.name}: {odd[0]} is {'missing' if odd[0] in kinds else 'no rule'}")
    values: dict[str, Any] = {name: rule.get(edition) for name, rule in rules.items()}
    for name, value in values.items():
        if type(value) is not kinds[name] and not (kinds[name] is float and type(value) is int):
            raise ValueError(f"{FILE.name}, {name}, {edition}: {value!r} is not of the kind {kinds[name].__name__}")
    if edition == PUBLIC and values["shows_hidden"]:
        raise ValueError(f"{FILE.name}, shows_hidden: the public edition shows nothing that is hidden")
    if values["shows_hidden"] and values["round_to"] != 1:
        raise ValueError(f"{FILE.name}, round_to, {edition}: what is hidden is shown as counted, so it is 1 here")
    return Policy(**values)


EDITIONS: Mapping[str, Policy] = {edition: loaded(RULES, edition) for edition in (PUBLIC, TEAM)}
POLICY = EDITIONS[PUBLIC]
