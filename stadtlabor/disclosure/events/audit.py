"""The attack on a finished release's tables of events; its result is published.

Reads the release as anybody could, and the release that is public while this one is built. Of each event it
solves for all counts that would have been printed the same (`event_attack`), and everything told of groups
it works out from the printed events alone (`event_groups`), so that no group can say more than they do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.base.databases import attached, tables_of
from stadtlabor.disclosure.events import groups
from stadtlabor.disclosure.events.attack import HIDDEN, Finding, K, Print, attacked

RULE = f"k = {K}; sums, medians and shares from published counts and public ranges"
COUNTS = ("registered", "attended", "walk_ins", "taken_up", "organisations")
# Printed numbers are doubles; the same sum in another order may be off by rounding and no more.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class EventAudit:
    """The rows for `disclosure_audit` (none where there are no events), and in words what must not go out."""

    rows: list[tuple[str, int, int, int, int | None, str]]
    findings: list[str]


def attack_events(release: Path, serving_release: Path | None = None) -> EventAudit:
    """Attack the tables of events of a release file; `serving_release` is the one that is public now."""
    with attached(release=release, serving=serving_release) as connection:
        events = connection.sql("from release.events").pl()
        printed_groups = connection.sql("from release.event_groups").pl()
        indicators = connection.sql(
            "select * from release.indicator_values where indicator_id = any($names)",
            params={"names": [*groups.INDICATORS, "opening_lead"]},
        ).pl()
        before = _before(connection)
    if events.is_empty():
        return EventAudit([], [])
    found = _attacked(events, before)
    few = [f"{event_id}: {name}" for event_id, one in found.items() for name in one.disclosed] + _disclosing_shares(
        events
    )
    widths = [one.narrowest for one in found.values() if one.narrowest is not None]
    worked_out = groups.groups(events)
    differing = [
        *_groups_that_differ(printed_groups, worked_out),
        *_indicators_that_differ(indicators, worked_out, events),
    ]
    hidden = sum(int((events[f"{name}_sign"] == HIDDEN).sum()) for name in COUNTS)
    rows: list[tuple[str, int, int, int, int | None, str]] = [
        ("event_counts", 1, hidden, len(few), min(widths) if widths else None, RULE),
        ("event_groups", 2, int((printed_groups["hidden_count"] > 0).sum()), len(differing), None, RULE),
    ]
    return EventAudit(rows, few + differing)


def _before(connection: duckdb.DuckDBPyConnection) -> dict[str, Print]:
    if "events" not in tables_of(connection, "serving"):
        return {}
    return dict(_prints(connection.sql("from serving.events").pl()))


def _prints(events: pl.DataFrame) -> Iterator[tuple[str, Print]]:
    """Each event as the release prints its counts."""
    columns = [column for name in COUNTS for column in (name, f"{name}_sign")]
    for event_id, low, high, *cells in events.select("event_id", "attended_low", "attended_high", *columns).iter_rows():
        shown = dict(
            zip(COUNTS, (sign or count for count, sign in zip(cells[::2], cells[1::2], strict=True)), strict=True)
        )
        yield event_id, Print(**shown, low=low, high=high)


def _attacked(events: pl.DataFrame, before: dict[str, Print]) -> dict[str, Finding]:
    return {event_id: attacked(seen, before.get(event_id)) for event_id, seen in _prints(events)}


def _disclosing_shares(events: pl.DataFrame) -> list[str]:
    """A share or a cost per visit gives its numerator away to whoever knows the rest; both must be printed."""
    attended, capacity = pl.col("attended"), pl.col("capacity")
    missed = pl.col("registered") - attended + pl.col("walk_ins").fill_null(0)
    expected = {
        "fill_share": 100 * attended / pl.when(capacity > 0).then(capacity),
        "no_show_share": pl.when((missed >= 0) & (pl.col("walk_ins_sign") != HIDDEN)).then(
            100 * missed / pl.when(pl.col("registered") > 0).then(pl.col("registered"))
        ),
        "cost_per_visit": pl.col("cost_eur") / pl.when(attended > 0).then(attended),
    }
    return [
        f"{event_id}: {name} does not follow from what is printed"
        for name, value in expected.items()
        for event_id in events.filter(_differs(pl.col(name), value))["event_id"]
    ]


def _groups_that_differ(printed: pl.DataFrame, worked_out: pl.DataFrame) -> list[str]:
    ours = worked_out.with_columns(family=pl.col("family").replace("total", "all"))
    both = printed.filter(pl.col("counted_count") > 0).join(ours, on=groups.KEY, how="left", suffix="_again")
    exact = {name: pl.col(f"{name}_low") for name in ("fill_share", "no_show_share")}
    return [
        f"{town_id}, {family} {member}: {name} does not follow from the events"
        for name in (*groups.GROUP_COLUMNS, *exact)
        for town_id, family, member in both.filter(
            _differs(pl.col(name), pl.col(f"{name}_again"))
            if name in groups.GROUP_COLUMNS
            else pl.col(name).is_not_null() & _differs(pl.col(name), exact[name])
        ).select(groups.KEY).iter_rows()
    ]  # fmt: skip


def _indicators_that_differ(printed: pl.DataFrame, worked_out: pl.DataFrame, events: pl.DataFrame) -> list[str]:
    found = []
    for indicator_id, name in groups.INDICATORS.items():
        rows = printed.filter((pl.col("indicator_id") == indicator_id) & pl.col("sign").is_in(["", HIDDEN])).select(
            "town_id",
            "value",
            "interval_low",
            "interval_high",
            family="breakdown",
            member=pl.col("breakdown_value").fill_null("all"),
        )
        both = rows.join(worked_out, on=groups.KEY, how="left")
        low, high = pl.col(f"{name}_low"), pl.col(f"{name}_high")
        wrong = both.filter(
            _differs(pl.col("interval_low"), low)
            | _differs(pl.col("interval_high"), high)
            | (pl.col("value").is_not_null() & (_differs(pl.col("value"), low) | _differs(pl.col("value"), high)))
        )
        found += [f"{town}, {family} {member}: {indicator_id} does not follow from the events"
                  for town, family, member in wrong.select(groups.KEY).iter_rows()]  # fmt: skip
    leads = printed.filter((pl.col("indicator_id") == "opening_lead") & pl.col("interval_low").is_not_null())
    wrong = leads.join(groups.opening_leads(events), on="town_id", how="left").filter(
        _differs(pl.col("interval_low"), pl.col("low")) | _differs(pl.col("interval_high"), pl.col("high"))
    )
    return found + [f"{town}: opening_lead does not follow from the events" for town in wrong["town_id"]]


def _differs(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    far = (one - other).abs() > TOLERANCE * pl.max_horizontal(one.abs(), pl.lit(1.0))
    return (one.is_null() != other.is_null()) | far.fill_null(False)
