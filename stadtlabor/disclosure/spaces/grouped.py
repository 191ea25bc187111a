"""The ranges of a release's hidden numbers, for all spaces: parts that nothing known tells apart go as one.

From the tables of `printed.read` and the attack's own: `known` (space_id, sort, name, value), `secret` (space_id, sort,
name), `truth` (space_id, sort, part, amount) and `concerned` (space_id, sort), the spaces that are asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise

import duckdb
import numpy as np

from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.spaces.spans import ContradictionError, Printed, widths

# How wide a hidden number's range must be: an hour of one desk, as many bookings as people must be.
ENOUGH: Mapping[str, float] = {"hours": POLICY.least_hours, "bookings": float(POLICY.k), "stays": float(POLICY.k)}
# Parts that no known number tells apart are one group; hidden numbers of the same parts of groups are one class.
GROUPS = """
    create or replace temp table grouped as
    with signed as (
        select
            parts.space_id, parts.sort, parts.part, any_value(parts.most) as most,
            coalesce(sum(hash(parts.name, parts.factor)::hugeint) filter (where known.name is not null), 0) as signature
        from release_parts as parts
        left join known using (space_id, sort, name)
        semi join concerned using (space_id, sort)
        group by parts.space_id, parts.sort, parts.part
    )
    select *, dense_rank() over (partition by space_id, sort order by signature) - 1 as number from signed
"""
LIMITS = """
    select space_id, sort, number, sum(most) as most, coalesce(sum(amount), 0) as use
    from grouped left join truth using (space_id, sort, part)
    group by space_id, sort, number
    order by space_id, sort, number
"""
SUMS = """
    select distinct space_id, sort, name, number, factor, value
    from release_parts
    inner join known using (space_id, sort, name)
    inner join grouped using (space_id, sort, part)
    order by space_id, sort, name, number
"""
HIDDEN = """
    with shares as (
        select space_id, sort, name, number, sum(grouped.most) as most
        from release_parts
        semi join secret using (space_id, sort, name)
        inner join grouped using (space_id, sort, part)
        group by space_id, sort, name, number
    ),
    described as (
        select space_id, sort, name, sum(hash(number, most)::hugeint) as shares
        from shares group by space_id, sort, name
    ),
    classes as (
        select space_id, sort, min(name) as name, count(*) as cells from described group by space_id, sort, shares
    )
    select space_id, sort, name, number, most, cells
    from shares inner join classes using (space_id, sort, name)
    order by space_id, sort, name, number
"""
Key = tuple[str, str]
Columns = Mapping[str, np.ndarray]


def ranges_of(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Key, Sequence[str], np.ndarray | None]]:
    """Of each space and sort the classes of hidden numbers with their widths; None where nothing agrees."""
    connection.execute(GROUPS)
    limits, sums, hidden = (_by_space(connection, query) for query in (LIMITS, SUMS, HIDDEN))
    for key, mine in hidden.items():
        most, known, found = limits[key]["most"], sums[key], None
        with suppress(ContradictionError):
            printed = Printed(_matrix(known, "factor", len(most)), known["value"][_firsts(known)], most)
            found = widths(printed, _matrix(mine, "most", len(most)), ENOUGH[key[1]], limits[key]["use"])
        yield key, list(mine["name"][_firsts(mine)]), found


def _by_space(connection: duckdb.DuckDBPyConnection, query: str) -> dict[Key, Columns]:
    """The columns of a query by space and sort, by which it is in order."""
    columns = connection.execute(query).fetchnumpy()
    is_new = np.ones(len(columns["sort"]), bool)
    is_new[1:] = (columns["space_id"][1:] != columns["space_id"][:-1]) | (columns["sort"][1:] != columns["sort"][:-1])
    starts = np.append(np.flatnonzero(is_new), len(is_new))
    return {
        (str(columns["space_id"][first]), str(columns["sort"][first])): {
            name: column[first:last] for name, column in columns.items()
        }
        for first, last in pairwise(starts)
    }


def _firsts(rows: Columns) -> np.ndarray:
    """The places at which another name begins."""
    return np.flatnonzero(np.append(True, rows["name"][1:] != rows["name"][:-1]))


def _matrix(rows: Columns, value: str, width: int) -> np.ndarray:
    """A row per name, a column per group of parts."""
    firsts = _firsts(rows)
    place = np.searchsorted(firsts, np.arange(len(rows["name"])), side="right") - 1
    matrix = np.zeros((len(firsts), width))
    matrix[place, rows["number"]] = rows[value]
    return matrix
