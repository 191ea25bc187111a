"""Groups of events worked out a second time, from the published table of events and nothing else.

What a release says of a group must be what anybody can work out from the events it prints; were it anything
else, it would have been made from numbers that are hidden.
"""

import polars as pl

from stadtlabor.disclosure.policy import POLICY

# Group columns of `event_groups` and the indicators that say the same; `_low` and `_high` are both compared.
# A hidden count is one of 1 … k−1.
MOST_HIDDEN = POLICY.k - 1
GROUP_COLUMNS = (
    "counted_count",
    "hidden_count",
    "visits_low",
    "visits_high",
    "visits_published",
    "median_low",
    "median_high",
    "capacity_sum",
    "fill_share_low",
    "fill_share_high",
    "no_show_share_low",
    "no_show_share_high",
)
INDICATORS = {
    "event_visits": "visits",
    "event_attendance_median": "median",
    "event_attendance_lower_quartile": "lower_quartile",
    "event_attendance_upper_quartile": "upper_quartile",
    "event_fill": "fill_share",
    "event_no_show": "no_show_share",
    "event_walk_ins": "walk_in_share",
    "event_organisations": "organisations",
    "event_take_up": "taken_up",
    "event_cost_per_visit": "cost_per_visit",
    "event_cost_per_visit_hour": "cost_per_visit_hour",
}
KEY = ("town_id", "family", "member")


def groups(events: pl.DataFrame) -> pl.DataFrame:
    """One row per town, family (total, month, format, …) and member, with the columns named above.

    `events` is the released table. Null where nothing was recorded; a share of nothing is null too.
    """
    held = events.filter(pl.col("is_held")).with_columns(
        *_missed(), hours=pl.coalesce("actual_minutes", "planned_minutes") / 60
    )
    return pl.concat([_grouped(held, family, member) for family, member in _families().items()])


def opening_leads(events: pl.DataFrame) -> pl.DataFrame:
    """By how many visits an opening leads the others of its seven days: town_id, low, high.

    No row for a town without an opening that was held, or where one of them was not counted.
    """
    held = events.filter(pl.col("is_held"))
    is_opening = (pl.col("format") == "opening").fill_null(False)
    openings = held.filter(is_opening).group_by("town_id").agg(opened=pl.col("event_date").max())
    days = (pl.col("event_date") - pl.col("opened")).dt.total_days()
    week = held.join(openings, on="town_id").filter(days.is_between(0, 6))
    low, high = pl.col("attended_low"), pl.col("attended_high")
    return (
        week.group_by("town_id")
        .agg(
            low=low.filter(is_opening).max() - high.filter(~is_opening).max(),
            high=high.filter(is_opening).max() - low.filter(~is_opening).max(),
            uncounted=low.is_null().sum(),
        )
        .filter((pl.col("uncounted") == 0) & pl.col("low").is_not_null())
        .drop("uncounted")
    )


def _families() -> dict[str, pl.Expr]:
    month = pl.col("month").dt.strftime("%Y-%m")
    return {
        "total": pl.lit("all"),
        "month": month,
        "format": pl.col("format"),
        "theme": pl.col("theme"),
        "target_group": pl.col("target_group"),
        "venue": pl.coalesce("venue_id", "venue"),
        "format_month": pl.col("format") + "/" + month,
        "format_target_group": pl.col("format") + "/" + pl.col("target_group"),
    }


def _grouped(held: pl.DataFrame, family: str, member: pl.Expr) -> pl.DataFrame:
    grouped = (
        held.with_columns(member=member)
        .filter(pl.col("member").is_not_null())
        .group_by("town_id", "member")
        .agg(*_visits(), *_shares(), *_parts(), *_costs())
    )
    return grouped.with_columns(family=pl.lit(family))


