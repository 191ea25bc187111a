"""Any table of bookings, CSV or Excel: columns found by their headings, or named in source.yml (`bookings: columns:`).

Start and end as times, or a day with times of day, or a start and a length; what was booked in a column of its own.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings as column_headings
from stadtlabor.files.header import clean
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.export import BookingTable
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.protocol import Recognition
from stadtlabor.readers.table_export import Named, headings_near, shown_headings
from stadtlabor.values.times import Clock

HEADINGS = {
    "booking_id": ("id", "buchungsnummer", "buchungs_id", "buchungsnr", "reference", "referenz", "reservierungsnummer",
                   "reservation_id", "booking_number"),
    "start": ("starts_at", "start_at", "begin", "beginn", "von", "from", "anfang", "startzeitpunkt", "start_datetime",
              "buchungsbeginn", "begins_at", "date_time", "datum_uhrzeit"),
    "end": ("ends_at", "end_at", "ende", "bis", "to", "endzeitpunkt", "end_datetime", "buchungsende"),
    "date": ("datum", "tag", "day", "booking_date", "buchungsdatum", "buchungstag", "start_date", "startdatum"),
    "end_date": ("enddatum", "datum_bis"),
    "start_time": ("startzeit", "uhrzeit_von", "von_uhrzeit", "zeit_von", "anfangszeit", "beginn_uhrzeit", "time_from",
                   "uhrzeit", "zeit", "zeitraum", "zeitfenster", "time_slot", "slot"),
    "end_time": ("endzeit", "uhrzeit_bis", "bis_uhrzeit", "zeit_bis", "ende_uhrzeit", "time_to"),
    "duration": ("dauer", "laenge", "length", "dauer_minuten", "dauer_in_minuten", "dauer_min", "duration_minutes",
                 "duration_mins", "duration_min", "dauer_stunden", "dauer_in_stunden", "dauer_std", "duration_hours"),
    "resource": ("ressource", "raum", "room", "platz", "arbeitsplatz", "desk", "schreibtisch", "tisch", "objekt",
                 "sitzplatz", "seat", "workspace", "resource_name", "room_name", "desk_name", "ressourcenname",
                 "artikel", "gegenstand", "item", "buchungsobjekt", "ausstattung", "stellplatz", "tabellenblatt",
                 "platz_nr", "platznummer", "tisch_nr", "tischnummer", "raum_nr", "raumnummer"),
    "area": ("space", "bereich", "standort", "location"),
    "user": ("user_id", "benutzer", "nutzer", "nutzerin", "nutzer_in", "mitglied", "member", "mitgliedsnummer", "name",
             "kunde", "kundin", "customer", "kundennummer", "gebucht_von", "booked_by", "e_mail", "email", "username"),
    "units": ("einheiten", "anzahl", "anzahl_plaetze", "plaetze", "quantity", "seats"),
    "title": ("titel", "anlass", "betreff", "zweck", "subject", "purpose", "veranstaltung"),
    "category": ("kategorie", "art", "typ", "type", "buchungsart"),
    "status": ("zustand", "state", "buchungsstatus"),
    "cancelled": ("is_cancelled", "canceled", "is_canceled", "storniert", "storniert_am", "abgesagt", "cancelled_at"),
    "created": ("created_at", "erstellt", "erstellt_am", "gebucht_am", "angelegt_am", "booked_at", "created_on"),
    "modified": ("updated_at", "geaendert_am", "last_modified", "letzte_aenderung"),
    "check_in": ("checked_in_at", "checkin", "eingecheckt_am", "checked_in"),
    "check_out": ("checked_out_at", "checkout", "ausgecheckt_am"),
    "price": ("preis", "betrag", "amount"),
    "currency": ("waehrung",),
}  # fmt: skip
TIME_OF_DAY = r"(?i)^\d{1,2}([:.]\d\d){0,2}\s*(uhr|h|[ap]\.?m\.?)?$"
BEHIND_A_DAY = r"(?i)[ T,]+(um )?\d{1,2}([:.]\d\d){1,2}\s*(uhr|h|[ap]\.?m\.?)?$"
# A sheet writes a time of day as a moment of its first days: 09:00, 00:00, and 24:00 in a column of lengths.
OF_SHEET = r"^1899-12-3[01][ T](\d\d:\d\d(?::\d\d)?)$"
MIDNIGHT_OF_SHEET = r"^1900-01-01[ T]00:00(:00)?$"
RANGE = r"(?i)^\s*(\d{1,2}(?:[:.]\d\d)?)(?:\s*uhr|\s*h)?\s*(?:-|–|—|bis)\s*(\d{1,2}(?:[:.]\d\d)?)(?:\s*uhr|\s*h)?\s*$"
WHOLE_DAY = r"(?i)^\s*(ganztägig|ganztags|ganzer tag|all day)\s*$"
# What a remark begins with where there is no column of states.
CALLED_OFF = r"(?i)^\W*(storniert|storno|abgesagt|entfällt|fällt aus|gelöscht|cancell?ed)\b"
REMARK = frozenset({"bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "notiz", "notizen", "kommentar", "hinweis"})
# What says when beside a start and an end: days with their times, a day with a range of times.
_DAYS, _RANGE = frozenset({"date", "end_date"}), frozenset({"date", "start_time"})
OWN = frozenset({"units", "cancelled", "booking_id", "user", "check_in", "status"})
REMEDY = "Name the columns in source.yml under 'bookings: columns:' (start, end, resource …)."


class BookingsTable(BookingTable):
    """Plain tables of bookings."""

    name = "bookings-table"
    title = "Table of bookings (CSV or Excel; columns by heading or by source.yml)"
    looks_for = "a start, an end (or a length) and what was booked"
    headings = HEADINGS
    named_first = True
    needed = "resource"
    absent = "no table of bookings found"
    remedy = REMEDY

    def is_header(self, columns: list[str]) -> bool:
        """When and what, by headings that are known."""
        found = column_headings.find(columns, HEADINGS).keys()
        return "resource" in found and (_has_when(found) or found >= _DAYS or found >= _RANGE)

    def open(self, file: RawFile, manifest: Manifest | None) -> Table:
        """The table below its header; where no column says what was booked, the names of several sheets do."""
        if not self.named(manifest) and self._is_sheet_a_desk(file):
            return cast("Table", open_table(file, self.table, _is_of_a_desk, all_sheets=True))
        return super().open(file, manifest)

    def _is_sheet_a_desk(self, file: RawFile) -> bool:
        if not file.is_workbook or open_table(file, self.table, self.is_header, head_only=True):
            return False
        fitting = (
            any(_is_of_a_desk([clean(cell) for cell in row]) for row in head) for _, head in file.workbook.sheets()
        )
        return sum(fitting) > 1

    def nearly(self, file: RawFile) -> Recognition | None:
        """When, and something else that only bookings have, but not what was booked by a heading that is known."""
        if self._is_sheet_a_desk(file):
            return Recognition(0.5, "sheets that say when, and by whom or how many, each of one desk or room")
        return headings_near(file, self.table, self.headings, _has_when, OWN)

    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition:
        """A guess; surer with something only bookings have."""
        own = found.keys() & OWN
        return Recognition(0.65 if own else 0.5, shown_headings(columns, found))

    def plan(self, table: Named, manifest: Manifest | None) -> BookingPlan:
        """Bookings with whole times, put together from days and times of day where they stand apart."""
        frame = _with_ends(table.renamed())
        if not (_has_when(frame.columns) or table.has(*_DAYS)):
            raise DeliveryError(
                f"no column says when bookings begin and end; found: {', '.join(table.headings)}",
                remedy=REMEDY,
                rule="no_header",
            )
        frame = _with_called_off(_together(_with_unit(frame, table)), table)
        has_cancelled = "cancelled" in frame.columns or table.has("status")
        return BookingPlan(frame, Clock(rule="local"), tool=self.name, tells_cancelled=has_cancelled)


def _with_ends(frame: pl.DataFrame) -> pl.DataFrame:
    """'08:00-12:00' in the one column of times is a start and an end."""
    if "start_time" not in frame.columns or {"end", "end_time", "duration"} & set(frame.columns):
        return frame
    written = pl.col("start_time").str.replace(WHOLE_DAY, "00:00-24:00")
    ends = written.str.extract(RANGE, 2)
    if frame.select(ends.is_not_null().any()).item():
        return frame.with_columns(start_time=pl.coalesce(written.str.extract(RANGE, 1), "start_time"), end_time=ends)
    return frame


def _with_called_off(frame: pl.DataFrame, table: Named) -> pl.DataFrame:
    """A remark may be the one place that says a booking was cancelled."""
    remarks = [f"c{index}" for index, name in enumerate(table.headings) if column_headings.normal(name) in REMARK]
    if not remarks or table.has("cancelled") or table.has("status"):
        return frame
    is_off = table.frame.select(pl.any_horizontal(pl.col(remarks).str.contains(CALLED_OFF).fill_null(False)))
    marks = is_off.to_series()
    return frame.with_columns(cancelled=pl.when(marks).then(pl.lit("ja"))) if marks.any() else frame


def _with_unit(frame: pl.DataFrame, table: Named) -> pl.DataFrame:
    """A bare number of a column such as 'Dauer (Minuten)' is of the unit that its heading names."""
    if not table.has("duration"):
        return frame
    unit = column_headings.normal(table.headings[table.found["duration"]]).rpartition("_")[2]
    return frame.with_columns(pl.col("duration").str.replace(r"^\s*(\d+(?:[.,]\d+)?)\s*$", f"${{1}} {unit}"))


def _is_of_a_desk(columns: list[str]) -> bool:
    """Headings of bookings that say when and not what: the sheet's name does."""
    found = column_headings.find(columns, HEADINGS).keys()
    return _has_when(found) and bool(found & OWN)


