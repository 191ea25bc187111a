"""The audit of a release: the attack on it, and what the quality page says of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

import polars as pl

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.attack import AttackResult, Finding, attack
from stadtlabor.disclosure.surveys.count_tables import KEY, RELEASED, TOTAL, Bound, Nested, Recode, released
from stadtlabor.disclosure.surveys.view import Cell

# One row per release. `narrowest_range` is the width of the tightest range found for a hidden cell
# (at least; the search stops once a range is wide enough); null where nothing is hidden.
DISCLOSURE_AUDIT: Mapping[str, type[pl.DataType]] = {
    "published_cells": pl.Int64,
    "hidden_cells": pl.Int64,
    "unreliable_cells": pl.Int64,
    "recoverable_cells": pl.Int64,
    "other_findings": pl.Int64,
    "programmes_solved": pl.Int64,
    "narrowest_range": pl.Int64,
    "k": pl.Int64,
    "k_sensitive": pl.Int64,
    "round_to": pl.Int64,
}


@dataclass(frozen=True)
class Audit:
    """An attack's result and the row for `disclosure_audit`.

    `known_before`: what the last release gives away by itself; nothing can take that back, and it is no finding.
    """

    attack: AttackResult
    row: dict[str, int | None]
    known_before: frozenset[Cell] = frozenset()

    @property
    def passed(self) -> bool:
        """True where the attack found nothing at all."""
        return not self.attack.findings

    @property
    def summary(self) -> str:
        """One sentence, as the quality page prints it."""
        return f"{self.row['recoverable_cells']} of {self.row['hidden_cells']} hidden cells recoverable"

    def frame(self) -> pl.DataFrame:
        """The row as a frame of DISCLOSURE_AUDIT."""
        return pl.DataFrame([self.row], schema=DISCLOSURE_AUDIT)

    def first_findings(self) -> list[str]:
        """The first finding of each universe in words: whatever is faulty is set aside together."""
        first: dict[str, Finding] = {}
        for finding in self.attack.findings:
            first.setdefault(finding.universe, finding)
        return [_told(finding) for finding in first.values()]


def audit(
    protected: pl.DataFrame,
    policy: Policy,
    recodes: Iterable[Recode] = (),
    completed: Mapping[str, int] | None = None,
    previous: pl.DataFrame | None = None,
    previous_completed: Mapping[str, int] | None = None,
    nested: Iterable[Nested] = (),
    printed: Iterable[Bound] = (),
    previous_printed: Iterable[Bound] = (),
) -> Audit:
    """Attack what is published of a protected frame (as `protect` gives it).

    The attacker gets the released columns only. The audit adds which hidden cells to judge: those
    hidden for confidentiality, and of those that are blank because their base is small (`unreliable_cells`) the ones
    of which a narrow range tells that they may count 1 … k−1.
    """

    def places(*states: str) -> set[Cell]:
        rows = protected.filter(pl.col("status").is_in(states), pl.col("published_count").is_null())
        return {(u, t, r, c) for u, t, r, c in rows.select(KEY).iter_rows()}

    targets, blank = places("primary", "secondary"), places("small_base")
    recodes, nested, printed, known = list(recodes), list(nested), list(printed), list(previous_printed)
    rest = (targets | blank, nested, printed, known)
    result = attack(released(protected), policy, recodes, completed, previous, previous_completed, *rest)
    result.findings = [one for one in result.findings if one.place not in blank or _is_small(one, policy)]
    for cell in blank:
        result.ranges.pop(cell, None)
    known_before = frozenset[Cell]()
    if previous is not None and result.findings:
        same = [name for name, count in (completed or {}).items() if (previous_completed or {}).get(name) == count]
        before = _as_known(previous, released(protected).filter(pl.col("universe").is_in(same)))
        alone = attack(before, policy, recodes, previous_completed, nested=nested, printed=known)
        widths = {finding.place: _width(finding) for finding in alone.findings}
        # What a stricter rule hides of the same respondents was printed before.
        printed_before = previous.filter(pl.col("universe").is_in(same), pl.col("published_count").is_not_null())
        widths |= dict.fromkeys(printed_before.select(KEY).iter_rows(), 0)
        unchanged = {name for name in same if _says_the_same(name, released(protected), previous, printed, known)}
        # What is narrower now is told by this release.
        is_known = {
            one: one.universe in unchanged
            or (one.kind != "contradiction" and widths.get(one.place, inf) <= _width(one))
            for one in result.findings
        }
        # A zero that everybody knew in a blank column tells of nobody.
        told = {
            one.place for one in (*alone.findings, *result.findings) if one.place in targets or _is_small(one, policy)
        }
        known_before = frozenset(one.place for one, known in is_known.items() if known and one.place in told)
        result.findings = [one for one in result.findings if not is_known[one]]
    status = protected["status"]
    row: dict[str, int | None] = {
        "published_cells": int((status == "published").sum()),
        "hidden_cells": len(targets),
        "unreliable_cells": int((status == "small_base").sum()),
        "recoverable_cells": len(result.recoverable),
        "other_findings": len(result.findings) - len(result.recoverable),
        "programmes_solved": result.programmes_solved,
        "narrowest_range": result.narrowest_range,
        "k": policy.k,
        "k_sensitive": policy.k_sensitive,
        "round_to": policy.round_to,
    }
    return Audit(result, row, known_before)


def _as_known(previous: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The last release, with tables that have come since for the same respondents: what did it say of their cells?"""
    come = now.join(previous, on=["universe", "table_id"], how="anti")
    is_told = pl.col("breakdown") == TOTAL
    hidden = {name: pl.when(is_told).then(name) for name in ("published_count", "share")}
    return pl.concat(
        [
            previous.select(*RELEASED),
            come.with_columns(**hidden, sign=pl.when(is_told).then("sign").otherwise(pl.lit("."))),
        ]
    )


def _says_the_same(
    name: str, now: pl.DataFrame, previous: pl.DataFrame, printed: Iterable[Bound], known: Iterable[Bound]
) -> bool:
    """Whether a survey is printed as the last release had it, number by number: then it tells nothing more.

    Kept tables may hold counts of several releases before; the last one alone does not explain them.
    """
    tables = [frame.filter(pl.col("universe") == name).select(*RELEASED).sort(pl.all()) for frame in (now, previous)]
    bounds = [{one for one in some if one.universe == name} for some in (printed, known)]
    return tables[0].equals(tables[1]) and bounds[0] == bounds[1]


def _width(finding: Finding) -> int:
    return 0 if finding.high is None or finding.low is None else finding.high - finding.low


def _is_small(finding: Finding, policy: Policy) -> bool:
    return finding.high is None or finding.low is None or (finding.high > 0 and finding.low < policy.k)


def _told(finding: Finding) -> str:
    place = " · ".join(part for part in (finding.universe, finding.table_id, finding.row, finding.column) if part)
    known = "" if finding.low is None else f" (between {finding.low} and {finding.high})"
    return f"{finding.kind}: {place}{known}"
