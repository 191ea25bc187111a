"""The tables of events and of the labs' journal: a release from before them lacks some and is read all the same."""

from collections.abc import Mapping

import polars as pl

Columns = Mapping[str, pl.DataType | type[pl.DataType]]


def _columns(texts: str, **others: pl.DataType | type[pl.DataType]) -> Columns:
    return dict.fromkeys(texts.split(), pl.String) | others


def _counts(names: str) -> Columns:
    return dict.fromkeys(names.split(), pl.Int64)


def _amounts(names: str) -> Columns:
    return dict.fromkeys(names.split(), pl.Float64)


_DAYS: Columns = {"period_from": pl.Date, "period_to": pl.Date}
_MOMENT = pl.Datetime("us")

# table → its columns as the dashboard reads them
TABLES: Mapping[str, Columns] = {
    "events": {
        **_columns(
            "event_id town_id delivery_id title venue venue_id format format_de format_en theme theme_de theme_en "
            "target_group target_group_de target_group_en status registered_sign attended_sign walk_ins_sign "
            "organisations_sign taken_up_sign series_id row_origin report_section note record_note_de record_note_en "
            "sources source_text licence",
            starts_at=_MOMENT,
            ends_at=_MOMENT,
            event_date=pl.Date,
            month=pl.Date,
            is_all_day=pl.Boolean,
            is_held=pl.Boolean,
            is_synthetic=pl.Boolean,
        ),
        **_counts(
            "capacity registered attended attended_low attended_high walk_ins organisations organisation_limit "
            "taken_up planned_minutes actual_minutes"
        ),
        **_amounts("fill_share no_show_share cost_eur cost_per_visit"),
    },
    "event_groups": {
        **_columns("town_id family member member_de member_en", is_synthetic=pl.Boolean),
        **_counts("event_count held_count counted_count visits_low visits_high visits_published"),
        **_counts("cancelled_count hidden_count capacity_sum"),
        **_amounts("median_low median_high fill_share fill_share_low fill_share_high"),
        **_amounts("no_show_share no_show_share_low no_show_share_high"),
    },
    "labs": _columns(
        "lab_id town_id title_de title_en tried_de tried_en outcome_de outcome_en learned_de learned_en section "
        "source row_origin",
        **_DAYS,
        is_synthetic=pl.Boolean,
        position=pl.Int64,
    ),
    "lab_phases": _columns(
        "lab_id town_id phase phase_de phase_en note_de note_en section source row_origin",
        **_DAYS,
        is_estimated=pl.Boolean,
        is_synthetic=pl.Boolean,
    ),
    "lab_activities": _columns(
        "activity_id lab_id town_id kind kind_de kind_en title_de title_en venue date_note_de date_note_en section "
        "source row_origin",
        **_DAYS,
        is_synthetic=pl.Boolean,
    ),
    "learnings": _columns(
        "learning_id lab_id town_id theme theme_de theme_en title_de title_en tried_de tried_en outcome outcome_de "
        "outcome_en why_de why_en again again_de again_en advice_de advice_en indicator_ids section source "
        "row_origin",
        is_synthetic=pl.Boolean,
        position=pl.Int64,
    ),
}