def _has_when(found: object) -> bool:
    names = set(found)  # type: ignore[call-overload]
    ends = {"end", "end_time", "duration"} & names
    return bool(ends) and bool("start" in names or {"date", "start_time"} <= names)


def _together(frame: pl.DataFrame) -> pl.DataFrame:
    """`start`, `end` and `rolls_over` from the columns there are."""
    text = {name: _plain(pl.col(name)) if name in frame.columns else pl.lit(None, pl.String)
            for name in ("start", "end", "date", "end_date", "start_time", "end_time")}  # fmt: skip
    begins = pl.coalesce(text["start_time"], _if_time(text["start"]))
    ends = pl.coalesce(text["end_time"], _if_time(text["end"]))
    # A sheet writes a day as midnight of it.
    day = text["date"].str.replace(r"[ T]00:00(:00)?$", "")
    end_day = text["end_date"].str.replace(r"[ T]00:00(:00)?$", "")
    start_day = pl.coalesce(day, _unless_time(text["start"]))
    whole_start = pl.when(begins.is_not_null() & start_day.is_not_null()).then(
        pl.format("{} {}", start_day, _clock(begins))
    )
    of_day = pl.coalesce(end_day, _unless_time(text["end"]), start_day.str.replace(BEHIND_A_DAY, ""))
    whole_end = pl.when(ends.is_not_null() & of_day.is_not_null()).then(pl.format("{} {}", of_day, _clock(ends)))
    rolls = ends.is_not_null() & end_day.is_null() & _unless_time(text["end"]).is_null()
    return frame.with_columns(
        start=pl.coalesce(whole_start, text["start"], day),
        end=pl.coalesce(whole_end, text["end"], end_day),
        rolls_over=pl.when(rolls).then(pl.lit("true")).otherwise(pl.lit("false")),
    )


def _plain(cells: pl.Expr) -> pl.Expr:
    """Cells without blanks around them, empty ones null, times of day of a sheet as times of day."""
    text = cells.str.strip_chars().replace("", None)
    return text.str.replace(OF_SHEET, "${1}").str.replace(MIDNIGHT_OF_SHEET, "24:00")


def _if_time(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(TIME_OF_DAY)).then(text)


def _unless_time(text: pl.Expr) -> pl.Expr:
    return pl.when(~text.str.contains(TIME_OF_DAY)).then(text)


def _clock(time: pl.Expr) -> pl.Expr:
    """A time of day as it stands behind a date: 9.30 and 9 need a colon."""
    plain = time.str.replace(r"^(\d{1,2})\.(\d\d)", "${1}:${2}")
    return plain.str.replace(r"^(\d{1,2})$", "${1}:00")


READER = BookingsTable()
