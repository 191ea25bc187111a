"""Columns of event lists and attendance lists: their headings, and starts and ends put together from them."""

import polars as pl

from stadtlabor.readers.events import days as event_days
from stadtlabor.values import visibility
from stadtlabor.values.text_columns import any_of, mapped

HEADINGS = {
    "event_id": ("id", "uid", "kennung", "veranstaltungsnummer", "veranstaltungs_id", "nummer", "nr", "lfd_nr",
                 "kursnummer", "kursnr", "kurs_nr", "veranstaltungsnr", "identifier", "event_number", "termin_id"),
    "title": ("titel", "veranstaltung", "event", "name", "anlass", "bezeichnung", "summary", "subject", "betreff",
              "event_name", "event_title", "veranstaltungstitel", "veranstaltungsname", "titel_der_veranstaltung",
              "name_der_veranstaltung", "title_rendered", "name_text", "was", "programm", "headline", "eventname"),
    "start": ("starts_at", "start_at", "starttime", "begin", "beginn", "von", "from", "startzeitpunkt", "anfang",
              "start_datetime", "dtstart", "startdatetime", "start_local", "begins_at", "start_date_time", "beginnt",
              "datetime", "date_time", "datum_uhrzeit", "datum_und_uhrzeit", "zeitpunkt"),
    "end": ("ends_at", "end_at", "endtime", "ende", "bis", "to", "until", "endzeitpunkt", "end_datetime", "dtend",
            "enddatetime", "end_local", "end_date_time", "schluss", "endet"),
    "date": ("datum", "start_date", "startdate", "startdatum", "event_date", "termin", "wann", "date_start",
             "veranstaltungsdatum", "beginnt_am", "eventdate", "start_datum", "datum_von", "datum_beginn", "am"),
    "end_date": ("enddate", "enddatum", "date_end", "datum_bis", "endet_am", "ende_datum", "end_datum", "bis_datum",
                 "datum_ende"),
    "month": ("monat",),
    "day": ("tag",),
    "year": ("jahr",),
    "start_time": ("startzeit", "uhrzeit", "zeit", "time", "uhrzeit_von", "von_uhrzeit", "zeit_von", "anfangszeit",
                   "beginn_uhrzeit", "beginnt_um", "time_from", "event_time", "uhr"),
    "end_time": ("endzeit", "uhrzeit_bis", "bis_uhrzeit", "zeit_bis", "ende_uhrzeit", "endet_um", "time_to"),
    "all_day": ("allday", "all_day_event", "ganztaegig", "ganztaegiges_ereignis", "is_all_day", "ganztags"),
    "duration": ("dauer", "laenge", "length"),
    "venue": ("ort", "location", "veranstaltungsort", "raum", "location_name", "place", "lokal", "lokalitaet", "wo",
              "venue_name", "venue_venue", "ort_name", "room", "place_name", "standort", "spielort", "treffpunkt",
              "location_text", "veranstaltungsraum", "raeumlichkeit", "kursort", "veranstaltungsstaette"),
    "city": ("stadt", "ortschaft", "gemeinde", "location_city", "venue_city", "location_address_addresslocality",
             "ortsteil", "stadtteil"),
    "category": ("kategorie", "categories", "kategorien", "art", "typ", "type", "rubrik", "category_name", "sparte",
                 "categories_name", "veranstaltungsart", "genre", "schlagworte", "tags"),
    "status": ("eventstatus", "event_status", "zustand", "state", "stand"),
    "cancelled": ("is_cancelled", "canceled", "is_canceled", "abgesagt", "ausgefallen", "entfallen"),
    "organiser_kind": ("organizer_kind", "veranstalterart", "traegerart"),
    "format": ("veranstaltungsformat", "event_format"),
    "theme": ("thema", "topic", "themenfeld"),
    "target_group": ("zielgruppe", "audience", "target_audience"),
    "capacity": ("kapazitaet", "plaetze", "max_teilnehmer", "maximumattendeecapacity", "max_plaetze",
                 "max_teilnehmerzahl", "max_tn", "max_teilnehmende", "sitzplaetze", "platzzahl", "maximal"),
    "registered": ("angemeldet", "anmeldungen", "registrations", "angemeldete", "zahl_anmeldungen",
                   "anzahl_anmeldungen", "registrierungen", "angemeldete_personen", "signed_up", "gebucht", "zusagen"),
    "attended": ("teilgenommen", "teilnehmer", "teilnehmende", "anwesend", "anwesende", "besucher", "besuchende",
                 "attendance", "participants", "gekommen", "erschienen", "tn", "besucherzahl", "teilnehmerzahl",
                 "attendees", "besucherinnen", "teilnehmerinnen", "anzahl_teilnehmer", "anzahl_teilnehmende",
                 "visitors", "present", "gaeste", "personen", "besuche", "anzahl_besucher", "tatsaechlich_gekommen"),
    "walk_ins": ("walkins", "spontan", "ohne_anmeldung", "unangemeldet", "spontane", "laufkundschaft",
                 "spontan_gekommen"),
    "organisations": ("organizations", "firmen", "unternehmen", "companies", "organisationen", "betriebe",
                      "anzahl_firmen", "anzahl_unternehmen", "firms", "einrichtungen"),
    "organisation_limit": ("organization_limit", "max_firmen", "max_unternehmen", "firmen_hoechstens", "max_companies"),
    "planned_minutes": ("geplante_minuten", "dauer_geplant_min", "geplant_min", "dauer_min", "dauer_minuten",
                        "geplante_dauer_min", "duration_minutes", "planned_duration_minutes"),
    "actual_minutes": ("tatsaechliche_minuten", "dauer_tatsaechlich_min", "tatsaechlich_min", "actual_duration_minutes",
                       "tatsaechliche_dauer_min", "ist_minuten"),
    "cost_eur": ("kosten", "kosten_eur", "gesamtkosten", "costs", "ausgaben", "kosten_in_euro"),
    "price_eur": ("preis", "price", "eintritt", "eintrittspreis", "preis_eur", "teilnahmegebuehr", "gebuehr",
                  "offers_price", "cost", "ticket_price", "admission"),
    "offered_takes": ("angeboten", "angebote", "offered", "angebotene_probetage"),
    "taken_up": ("angenommen", "eingeloest", "genutzt", "taken", "eingeloeste_probetage"),
    "row_origin": ("herkunft", "origin"),
    "report_section": ("abschnitt", "berichtsabschnitt", "section"),
    "note": (),
    **visibility.HEADINGS,
}  # fmt: skip
COUNTED = ("registered", "attended", "walk_ins", "organisations")
_UNIT = r"\s*(uhr|h|[ap]\.?m\.?)?"
TIME_OF_DAY = (
    rf"(?i)^(ab |ca\.? |gegen |von )?\d{{1,2}}([:.]\d\d){{0,2}}{_UNIT}"
    rf"(\s*(-|–|—|bis|to)\s*\d{{1,2}}([:.]\d\d)?{_UNIT})?$"
)
RANGE_END = rf"(?i)(?:-|–|bis|to)\s*(\d{{1,2}}(?:[:.]\d\d)?){_UNIT}$"
# A day in front of a time of day, without or with its year.
WITH_DAY = r"^(\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?),?\s+(\d{1,2}[:.]\d\d.*)$"
MIDNIGHT = r"[T ]00:00(:00)?$"
HAS_CLOCK = r"\d{1,2}:\d\d"
YES = ("true", "1", "ja", "yes", "x", "wahr")
WHEN = frozenset({"start", "date", "month"})


