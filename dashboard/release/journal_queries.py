"""What the release says of the labs and of what was learned: one function a question."""

import polars as pl

from dashboard.release.snapshot import Release

# The order in which the phases follow each other, and in which outcomes are offered.
PHASES = ("exploration", "consolidation", "transfer")
OUTCOMES = ("came_about", "partly", "did_not_come_about", "open")


def labs(release: Release) -> pl.DataFrame:
    """One row per lab, towns in their fixed order, with the town's name and slot."""
    return release.with_towns(release.tables["labs"]).sort("place", "position", "lab_id", nulls_last=True)


def phases(release: Release) -> pl.DataFrame:
    """One row per lab and phase, in the phases' order."""
    order = {phase: place for place, phase in enumerate(PHASES)}
    step = pl.col("phase").replace_strict(order, default=len(PHASES), return_dtype=pl.Int64)
    return release.with_towns(release.tables["lab_phases"]).sort("place", "lab_id", step, nulls_last=True)


def activities(release: Release) -> pl.DataFrame:
    """One row per activity of a lab: those with a day first, the oldest at the top."""
    return release.with_towns(release.tables["lab_activities"]).sort(
        "place", pl.coalesce("period_from", "period_to"), "activity_id", nulls_last=True
    )


def learnings(release: Release) -> pl.DataFrame:
    """One row per entry of the ledger: those of the towns in fixed order, then those of all towns together."""
    return release.with_towns(release.tables["learnings"], how="left").sort(
        "place", "position", "learning_id", nulls_last=True
    )


def themes(release: Release, language: str) -> dict[str, str]:
    """The themes of the ledger with their words, in alphabetical order."""
    rows = release.tables["learnings"].select("theme", words=pl.col(f"theme_{language}").fill_null(pl.col("theme")))
    known = rows.filter(pl.col("theme").is_not_null()).unique("theme").sort("words")
    return dict(zip(known.get_column("theme"), known.get_column("words"), strict=True))


def of_town(frame: pl.DataFrame, town_id: str) -> pl.DataFrame:
    """The rows of one town."""
    return frame.filter(pl.col("town_id") == town_id)
