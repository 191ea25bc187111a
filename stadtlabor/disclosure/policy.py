"""What may be published of records, as numbers."""

from dataclasses import dataclass

# The parts of the protection, each of which can be switched off to show what it is needed for.
#
#     primary     counts of 1 … k−1 are hidden
#     complement  of several answers, so are those whose "not marked" is 1 … k−1
#     group       in sensitive tables, so is an answer that everybody gave
#     classes     a hidden answer gets company within its own question
#     linked      what is hidden in one table is hidden in those that follow from it
#     cells       a hidden cell of a breakdown gets company within the breakdown
#     shares      a hidden count has no published share
#     previous    a small change since the last release is not shown
PARTS = frozenset({"primary", "complement", "group", "classes", "linked", "cells", "shares", "previous"})


@dataclass(frozen=True)
class Policy:
    """The disclosure policy; every threshold counts respondents.

    Source: shared methods, "Disclosure control", after the practice of German official statistics
    (BStatG § 16) and of OpenSAFELY, ACRO and sdcLog.

    Attributes:
        k: smallest count that is published, and width of the range in which a hidden one must stay.
        k_sensitive: the same for sensitive attributes (income, health, unemployment).
        round_to: published counts are multiples of this; 1 publishes them exactly.
        small_base: below so many respondents nothing but the base is published (sign `/`).
        bracket_base: below so many respondents a value stands in brackets (sign `()`).
    """

    k: int = 5
    k_sensitive: int = 10
    round_to: int = 1
    small_base: int = 30
    bracket_base: int = 50

    def __post_init__(self) -> None:
        if not 2 <= self.k <= self.k_sensitive:
            raise ValueError(f"k = {self.k} and k_sensitive = {self.k_sensitive}: 2 ≤ k ≤ k_sensitive must hold")
        # A rounded 0 must always be a true 0, or hidden and published counts could be confused.
        if not 1 <= self.round_to <= self.k:
            raise ValueError(f"round_to = {self.round_to} must lie between 1 and k = {self.k}")
        if not self.k_sensitive <= self.small_base <= self.bracket_base:
            raise ValueError("k_sensitive ≤ small_base ≤ bracket_base must hold")

    def threshold(self, is_sensitive: bool) -> int:
        """The k that holds for a table."""
        return self.k_sensitive if is_sensitive else self.k
