"""The last look at a release before it goes out."""

from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.errors import BuildError
from stadtlabor.event_audit import attack_events
from stadtlabor.space_audit import attack_spaces
from stadtlabor.survey_audit import COLUMNS, attack_release

# The closed set of published tables; a table of records can never slip in beside them.
PUBLISHED = frozenset(
    {
        "towns",
        "indicator_catalogue",
        "indicator_values",
        "peer_bands",
        "series_breaks",
        "deliveries",
        "delivery_files",
        "delivery_checks",
        "quarantine_summary",
        "statements",
        "statement_evidence",
        "surveys",
        "survey_questions",
        "survey_counts",
        "survey_numbers",
        "survey_labels",
        "survey_cells",
        "survey_links",
        "demand_curve",
        "share_differences",
        "spaces",
        "space_weeks",
        "space_months",
        "space_days",
        "space_profile",
        "space_lead_times",
        "space_stays",
        "space_levels",
        "space_purposes",
        "space_kinds",
        "space_holiday_effect",
        "events",
        "event_groups",
        "labs",
        "lab_phases",
        "lab_activities",
        "learnings",
        "disclosure_audit",
        "model_checks",
        "release_info",
    }
)


def attack(release: Path, warehouse: Path, serving_release: Path | None) -> None:
    """Attack the release and write the result into it; BuildError where it gives anybody away."""
    found = attack_release(release, warehouse, serving_release)
    if found.findings:
        raise BuildError(
            "The release gives hidden numbers away; the last one stays up. "
            + "; ".join(found.findings)
            + ". Merge small answers in the delivery's source.yml, or leave the question out. Where only the rules or "
            "the dictionary have changed since the last release, `stadtlabor build --new-series` starts anew."
        )
    spaces = attack_spaces(release, warehouse, serving_release)
    if spaces.findings:
        raise BuildError(
            "The release gives hidden numbers of a space away; the last one stays up. "
            + "; ".join(spaces.findings[:5])
            + ". Where bookings were corrected or the rules have changed since the last release, `stadtlabor build "
            "--new-series` starts anew; else take the newest delivery of this space out, and report it as a fault of "
            "the protection."
        )
    events = attack_events(release, serving_release)
    if events.findings:
        raise BuildError(
            "The release gives hidden counts of events away; the last one stays up. "
            + "; ".join(events.findings[:5])
            + ". Where counts were corrected since the last release, `stadtlabor build --new-series` starts anew; else "
            "leave the count out of the delivery, and report it as a fault of the protection."
        )
    rows = pl.concat([found.rows, pl.DataFrame([*spaces.rows, *events.rows], schema=COLUMNS, orient="row")])
    with duckdb.connect(str(release)) as connection:
        connection.register("given", rows)
        connection.execute("create table disclosure_audit as select * from given")
        connection.unregister("given")


def audit(release: Path) -> None:
    """Look at the finished release file; BuildError says what must not go out."""
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        rows += connection.execute(
            "select schema_name || '.' || view_name from duckdb_views() where not internal"
        ).fetchall()
        tables = {str(name) for (name,) in rows}
        expected = {f"main.{name}" for name in PUBLISHED}
        if strange := sorted(tables - expected):
            raise BuildError(f"The release holds {strange[0]}, which is not one of the published tables.")
        if missing := sorted(expected - tables):
            raise BuildError(f"The release lacks {missing[0]}.")
