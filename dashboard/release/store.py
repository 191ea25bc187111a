"""The one read-only way to the published release.

The dashboard opens this file's tables and nothing else. A release is read whole into memory once
and the file is closed again at once, so that neither a build nor the removal of old releases ever
waits for a reader. Every run of a page asks `current()`; it follows the pointer `current` in the
warehouse, so a new release shows without a restart.
"""

import os
import threading
from pathlib import Path

import duckdb
import polars as pl
import polars.selectors as cs

from dashboard import texts
from dashboard.release.snapshot import Release
from stadtlabor.base import places
from stadtlabor.disclosure.policy import PUBLIC, TEAM

TABLES = (
    "towns",
    "indicator_catalogue",
    "indicator_values",
    "peer_bands",
    "small_towns",
    "small_town_values",
    "series_breaks",
    "deliveries",
    "delivery_files",
    "delivery_checks",
    "quarantine_summary",
    "statements",
    "statement_evidence",
    "model_checks",
    "release_info",
    "surveys",
    "survey_questions",
    "survey_counts",
    "survey_numbers",
    "survey_labels",
    "survey_cells",
    "survey_links",
    "demand_curve",
    "disclosure_audit",
    "events",
    "event_groups",
    "labs",
    "lab_phases",
    "lab_activities",
    "learnings",
    "spaces",
    "space_days",
    "space_weeks",
    "space_months",
    "space_profile",
    "space_lead_times",
    "space_stays",
    "space_levels",
    "space_purposes",
    "space_kinds",
    "space_holiday_effect",
)

# The pointer may move and the old file go between looking and opening; then look again.
ATTEMPTS = 3
# Releases held in memory of an edition: the current one, and the one before it that open pages may still show.
MOST_HELD = 2
# Where the file of an edition lies in the warehouse, by the release's id.
FILES = {PUBLIC: "releases/{}/release.duckdb", TEAM: "team/{}/release-intern.duckdb"}

_reading = threading.Lock()
_held: dict[tuple[Path, str, str], Release] = {}


class NoReleaseError(Exception):
    """Nothing has been published yet: there is no pointer, or nothing that can be read where it points."""


def edition() -> str:
    """Which edition this process shows, by `EDITION` in the environment: the public one unless it says `team`.

    Raises ValueError where it says anything else.
    """
    asked = os.environ.get("EDITION", "").strip().lower() or PUBLIC
    if asked not in FILES:
        raise ValueError(f"EDITION is {asked!r}; it can be '{PUBLIC}' or '{TEAM}'.")
    return asked


def current() -> Release:
    """The release that the pointer names, read once and kept.

    Raises `NoReleaseError` where nothing is published, `duckdb.Error` where the file cannot be read.
    """
    for attempt in range(ATTEMPTS):
        release_id = pointer()
        try:
            return opened(places.warehouse(), release_id)
        except (duckdb.IOException, NoReleaseError):
            if attempt == ATTEMPTS - 1 and pointer() == release_id:
                raise
    raise NoReleaseError(f"no release could be opened in {places.shown(places.warehouse())}")


def pointer() -> str:
    """The id that the pointer names. Raises `NoReleaseError` where there is none."""
    try:
        release_id = (places.warehouse() / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoReleaseError(f"nothing is published in {places.shown(places.warehouse())}") from None
    if not release_id or Path(release_id).name != release_id:
        raise NoReleaseError(f"the pointer names no release: {release_id!r}")
    return release_id


def opened(warehouse: Path, release_id: str, wanted: str = "") -> Release:
    """A release by its id; the same object as long as it is among the last MOST_HELD that were asked for.

    `wanted` names the edition, by default the one this process shows; a public process opens no other.
    """
    wanted = wanted or edition()
    if wanted == TEAM != edition():
        raise NoReleaseError("this process shows the public edition and opens no other")
    key = (warehouse, release_id, wanted)
    # One reader at a time: twenty sessions that meet a new release must not read it twenty times.
    with _reading:
        found = _held.pop(key, None) or _read(warehouse, release_id, wanted)
        _held[key] = found
        for old in [one for one in _held if one[2] == wanted][:-MOST_HELD]:
            del _held[old]
        return found


def held() -> Release | None:
    """The release that the pointer names where somebody has read it already; never waits for a file's tables."""
    try:
        return _held.get((places.warehouse(), pointer(), edition()))
    except NoReleaseError:
        return None


def _read(warehouse: Path, release_id: str, wanted: str) -> Release:
    file = warehouse / FILES[wanted].format(release_id)
    if Path(release_id).name != release_id or not file.is_file():
        raise NoReleaseError(f"release {release_id} is not there any more")
    quoted = str(file).replace("'", "''")
    # An in-memory connection with the file attached: opened by name, DuckDB would hand every
    # reader of this process the same instance, also after the file was replaced.
    with duckdb.connect(":memory:") as connection:
        connection.execute("set timezone = 'Europe/Berlin'")
        connection.execute(f"attach '{quoted}' as release (read_only)")
        there = {name for (name,) in connection.sql("select table_name from duckdb_tables()").fetchall()}
        if lacking := sorted(set(TABLES) - there):
            raise NoReleaseError(f"release {release_id} is of an earlier version: it lacks {', '.join(lacking)}")
        _look_at_edition(connection, release_id, wanted)
        tables = {name: _as_set(connection.sql(f"select * from release.main.{name}").pl()) for name in TABLES}
        connection.execute("detach release")
    return Release(release_id, tables)


def _look_at_edition(connection: duckdb.DuckDBPyConnection, release_id: str, wanted: str) -> None:
    """What a file says of itself counts, wherever it lies and whatever it is called."""
    info = connection.sql("from release.main.release_info").pl()
    if "edition" not in info.columns:
        raise NoReleaseError(f"release {release_id} is of an earlier version: it does not say which edition it is")
    if info["edition"].to_list() != [wanted]:
        raise NoReleaseError(f"the file of release {release_id} is not of the {wanted} edition and is not shown")


def _as_set(table: pl.DataFrame) -> pl.DataFrame:
    """A table with the words of each language set as the pages' own are, and whole numbers in 64 bits."""
    return table.with_columns(
        cs.signed_integer().cast(pl.Int64),
        *(
            (cs.string() & cs.ends_with(f"_{language}")).str.replace_all(texts.PER_CENT, f"${{1}}{sign}")
            for language, sign in texts.PER_CENT_AS_SET.items()
        ),
    )
