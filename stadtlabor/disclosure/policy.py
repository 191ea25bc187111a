"""What may be published of records, as numbers: the one place where a threshold of disclosure control is defined.

Needs nothing but the standard library. Python reads `POLICY`; `stadtlabor.build.transform` hands the same numbers
to dbt as variables of the same names.
"""

from dataclasses import dataclass

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
    """The disclosure policy; thresholds count persons or what they did, unless they say otherwise.

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
    """

    k: int = 5
    k_sensitive: int = 10
    # The towns hold the numbers against their own survey tool. For open publication take 5.
    round_to: int = 1
    small_base: int = 30
    bracket_base: int = 50
    largest_share: float = 0.50
    two_largest_share: float = 0.85
    least_hours: float = 1.0
    fewest_events: int = 5

    def __post_init__(self) -> None:
        if not 2 <= self.k <= self.k_sensitive:
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


POLICY = Policy()