def _missed() -> list[pl.Expr]:
    """Who had registered and did not come, and who did, from the lowest to the highest they may be."""
    low, high, registered = pl.col("attended_low"), pl.col("attended_high"), pl.col("registered")
    walk_ins = pl.col("walk_ins").fill_null(0)
    hides = {name: pl.col(f"{name}_sign") == "." for name in ("registered", "attended", "walk_ins")}
    published = (
        (pl.col("registered_sign") != "x")
        & (pl.col("attended_sign") != "x")
        & ~((pl.col("walk_ins_sign") == "x") & (registered < low).fill_null(False))
    )
    exact = ~hides["registered"] & ~hides["attended"] & ~hides["walk_ins"]
    missed = registered - pl.col("attended") + walk_ins
    least = pl.when(exact).then(missed).when(hides["registered"]).then(0).otherwise((registered - high).clip(0))
    most = (
        pl.when(exact)
        .then(missed)
        .when(~hides["registered"])
        .then(registered - pl.when(hides["walk_ins"]).then(0).otherwise(low))
        .when(hides["attended"])
        .then(2 * MOST_HIDDEN)
        .otherwise(MOST_HIDDEN + walk_ins)
    )
    came_least = pl.when(hides["walk_ins"]).then(0).otherwise(low - walk_ins)
    named = {"missed_low": least, "missed_high": most, "came_low": came_least, "came_high": high - walk_ins}
    return [pl.when(published).then(expression).alias(name) for name, expression in named.items()]


def _visits() -> list[pl.Expr]:
    counted = pl.col("attended_low").is_not_null()
    expressions = [
        counted.sum().alias("counted_count"),
        (pl.col("attended_sign") == ".").sum().alias("hidden_count"),
        _sum(pl.col("attended")).alias("visits_published"),
    ]
    for end in ("low", "high"):
        visits = pl.col(f"attended_{end}")
        expressions.append(_sum(visits).alias(f"visits_{end}"))
        for name, share in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75)):
            expressions.append(visits.quantile(share, "linear").alias(f"{name}_{end}"))
    return expressions


def _shares() -> list[pl.Expr]:
    filled = pl.col("attended_low").is_not_null() & (pl.col("capacity") > 0)
    capacity = _sum(pl.col("capacity").filter(filled))
    expressions = [capacity.alias("capacity_sum")]
    for end, other in (("low", "high"), ("high", "low")):
        visits, missed = _sum(pl.col(f"attended_{end}").filter(filled)), _sum(pl.col(f"missed_{end}"))
        expressions.append((100 * visits / capacity).alias(f"fill_share_{end}"))
        expressions.append(
            (100 * missed / _nonzero(missed + _sum(pl.col(f"came_{other}")))).alias(f"no_show_share_{end}")
        )
    return expressions


def _parts() -> list[pl.Expr]:
    walked = pl.col("walk_ins_sign") != "x"
    hides_walk_ins = (walked & (pl.col("walk_ins").is_null() | pl.col("attended").is_null())).any()
    walk_ins = 100 * _sum(pl.col("walk_ins").filter(walked)) / _nonzero(_sum(pl.col("attended").filter(walked)))
    taken_up = pl.when(~(pl.col("taken_up_sign") == ".").any()).then(_sum(pl.col("taken_up")))
    expressions = []
    for end, hidden in (("low", 1), ("high", MOST_HIDDEN)):
        companies = pl.when(pl.col("organisations_sign") == ".").then(hidden).otherwise(pl.col("organisations"))
        expressions += [
            _sum(companies).alias(f"organisations_{end}"),
            pl.when(~hides_walk_ins).then(walk_ins).alias(f"walk_in_share_{end}"),
            taken_up.alias(f"taken_up_{end}"),
        ]
    return expressions


def _costs() -> list[pl.Expr]:
    expressions = []
    for end, other in (("low", "high"), ("high", "low")):
        visits = pl.col(f"attended_{other}")
        for name, divisor in (("cost_per_visit", visits), ("cost_per_visit_hour", visits * pl.col("hours"))):
            known = divisor.is_not_null() & pl.col("cost_eur").is_not_null()
            cost = pl.col("cost_eur").filter(known).sum() / _nonzero(divisor.filter(known).sum())
            expressions.append(cost.alias(f"{name}_{end}"))
    return expressions


def _sum(values: pl.Expr) -> pl.Expr:
    """A sum that is null, not 0, where there is nothing to add."""
    return pl.when(values.count() > 0).then(values.sum())


def _nonzero(value: pl.Expr) -> pl.Expr:
    return pl.when(value != 0).then(value)
