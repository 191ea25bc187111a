"""What the release that still serves printed of surveys: known for good, so small changes since must not show.

previous_survey_cells     the cells of the tables
previous_survey_numbers   everything else, by the names that `core__survey_printed` has for it
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from stadtlabor.base.databases import attached, tables_of

TABLES: Mapping[str, tuple[str, ...]] = {
    "previous_survey_cells": (
        "survey_id", "table_id", "question", "breakdown", "shape", "is_sensitive", "answer", "breakdown_value",
        "covers_base", "respondent_count", "share", "sign", "is_synthetic", "completed",
    ),
    "previous_survey_numbers": ("survey_id", "subject", "statistic", "value", "respondent_count", "is_synthetic"),
}  # fmt: skip
# Columns of a release's table → statistics, and what they are told of.
_STATISTICS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "surveys": (
        "'survey'",
        "completed",
        {
            "started": "started_count", "completed": "completed_count", "incomplete": "incomplete_count",
            "tests": "test_count", "duplicates": "duplicate_count", "median_minutes": "median_minutes",
            "period_from": "period_from_date", "period_to": "period_to_date",
            "item_nonresponse": "item_nonresponse_pct", "n_eff": "n_effective",
        },
    ),
    "survey_questions": (
        "concept || case when item <> '' then '.' || item else '' end",
        "asked",
        {"asked": "asked_count", "cast(round(item_nonresponse * asked / 100) as bigint)": "unanswered_count"},
    ),
    "survey_numbers": (
        "concept || '/' || breakdown || '/' || coalesce(breakdown_value, 'total')", "base_n", {"value": ""},
    ),
    "survey_counts": (
        "table_id || '/' || answer",
        "base_n",
        {
            "weighted_share": "weighted_share_pct", "weighted_low": "weighted_low_pct",
            "weighted_high": "weighted_high_pct",
        },
    ),
}  # fmt: skip

_SELECT = """
    select survey_id, {subject} as subject, {statistic} as statistic, cast({value} as varchar) as value,
        cast({of} as varchar) as respondent_count, cast(synthetic as varchar) as is_synthetic
    from serving.{table}
    inner join (select survey_id, is_synthetic as synthetic from serving.surveys) using (survey_id)
    where {value} is not null
"""


def tables(release: Path | None) -> dict[str, pl.DataFrame]:
    """All tables of `TABLES` as text; empty where nothing serves yet."""
    found = {name: pl.DataFrame(schema=dict.fromkeys(columns, pl.String)) for name, columns in TABLES.items()}
    if release is None:
        return found
    with attached(serving=release) as connection:
        if not {"survey_cells", *_STATISTICS} <= tables_of(connection, "serving"):
            return found
        columns = ", ".join(f"cast({name} as varchar) as {name}" for name in TABLES["previous_survey_cells"])
        found["previous_survey_cells"] = connection.sql(
            f"select {columns} from serving.survey_cells inner join serving.surveys using (survey_id)"
        ).pl()
        rows = [
            _SELECT.format(
                subject=subject, statistic=f"'{name}'" if name else "statistic", value=value, of=of, table=table
            )
            for table, (subject, of, statistics) in _STATISTICS.items()
            for value, name in statistics.items()
        ]
        found["previous_survey_numbers"] = connection.sql(" union all ".join(rows)).pl()
    return found
