"""Booking tables for a sample release: spaces as different as they may come, with numbers that a test can reckon.

A pop-up space with hidden weeks, public and school holidays and a closure; in one town a space of one day and one
of which nothing may be told; in a sixth town a space open day and night over more than a year.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.dashboard.samples import sample

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

Row = dict[str, Any]
Use = Callable[[date], float | None]

HIDDEN = None
SIXTH = {"town_id": "edewecht", "ags": "03451002", "name": "Edewecht", "land_de": "Niedersachsen", "slot": 6}

# indicator, German and English short name, unit, kind, decimals
CATALOGUE = [
    ("utilisation", "Auslastung", "Utilisation", "%", "share", 0),
    ("booking_cancellation_rate", "Abgesagt", "Cancelled", "%", "share", 0),
    ("holiday_effect", "Ferieneffekt", "Holiday effect", "Prozentpunkte", "balance", 0),
]


@dataclass(frozen=True)
class Record:
    """A space and its bookings: when it is open, and how much of a day, week, month or hour was booked."""

    space_id: str
    town_id: str
    name: str
    first: date
    last: date
    desks: int = 7
    weekdays: Sequence[int] = (1, 2, 3, 4, 5)
    hours: tuple[int, int] = (9, 17)
    day_use: Use = lambda day: HIDDEN
    week_use: Use = lambda monday: HIDDEN
    month_use: Use = lambda first: HIDDEN
    hour_use: Callable[[int, int], float | None] = lambda weekday, hour: HIDDEN
    public: dict[date, str] = field(default_factory=dict)
    school: Sequence[tuple[date, date, str]] = ()
    closed: Sequence[tuple[date, date, str]] = ()
    measures: Row = field(default_factory=dict)
    about: Row = field(default_factory=dict)

    def days(self) -> Iterable[date]:
        """Every day of the record."""
        return (self.first + timedelta(days=one) for one in range((self.last - self.first).days + 1))

    def is_open(self, day: date) -> bool:
        """Whether a desk could be booked."""
        return day.isoweekday() in self.weekdays and day not in self.public and not within(self.closed, day)


def within(runs: Sequence[tuple[date, date, str]], day: date) -> str | None:
    """The words of the stretch that a day lies in."""
    return next((words for first, last, words in runs if first <= day <= last), None)


POP_UP = Record(
    space_id="ow-popup",
    town_id="oestrich-winkel",
    name="Co-Working auf Zeit",
    first=date(2022, 9, 19),
    last=date(2022, 11, 30),
    day_use=lambda day: 52.0 if day == date(2022, 11, 1) else HIDDEN,
    week_use=lambda monday: {date(2022, 9, 26): 17.0, date(2022, 10, 10): 24.0, date(2022, 11, 7): 33.0}.get(monday),
    month_use=lambda first: {9: 11.0, 10: 16.0, 11: 29.0}[first.month],
    hour_use=lambda weekday, hour: HIDDEN if hour == 16 else 5.0 * weekday + (hour == 10),
    public={date(2022, 10, 3): "Tag der Deutschen Einheit"},
    school=[
        (date(2022, 10, 24), date(2022, 10, 29), "Herbstferien"),
        (date(2022, 11, 16), date(2022, 11, 16), "Bettag"),
    ],
    closed=[(date(2022, 11, 21), date(2022, 11, 23), "Wasserschaden")],
    measures={"utilisation": 14.0, "booked_seat_hours": 210.5, "day_occupancy": 22.0, "peak_concurrency": 6.0}
    | {"space_users": 38.0, "days_per_user": 6.03, "lead_time_median": 1.1, "lead_time_p90": 9.0}
    | {"recorded_afterwards": 4.0},
    about={"price": 0.0, "price_unit": "day"},
)
ONE_DAY = Record(
    space_id="mo-day",
    town_id="moelln",
    name="Ein Tag Co-Working",
    first=date(2023, 3, 15),
    last=date(2023, 3, 15),
    desks=1,
    day_use=lambda day: 55.0,
    week_use=lambda monday: 55.0,
    month_use=lambda first: 55.0,
    hour_use=lambda weekday, hour: 80.0 if hour > 12 else HIDDEN,
    measures={"utilisation": 55.0, "booked_seat_hours": 44.0, "space_users": 7.0},
    about={"price": 12.5, "price_unit": "half_day"},
)
ALL_HIDDEN = Record(
    space_id="mo-hidden",
    town_id="moelln",
    name="Kleiner Raum <b>am See</b>",
    first=date(2023, 4, 3),
    last=date(2023, 4, 30),
    desks=2,
)
DAY_AND_NIGHT = Record(
    space_id="ed-night",
    town_id="edewecht",
    name="Werkhof rund um die Uhr",
    first=date(2022, 11, 1),
    last=date(2023, 12, 31),
    desks=20,
    weekdays=range(1, 8),
    hours=(0, 24),
    day_use=lambda day: float(day.day),
    week_use=lambda monday: 10.0 + monday.month,
    month_use=lambda first: 10.0 + first.month,
    hour_use=lambda weekday, hour: float(hour),
    measures={"utilisation": 16.0, "booked_seat_hours": 40556.0, "space_users": 60.0, "days_per_user": 121.25}
    | {"booking_cancellation_rate": 9.9, "returning_users": 100.0, "outside_hours": 1312.0},
    about={"tells_cancelled": True, "cancellation_reason_de": None, "cancellation_reason_en": None},
)
RECORDS = (DAY_AND_NIGHT, ONE_DAY, ALL_HIDDEN, POP_UP)


def tables(records: Sequence[Record] = RECORDS, **changed: list[Row]) -> dict[str, list[Row]]:
    """Every table that bookings fill, for `sample.write_release`; official figures stay beside them."""
    whole = sample.default_tables()
    found = {
        "release_info": [whole["release_info"][0] | {"has_synthetic": bool(records)}],
        "towns": [*whole["towns"], whole["towns"][0] | SIXTH],
        "indicator_catalogue": whole["indicator_catalogue"] + [entry(n, *one) for n, one in enumerate(CATALOGUE)],
        "indicator_values": [*whole["indicator_values"], *values(records)],
        "spaces": [space(one) for one in records],
        "space_days": [row for one in records for row in days(one)],
        "space_weeks": [row for one in records for row in weeks(one)],
        "space_months": [row for one in records for row in months(one)],
        "space_profile": [row for one in records for row in profile(one)],
        "space_lead_times": lead_times() if POP_UP in records else [],
        "space_purposes": purposes() if POP_UP in records else [],
        "space_kinds": kinds() if POP_UP in records else [],
        "space_holiday_effect": effects() if POP_UP in records else [],
        "statements": [*whole["statements"], *statements()],
    }
    return found | changed


def space(record: Record) -> Row:
    """One row of spaces."""
    opened = [day for day in record.days() if record.is_open(day)]
    length = record.hours[1] - record.hours[0]
    row: Row = {
        "space_id": record.space_id,
        "town_id": record.town_id,
        "name_de": record.name,
        "name_en": record.name,
        "first_day": record.first,
        "last_day": record.last,
        "first_open_day": opened[0],
        "last_open_day": opened[-1],
        "calendar_days": (record.last - record.first).days + 1,
        "open_days": len(opened),
        "desks": record.desks,
        "desk_days": record.desks * len(opened),
        "available_seat_hours": float(record.desks * len(opened) * length),
        "hours_de": f"Mo–Fr {record.hours[0]}–{record.hours[1]} Uhr",
        "hours_en": f"Mon–Fri {record.hours[0]}–{record.hours[1]}",
        "denominator_de": f"{record.desks} Plätze, {len(opened)} Öffnungstage",
        "denominator_en": f"{record.desks} desks, {len(opened)} open days",
        "tells_cancelled": False,
        "tells_attendance": False,
        "cancellation_reason_de": "Die Quelle behält stornierte Buchungen nicht.",
        "cancellation_reason_en": "The source does not keep cancelled bookings.",
        "no_show_reason_de": "Die Quelle sagt nicht, wer gekommen ist.",
        "no_show_reason_en": "The source does not tell who came.",
        "period": f"{record.first}/{record.last}",
        "sources": f"{record.space_id}-bookings",
        "source_text": f"Beispieldaten: {record.space_id}",
        "licence": "CC0",
        "is_synthetic": True,
    }
    told = row | record.about
    for name in MEASURES:
        unknown = "x" if (name, told["tells_cancelled"]) == ("booking_cancellation_rate", False) else "."
        unknown = "x" if name == "booking_no_show_rate" else unknown
        value = record.measures.get(name)
        told |= {name: value, f"{name}_sign": unknown if value is None else ""}
    return told


def days(record: Record) -> list[Row]:
    """Rows of space_days, in an order that no page may rely on."""
    rows = []
    for day in record.days():
        is_open = record.is_open(day)
        use = record.day_use(day) if is_open else None
        rows.append(
            {
                "space_id": record.space_id,
                "day": day,
                "weekday": day.isoweekday(),
                "open": is_open,
                "desks": record.desks if is_open else 0,
                "available_seat_hours": seat_hours(record) if is_open else 0.0,
                "utilisation": use,
                "sign": "x" if not is_open else "." if use is None else "",
                "public_holiday": record.public.get(day),
                "school_holiday": within(record.school, day),
                "closure": within(record.closed, day),
            }
        )
    return rows[::-1]


def seat_hours(record: Record) -> float:
    """Seat-hours of one open day."""
    return float(record.desks * (record.hours[1] - record.hours[0]))


def weeks(record: Record) -> list[Row]:
    """Rows of space_weeks."""
    return list(_spans(record, lambda day: day - timedelta(days=day.weekday()), record.week_use, "week_start"))


def months(record: Record) -> list[Row]:
    """Rows of space_months."""
    rows = _spans(record, lambda day: day.replace(day=1), record.month_use, "month")
    dropped = ("open_days", "is_school_holiday", "closure")
    return [
        {name: one for name, one in row.items() if name not in dropped} | {"month": f"{row['month']:%Y-%m}"}
        for row in rows
    ]


def _spans(record: Record, begin: Callable[[date], date], use: Use, name: str) -> Iterable[Row]:
    for start in dict.fromkeys(begin(day) for day in record.days()):
        opened = [day for day in record.days() if begin(day) == start and record.is_open(day)]
        value, available = use(start) if opened else None, seat_hours(record) * len(opened)
        yield {
            "space_id": record.space_id,
            name: start,
            "open_days": len(opened),
            "available_seat_hours": available,
            "booked_seat_hours": None if value is None else available * value / 100,
            "utilisation": value,
            "sign": "x" if not opened else "." if value is None else "",
            "is_school_holiday": any(within(record.school, day) for day in opened),
            "closure": next((within(record.closed, start + timedelta(days=n)) for n in range(7)), None),
        }


def profile(record: Record) -> list[Row]:
    """Rows of space_profile for the weekdays on which the space was open."""
    rows = []
    for weekday in sorted({day.isoweekday() for day in record.days() if record.is_open(day)}):
        for hour in range(*record.hours):
            value = record.hour_use(weekday, hour)
            rows.append(
                {
                    "space_id": record.space_id,
                    "weekday": weekday,
                    "hour": hour,
                    "available": 100.0,
                    "booked": value,
                    "utilisation": value,
                    "sign": "." if value is None else "",
                }
            )
    return rows[::-1]


def lead_times() -> list[Row]:
    """Rows of space_lead_times of the pop-up space."""
    counts = {"14_days_or_more": (6, HIDDEN), "under_1_day": (2, 89), "1_to_2_days": (3, 38), "unknown": (7, 12)}
    return [
        {"space_id": "ow-popup", "class": name, "position": position, "count": count, "sign": "" if count else "."}
        for name, (position, count) in counts.items()
    ]


def purposes() -> list[Row]:
    """Rows of space_purposes of the pop-up space: one of them hidden, so no shares."""
    hours = {"event": HIDDEN, "own_work": 210.5, "meeting": 30.0}
    return [
        {"space_id": "ow-popup", "purpose": name, "booked_seat_hours": value, "sign": "" if value else "."}
        for name, value in hours.items()
    ]


def kinds() -> list[Row]:
    """Rows of space_kinds of the pop-up space."""
    rows = {"room": (5000.0, 100.0, 2.0), "desk": (1504.0, 210.5, 14.0)}
    names = ("available_seat_hours", "booked_seat_hours", "utilisation")
    return [
        {"space_id": "ow-popup", "kind": kind, "sign": "", **dict(zip(names, row, strict=True))}
        for kind, row in rows.items()
    ]


def effect(comparison: str, difference: float | None, low: float | None, high: float | None, sign: str = "") -> Row:
    """One row of space_holiday_effect of the pop-up space."""
    return {
        "space_id": "ow-popup",
        "comparison": comparison,
        "inside": None if difference is None else 20.0 + difference,
        "outside": None if difference is None else 20.0,
        "difference": difference,
        "low": low,
        "high": high,
        "weeks_inside": 7,
        "weeks_outside": 20,
        "sign": sign,
    }


def effects() -> list[Row]:
    """Rows of space_holiday_effect of the pop-up space."""
    return [effect("after_summer", 13.3, 8.9, 18.1), effect("school_holidays", -14.8, -19.5, -10.4)]


def entry(position: int, indicator_id: str, german: str, english: str, unit: str, kind: str, decimals: int) -> Row:
    """One row of indicator_catalogue for an indicator of spaces."""
    row = sample.default_tables()["indicator_catalogue"][0]
    named = {f"{name}_{language}": title for name in ("title", "short") for language, title in
             (("de", german), ("en", english))}  # fmt: skip
    own = {"indicator_id": indicator_id, "theme": "coworking", "figures": "", "unit_de": unit, "unit_en": unit}
    own |= {"position": position}
    return row | named | own | {"value_kind": kind, "decimals": decimals, "base_de": "Platzstunden", "base_en": "hours"}


def values(records: Sequence[Record]) -> list[Row]:
    """Rows of indicator_values: by space where a town has several, and without a source where it has none."""
    rows = [sample.value("utilisation", "diessen", "2023-03-31", None, sources=None, source_text=None)]
    towns = [one.town_id for one in records]
    for one in records:
        own = {"sources": f"{one.space_id}-bookings", "source_text": f"Beispieldaten: {one.space_id}"}
        if towns.count(one.town_id) > 1:
            own |= {"breakdown": "space", "breakdown_value": one.space_id}
        told = space(one)
        for name in ("utilisation", "booking_cancellation_rate"):
            number, sign = told[name], told[f"{name}_sign"]
            rows.append(sample.value(name, one.town_id, "2023-03-31", number, sign=sign, is_synthetic=True, **own))
    return rows


def statements() -> list[Row]:
    """Rows of statements: one on the space, one on something else that names a similar indicator."""
    own = {"section": "3.4", "town_id": "oestrich-winkel", "is_synthetic": True}
    return [
        sample.statement(
            "S13", statement_de="In den Sommerferien war die Nachfrage gering.", statement_en="Demand was low.",
            indicator_ids="after_summer_change, holiday_effect", position=13, **own,
        ),
        sample.statement("S19", statement_de="Wenig Interesse.", indicator_ids="utilisation_of_else", position=19),
    ]  # fmt: skip
