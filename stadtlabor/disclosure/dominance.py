"""When a handful of people make up a magnitude (seat-hours, visits, costs)."""

from collections.abc import Iterable
from typing import Literal

from stadtlabor.disclosure.policy import POLICY

Reason = Literal["few_contributors", "one_dominates", "two_dominate"]


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
    if len(parts) < POLICY.k:
        return "few_contributors"
    total = sum(parts)
    if parts[0] > POLICY.largest_share * total:
        return "one_dominates"
    if parts[0] + parts[1] > POLICY.two_largest_share * total:
        return "two_dominate"
    return None
