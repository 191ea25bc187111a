"""The tables of co-working spaces: a release from before them lacks them and is read all the same."""

from collections.abc import Mapping

import polars as pl

Columns = Mapping[str, pl.DataType | type[pl.DataType]]

# What a space's row says of its use, each with a column `<name>_sign` beside it.
MEASURES = (
    "utilisation",
    "booked_seat_hours",
    "outside_hours",
    "day_occupancy",
    "peak_concurrency",
    "lead_time_median",
    "lead_time_p90",
    "recorded_afterwards",
    "booking_cancellation_rate",
    "booking_no_show_rate",
    "space_users",
    "returning_users",
    "days_per_user",
)


def _of(kind: type[pl.DataType], names: str) -> Columns:
    return dict.fromkeys(names.split(), kind)


_USE: Columns = {**_of(pl.Float64, "available_seat_hours booked_seat_hours utilisation"), "sign": pl.String}

# table → its columns as the dashboard reads them
TABLES: Mapping[str, Columns] = {
    "spaces": {
        **_of(
            pl.String,
            "space_id town_id name_de name_en hours_de hours_en denominator_de denominator_en price_unit "
            "cancellation_reason_de cancellation_reason_en no_show_reason_de no_show_reason_en period sources "
            "source_text licence",
        ),
        **_of(pl.Date, "first_day last_day first_open_day last_open_day"),
        **_of(pl.Int64, "calendar_days open_days desks desk_days"),
        **_of(pl.Float64, "available_seat_hours price"),
        **_of(pl.Boolean, "tells_cancelled tells_attendance is_synthetic"),
        **dict.fromkeys(MEASURES, pl.Float64),
        **{f"{name}_sign": pl.String for name in MEASURES},
    },
    "space_days": {
        **_of(pl.String, "space_id sign public_holiday school_holiday closure"),
        **_of(pl.Int64, "weekday desks"),
        **_of(pl.Float64, "available_seat_hours utilisation"),
        "day": pl.Date,
        "open": pl.Boolean,
    },
    "space_weeks": {
        **_of(pl.String, "space_id holiday_name_de holiday_name_en closure"),
        **_USE,
        "week_start": pl.Date,
        "open_days": pl.Int64,
        "is_school_holiday": pl.Boolean,
    },
    "space_months": {**_of(pl.String, "space_id month"), **_USE},
    "space_profile": {
        **_of(pl.String, "space_id sign"),
        **_of(pl.Int64, "weekday hour"),
        **_of(pl.Float64, "available booked utilisation"),
    },
    "space_lead_times": {**_of(pl.String, "space_id class sign"), **_of(pl.Int64, "position count")},
    "space_stays": {**_of(pl.String, "space_id class sign"), **_of(pl.Int64, "position count")},
    "space_levels": {
        **_of(pl.String, "space_id sign"),
        **_of(pl.Int64, "desks in_use"),
        "open_hours": pl.Float64,
    },
    "space_purposes": {**_of(pl.String, "space_id purpose sign"), **_of(pl.Float64, "booked_seat_hours share")},
    "space_kinds": {**_of(pl.String, "space_id kind"), **_USE},
    "space_holiday_effect": {
        **_of(pl.String, "space_id comparison sign"),
        **_of(pl.Float64, "inside outside difference low high"),
        **_of(pl.Int64, "weeks_inside weeks_outside"),
    },
}