def has_when(found: object) -> bool:
    """Whether the columns found say when events are."""
    return bool(WHEN & set(found))  # type: ignore[call-overload]


def together(frame: pl.DataFrame) -> pl.DataFrame:
    """`start`, `end` and `rolls_over` from the columns there are, each as one text."""
    names = ("start", "end", "date", "end_date", "month", "day", "year", "start_time", "end_time", "all_day")
    given = [name for name in names if name in frame.columns]
    # A sheet writes a time of day with the day it counts from.
    tidy = pl.col(given).str.replace_all(r"[\s\u00a0]+", " ").str.replace(r"^(1899-12-3\d|1900-01-0\d)[T ]", "")
    tidy = tidy.str.strip_chars().replace("", None)
    frame = frame.with_columns(mapped(frame[name], event_days.clock) for name in given if name.endswith("_time"))
    missing = [pl.lit(None, pl.String).alias(name) for name in names if name not in given]
    frame = _with_days_of_ends(_without_midnights(frame.with_columns(tidy).with_columns(missing)))
    frame = frame.with_columns(end_time=_end_of_range())
    frame = frame.with_columns(
        date=_day_of(frame),
        start=_unless_time("start"),
        start_clock=_clock("start_time", "start"),
        end=_unless_time("end"),
        end_clock=_clock("end_time", "end"),
    )
    begin = pl.coalesce("date", "start")
    stop = pl.coalesce("end_date", "end")
    whole_day = pl.col("all_day").str.to_lowercase().is_in(list(YES)).fill_null(False)
    start = (
        pl.when(whole_day).then(begin.str.replace(r"[T ]\d{1,2}:\d\d.*$", "")).otherwise(_joined(begin, "start_clock"))
    )
    end_day = pl.coalesce(stop, pl.when(pl.col("end_clock").is_not_null()).then(_first_day(begin)))
    end = pl.when(whole_day).then(stop.str.replace(r"[T ]\d{1,2}:\d\d.*$", "")).otherwise(_joined(end_day, "end_clock"))
    rolls = pl.col("end_clock").is_not_null() & stop.is_null()
    return frame.with_columns(
        start=start, end=end, rolls_over=pl.when(rolls).then(pl.lit("true")).otherwise(pl.lit("false"))
    )


