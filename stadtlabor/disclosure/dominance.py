"""When a handful of people make up a magnitude (seat-hours, visits, costs)."""

from collections.abc import Iterable
from typing import Literal

Reason = Literal["few_contributors", "one_dominates", "two_dominate"]

MIN_CONTRIBUTORS = 5
MAX_SHARE_OF_LARGEST = 0.50
MAX_SHARE_OF_TWO_LARGEST = 0.85


def dominance_reason(contributions: Iterable[float]) -> Reason | None:
    """Why a sum over persons must not be published, or None where it may.

    Args:
        contributions: what each person contributed, in any unit, ≥ 0. Persons who contributed nothing
            do not count as contributors.

    Raises:
        ValueError: a contribution is negative, so shares of the sum mean nothing.

    Source: shared methods, "Disclosure control" 6 (sdcLog: ≥ 5 entities, top two < 85 %). The macro
    `dominance_reason` states the same rule in SQL.
    """
    parts = sorted((float(part) for part in contributions if part != 0), reverse=True)
    if parts and parts[-1] < 0:
        raise ValueError("a contribution is negative; the dominance rule needs amounts of one sign")
    if len(parts) < MIN_CONTRIBUTORS:
        return "few_contributors"
    total = sum(parts)
    if parts[0] > MAX_SHARE_OF_LARGEST * total:
        return "one_dominates"
    if parts[0] + parts[1] > MAX_SHARE_OF_TWO_LARGEST * total:
        return "two_dominate"
    return None
