"""Every number of a space through disclosure control; the one way from true numbers to published ones."""

import polars as pl

from stadtlabor.base.fingerprint import code
from stadtlabor.disclosure.cache import key_of, of_build
from stadtlabor.disclosure.spaces.following import kept
from stadtlabor.disclosure.spaces.protection import PROTECTED, protected

# Who contributed to each number takes far more memory than the numbers, so spaces come in portions; a portion in which
# nothing has changed is not decided again.
PORTION = 50


def model(dbt, session):
    """One row per number of a space: published, primary, secondary, internal or kept."""
    dbt.config(materialized="table")
    cells = dbt.ref("core__space_cells").select("space_id, family, cell, amount, reason, available_seat_seconds")
    # Who was there on one day or at one hour decides nothing that is published.
    contributions = dbt.ref("core__space_contributions").filter(
        "family not in ('day', 'profile', 'holidays', 'summer')"
    )
    others = [contributions, dbt.ref("stg_landing__previous_space_cells").select("space_id, family, cell")]
    used = contributions.select("space_id").distinct().pl()["space_id"].sort()
    is_used = pl.col("space_id").is_in(used.implode())
    # Where nobody booked there is nothing to decide: it stays hidden like every number of fewer than five people.
    unused = cells.select("space_id, family, cell").pl().filter(~is_used).with_columns(status=pl.lit("primary"))
    portions = [used[first : first + PORTION] for first in range(0, len(used), PORTION)]
    # An id of a space holds letters, digits and hyphens alone.
    wanted = [f"space_id between '{portion[0]}' and '{portion[-1]}'" for portion in portions]
    cache, version = of_build("spaces"), code(("stadtlabor/disclosure",))
    decided = [
        _decided(
            cache, version, cells.filter(these).pl().filter(is_used), *(table.filter(these).pl() for table in others)
        )
        for these in wanted
    ]
    if cache:
        cache.prune()
    outcome = pl.concat([pl.DataFrame(schema=dict(PROTECTED)), unused, *decided])
    stay = kept(
        outcome.filter(pl.col("status") == "published"),
        dbt.ref("core__space_contributions").pl,
        dbt.ref("stg_landing__previous_space_cells").pl(),
        dbt.ref("stg_landing__previous_space_people").pl(),
        _counts_of_people(dbt),
    )
    is_kept = pl.col("space_id").is_in(list(stay))
    return outcome.with_columns(status=pl.when(is_kept).then(pl.lit("kept")).otherwise("status"))


def _decided(cache, version, *tables):
    tables = [table.sort(table.columns) for table in tables]
    key = key_of([version, *tables])
    outcome = cache.find(key) if cache else None
    if outcome is None:
        outcome = protected(*tables)
        if cache:
            cache.store(key, outcome)
    return outcome


def _counts_of_people(dbt):
    """Users and returning users of each space that the last release told of, then and now."""
    before = dbt.ref("stg_landing__previous_space_measures").filter("measure in ('space_users', 'returning_users')")
    then = before.select(
        "space_id, measure, case measure when 'space_users' then value else numerator end as before"
    ).pl()
    now = dbt.ref("core__space_people").select(
        "space_id, user_count as space_users, returning_count as returning_users"
    )
    return then.drop_nulls().join(
        now.pl().unpivot(index="space_id", variable_name="measure", value_name="now"), on=["space_id", "measure"]
    )
