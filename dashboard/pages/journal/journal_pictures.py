"""The labs in time as a picture: phases, labs, undertakings and events of all towns."""

from collections.abc import Iterable

import polars as pl

from dashboard import charts
from dashboard.parts.picture import Picture, is_sample
from dashboard.parts.visit import Visit
from dashboard.release import event_queries
from dashboard.release import journal_queries as queries
from dashboard.release.release_cache import cached

KIND = "labore"  # the files' folder in their address
NAME = "zeit"


@cached
def timeline(visit: Visit, highlighted: str | None = None) -> Picture | None:
    """The labs in time; nothing where no day is known of any."""
    release, language = visit.release, visit.language
    labs, phases, activities = queries.labs(release), queries.phases(release), queries.activities(release)
    events = event_queries.events(release).filter(pl.col("status").ne_missing("cancelled"))
    if labs.is_empty() or not charts.has_days(labs, phases, activities, events):
        return None
    towns, say = release.towns(), visit.say
    rows = (labs, phases, activities, events)
    return Picture(
        kind=KIND,
        name=NAME,
        chart=charts.phases(labs, phases, activities, events, towns, language, visit.theme, highlighted),
        title=_title(labs, visit),
        subtitle=say.phases_subtitle,
        alt=charts.describe_phases(labs, phases, events, towns, language),
        foot=[
            say.phases_key,
            say.phases_open_key if _has_open(labs, phases) else "",
            say.phases_pale_key if any(_is_pale(frame) for frame in rows) else "",
            say.phases_source.format(sections=", ".join(_sections(rows))),
        ],
        numbers=_numbers(labs, phases, activities, visit),
        sample_words=say.phases_sample,
        is_synthetic=is_sample(*rows),
    )


def by_name(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    """The picture of an address; nothing where there is none of that name."""
    return timeline(visit, highlighted) if name == NAME else None


def _title(labs: pl.DataFrame, visit: Visit) -> str:
    """From when to when, where all labs say so; else of how many it is known."""
    known = labs.filter(pl.col("period_from").is_not_null() & pl.col("period_to").is_not_null())
    if known.height < labs.height:
        return visit.say.phases_title.format(known=known.height, count=labs.height)
    start, end = known.get_column("period_from").min(), known.get_column("period_to").max()
    return visit.say.phases_title_all.format(start=visit.numbers.month(start), end=visit.numbers.month(end))  # type: ignore[arg-type]


def _has_open(*frames: pl.DataFrame) -> bool:
    ends = ("period_from", "period_to")
    return any(bool(frame.get_column(end).is_null().any()) for frame in frames for end in ends)


def _is_pale(frame: pl.DataFrame) -> bool:
    flags = [name for name in ("is_synthetic", "is_estimated") if name in frame.columns]
    return any(bool(frame.get_column(name).fill_null(False).any()) for name in flags)


def _sections(frames: Iterable[pl.DataFrame]) -> list[str]:
    columns = ("section", "report_section")
    found = {
        section.strip()
        for frame in frames
        for column in columns
        if column in frame.columns
        for sections in frame.get_column(column).drop_nulls()
        for section in str(sections).split(",")
    }
    return sorted(found, key=lambda one: [int(part) if part.isdigit() else 0 for part in one.split(".")])


def _numbers(labs: pl.DataFrame, phases: pl.DataFrame, activities: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """What is drawn as a table: town, what, when, where from."""
    say, language, origins = visit.say, visit.language, dict(visit.say.group("row_origins"))
    named = [
        labs.with_columns(what=pl.col(f"title_{language}")),
        phases.with_columns(what=pl.col(f"phase_{language}")),
        activities.with_columns(what=pl.col(f"title_{language}")),
    ]
    rows = [
        (
            row["name"],
            row["what"],
            charts.period_words(row["period_from"], row["period_to"], language)
            + (f" ({say.estimated})" if row.get("is_estimated") else ""),
            origins.get(row["row_origin"], row["row_origin"]),
        )
        for frame in named
        for row in frame.iter_rows(named=True)
    ]
    columns = (say.column_town, say.column_what, say.column_when, say.column_origin)
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