def unread_clocks(frame: pl.DataFrame) -> list[int]:
    """The lines of times of day that cannot be read."""
    names = [name for name in ("start_time", "end_time") if name in frame.columns]
    # A sheet writes a time of day with the day it counts from.
    plain = frame.with_columns(pl.col(names).str.strip_chars().str.replace(r"^\d{4}-\d\d-\d\d[T ]", ""))
    clocks = plain.with_columns(mapped(plain[name], event_days.clock) for name in names)
    odd = [pl.col(name).str.contains(r"\d") & ~pl.col(name).str.contains(f"{TIME_OF_DAY}|{WITH_DAY}") for name in names]
    return clocks.filter(any_of(odd))["line"].to_list() if odd else []


def _with_days_of_ends(frame: pl.DataFrame) -> pl.DataFrame:
    """'20.09. 12:00' in a column of ends is a day and a time; the year is that of the beginning."""
    is_whole = pl.col("end_time").str.contains(WITH_DAY) & pl.col("end_date").is_null()
    day = pl.col("end_time").str.extract(WITH_DAY, 1)
    year = pl.coalesce("date", "start").str.extract(r"\b(\d{4})\b", 1)
    dated = (
        pl.when(day.str.contains(r"\d{4}$"))
        .then(day)
        .otherwise(pl.concat_str(day.str.strip_chars_end(". ") + ".", year))
    )
    return frame.with_columns(
        end_date=pl.when(is_whole).then(dated).otherwise("end_date"),
        end_time=pl.when(is_whole).then(pl.col("end_time").str.extract(WITH_DAY, 2)).otherwise("end_time"),
    )


def _end_of_range() -> pl.Expr:
    """'18:00 - 19:30 Uhr' beside a column of last days is when the last of them ends."""
    is_range = pl.col("start_time").str.contains(TIME_OF_DAY) & pl.coalesce("end_date", "end").is_not_null()
    return pl.coalesce("end_time", pl.when(is_range).then(pl.col("start_time").str.extract(RANGE_END, 1)))


def _without_midnights(frame: pl.DataFrame) -> pl.DataFrame:
    """A sheet writes a day as midnight of it; where a whole column does, it holds days."""
    days = []
    for name in ("start", "end", "date", "end_date"):
        cells = frame[name].drop_nulls()
        if len(cells) and (name.endswith("date") or cells.str.contains(MIDNIGHT).all()):
            days.append(pl.col(name).str.replace(MIDNIGHT, ""))
    return frame.with_columns(days)


def _day_of(frame: pl.DataFrame) -> pl.Expr:
    """The day, put together where month and year stand in columns of their own."""
    day = pl.coalesce("date", "day") if frame["month"].is_not_null().any() else pl.col("date")
    year = pl.col("year").str.replace(r"\.0$", "")
    is_number = day.str.contains(r"^[^\d]*\d{1,2}\.?0?\s*((-|–|bis)\s*\d{1,2}\.?)?$")
    made = event_days.composed(pl.col("month"), day, year)
    lacks_year = ~day.str.contains(r"\d{4}")
    with_year = pl.when(lacks_year & year.is_not_null()).then(pl.format("{} {}", day, year)).otherwise(day)
    alone = pl.when(day.is_null() & pl.col("month").is_not_null()).then(
        pl.concat_str("month", year, separator=" ", ignore_nulls=True)
    )
    return pl.when(pl.col("month").is_not_null() & is_number).then(made).otherwise(pl.coalesce(with_year, alone))


def _unless_time(name: str) -> pl.Expr:
    return pl.when(~pl.col(name).str.contains(TIME_OF_DAY)).then(name)


def _clock(name: str, other: str) -> pl.Expr:
    """A time of day as it stands behind a date; a sheet writes 09:00 with a day of its own, 9.30 and 9 need a colon."""
    time = pl.coalesce(pl.col(name), pl.when(pl.col(other).str.contains(TIME_OF_DAY)).then(other))
    plain = time.str.replace(r"^\d{4}-\d\d-\d\d[ T]", "").str.replace_all(r"\b(\d{1,2})\.(\d\d)\b", "${1}:${2}")
    is_time = plain.str.contains(TIME_OF_DAY)
    # 'ganztägig', 'nach Vereinbarung': no time of day.
    return pl.when(is_time).then(plain.str.replace(r"^(\d{1,2})$", "${1}:00"))


def _joined(day: pl.Expr, clock: str) -> pl.Expr:
    is_whole = day.str.contains(HAS_CLOCK)
    return pl.when(pl.col(clock).is_not_null() & day.is_not_null() & ~is_whole).then(
        pl.format("{} {}", day, pl.col(clock))
    ).otherwise(day)  # fmt: skip


def _first_day(day: pl.Expr) -> pl.Expr:
    """The day an end given as a time of day belongs to: without the start's own time."""
    return day.str.replace(r"[T ]\d{1,2}:\d\d.*$", "")
