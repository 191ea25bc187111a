"""All readers, the most specific first, and the one that fits a file."""

from collections.abc import Sequence

import polars as pl

from stadtlabor.base import bidi
from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import DeliveredFile, Manifest
from stadtlabor.readers import figures_parquet
from stadtlabor.readers.bookings.tools import bookings_table, cobot, ical_bookings, librebooking, mrbs
from stadtlabor.readers.events.tools import event_json, event_table, ical_events
from stadtlabor.readers.holidays import holiday_table
from stadtlabor.readers.journal import journal_tables
from stadtlabor.readers.protocol import Reader, ReadResult, Recognition
from stadtlabor.readers.registrations import by_hand, eventbrite, pretix
from stadtlabor.readers.statistics import breitbandatlas, figures_table, gv_isys, inkar, inkar_web, peer_band_table
from stadtlabor.readers.statistics.genesis import genesis_flat, genesis_flat_old, regional_table
from stadtlabor.readers.statistics.keyed import inkar_parquet, keyed_formats
from stadtlabor.readers.surveys.tools import (
    google_forms,
    limesurvey,
    limesurvey_structure,
    ms_forms,
    nextcloud_forms,
    qualtrics,
    sosci,
    spss,
    survey_table,
    surveymonkey,
)

READERS: Sequence[Reader] = (
    genesis_flat.READER,
    genesis_flat_old.READER,
    regional_table.READER,
    gv_isys.READER,
    inkar.READER,
    inkar_parquet.READER,
    *keyed_formats.READERS,
    inkar_web.READER,
    breitbandatlas.READER,
    peer_band_table.READER,
    figures_parquet.READER,
    holiday_table.READER,
    figures_table.READER,
    spss.READER,
    limesurvey_structure.READER,
    qualtrics.READER,
    limesurvey.READER,
    sosci.READER,
    surveymonkey.READER,
    nextcloud_forms.READER,
    google_forms.READER,
    ms_forms.READER,
    cobot.READER,
    librebooking.READER,
    mrbs.READER,
    ical_bookings.READER,
    journal_tables.READER,
    bookings_table.READER,
    pretix.READER,
    eventbrite.READER,
    ical_events.READER,
    event_json.READER,
    by_hand.READER,
    event_table.READER,
    survey_table.READER,
)


def by_name(name: str, where: str = "") -> Reader:
    """The reader a manifest's `format` names; DeliveryError lists the names there are. `where` is its manifest."""
    for reader in READERS:
        if reader.name == name:
            return reader
    known = ", ".join(reader.name for reader in READERS)
    field = "field format" if where else None
    raise DeliveryError(
        f"there is no format {name!r}", where, column=field, remedy=f"Known formats: {known}.", rule="format_unknown"
    )


def candidates(file: RawFile, kind: str | None = None) -> list[tuple[Reader, Recognition]]:
    """Every reader, or of a kind each, that takes the file for its format, the surest first."""
    asked = [reader for reader in READERS if kind in (None, reader.kind)]
    found = [(reader, recognition) for reader in asked if (recognition := reader.recognise(file))]
    return sorted(found, key=lambda pair: -pair[1].confidence)


def recognise(file: RawFile) -> tuple[Reader, Recognition]:
    """The reader that fits the file best; DeliveryError where none does."""
    return _best(candidates(file), file)


def _best(found: Sequence[tuple[Reader, Recognition]], file: RawFile) -> tuple[Reader, Recognition]:
    if not found:
        raise DeliveryError(
            "no reader knows this format",
            file.name,
            line=1,
            remedy="`stadtlabor inspect` says what it found; 'format: …' in source.yml names a reader.",
            rule="format_unknown",
        )
    return found[0]


def reader_for(file: RawFile, manifest: Manifest, delivered: DeliveredFile) -> Reader:
    """The reader of a delivered file: the one its manifest names, else the one that fits.

    DeliveryError where none fits, or where it reads another kind than the manifest states.
    """
    named = delivered.format or manifest.format
    reader = by_name(named, "source.yml") if named else _of_kind(file, manifest.kind)
    if reader.kind != manifest.kind:
        raise DeliveryError(
            f"the format {reader.name!r} is of the kind {reader.kind!r}, source.yml states {manifest.kind!r}",
            file.name,
            remedy="Correct 'kind' (or 'format') in source.yml.",
            rule="format_unknown",
        )
    return reader


def read(reader: Reader, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
    """What a reader makes of a file, without controls that turn the direction of writing; a note says how many."""
    result = reader.read(file, manifest)
    count = file.controls_dropped
    for name, rows in result.tables.items():
        # A workbook, SPSS or an escape in JSON brings them past the text.
        texts = pl.col(pl.String, pl.Categorical).cast(pl.String)
        counts = rows.select(texts.str.count_matches(bidi.CONTROLS).sum())
        if found := sum(counts.fill_null(0).row(0) if counts.width else ()):
            result.tables[name] = rows.with_columns(texts.str.replace_all(bidi.CONTROLS, "")).cast(rows.schema)
            count += found
    if count:
        result.notes.append(bidi.note(count))
    return result


def _of_kind(file: RawFile, kind: str) -> Reader:
    """The reader that fits best among those of a kind; only where none does are all others asked."""
    return _best(candidates(file, kind) or candidates(file), file)[0]
