"""The formats that are a key, a name and one column per measure: an entry each."""

import re
from collections.abc import Sequence

import polars as pl

from stadtlabor.readers.statistics import wide
from stadtlabor.readers.statistics.inkar import association
from stadtlabor.readers.statistics.keyed import gemband
from stadtlabor.readers.statistics.keyed.keyed_table import Format, KeyedTable
from stadtlabor.values import periods
from stadtlabor.values.units import Unit, split_unit

YEARS = re.compile(r"(?:zwischen )?(\d{4}) und (\d{4})|in den Jahren (\d{4})-(\d{2,4})|(?:im Jahr |\b)(\d{4})\b")
DAY = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")


def municipality(key: pl.Expr, heading: str) -> pl.Expr:
    """An AGS that may have lost its leading zero."""
    return key.str.zfill(8)


def by_heading(key: pl.Expr, heading: str) -> pl.Expr:
    """As the Deutschlandatlas heads its keys: GKZ a municipality, VBG an association, KRS a district.

    An association's key of 1219 has three digits behind the district, from 900 on where it has several members.
    """
    if heading.startswith("krs"):
        return key.str.zfill(8).str.slice(0, 5)
    if heading.startswith("vbg") and not heading.endswith("19"):
        return association(key)
    if heading.startswith("vbg"):
        full = key.str.zfill(8)
        return pl.when(full.str.slice(5, 1) == "9").then(full.str.slice(0, 5) + "0" + full.str.slice(5)).otherwise(full)
    return municipality(key, heading)


def atlas_measure(heading: str) -> wide.Column | None:
    """'Indikatorkürzel: p_apo Mittlere … im Jahr 2024 in Minuten', or 'p_apo' alone."""
    found = re.fullmatch(r"(?:Indikatorkürzel:\s*)?([a-z][a-z0-9_]*)(?:\s+(.+))?", heading)
    if found is None or heading.lower().startswith(("gemeinde", "kreis", "verband")):
        return None
    label = re.sub(r"-\s+(?=[a-zäöü])", "", found[2] or "")
    return wide.Column(0, found[1], label, period=period_of(label), unit=unit_of(label))


def period_of(words: str) -> str | None:
    """The year, span of years or day that a heading speaks of."""
    if day := DAY.search(words):
        return periods.iso(f"{int(day[1]):02}.{int(day[2]):02}.{day[3]}")
    found = YEARS.search(words)
    if found is None:
        return None
    if found[5]:
        return found[5]
    first, last = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{first}/{last if len(last) == 4 else first[:2] + last}"


def unit_of(words: str) -> Unit:
    """What stands behind 'in' at a heading's end, or in its brackets: Minuten, %."""
    found = re.search(r"\(in ([^)]+)\)|\bin (Minuten|%(?: der Fläche)?|Euro|km|100)\s*$|\bin (%)", words)
    written = next((part for part in found.groups() if part), "") if found else ""
    return Unit("Anzahl", "100") if written == "100" else split_unit(written)


def multiplier(heading: str) -> wide.Column | None:
    """The three multipliers and the population they stand beside."""
    if found := re.search(r"Grundsteuer [AB]|Gewerbesteuer", heading):
        return wide.Column(0, f"Hebesatz {found[0]}", unit=Unit("%", "1"))
    if heading.startswith("Bevölkerung"):
        return wide.Column(0, "Bevölkerung", period=period_of(heading), unit=Unit("Anzahl", "1"))
    return None


def class_key(heading: str) -> wide.Column | None:
    """The keys of the BBSR's spatial types; their names say the same and are passed over."""
    found = re.fullmatch(r"(.+?) Kennziffer", heading)
    return None if found is None else wide.Column(0, found[1], period="2019-12-31", unit=Unit("Kennziffer", "1"))


def successor(heading: str) -> wide.Column | None:
    """Area, population and employees of the BBSR's key of municipal changes."""
    for name, words in (
        ("Fläche", "Fläche"),
        ("Bevölkerung", "Bevölkerung"),
        ("Beschäftigte am Arbeitsort", "sozialvers"),
    ):
        if heading.startswith(words):
            unit = (
                Unit("km²", "1") if name == "Fläche" else Unit("Anzahl", "100" if heading.endswith("in 100") else "1")
            )
            return wide.Column(0, name, period=period_of(heading), unit=unit)
    return None


def year_behind(heading: str) -> wide.Column | None:
    """'Einkommensteuer 1998'."""
    found = re.fullmatch(r"(.+?)\s+((?:19|20)\d{2})", heading)
    return None if found is None else wide.Column(0, found[1], period=found[2])


def estimate(heading: str) -> wide.Column | None:
    """'SAE Anteil Fuß-Wege (in %)'."""
    found = re.fullmatch(r"SAE (.+?)(?: \(in ([^)]+)\))?", heading)
    return None if found is None else wide.Column(0, found[1], unit=Unit(found[2] or "", "1"))


ATTRIBUTION, DATA_LICENCE = "reproduction with attribution", "dl-de/by-2-0"
BBSR = "BBSR"

FORMATS: Sequence[Format] = (
    Format(
        "deutschlandatlas", "Deutschlandatlas (workbook or yearly CSV)", "a key GKZ, VBG or KRS with its date",
        "BMWSB/Destatis, Deutschlandatlas", ATTRIBUTION,
        key=r"(gkz|vbg|krs)\d{4,5}", label=(r".*name",), measure=atlas_measure, region=by_heading,
        missing=r"-9{4,5}(?:[.,]0+)?",
    ),
    Format(
        "deutschlandatlas-csv", "Deutschlandatlas (CSV of all municipalities)",
        "a Regionalschlüssel beside the atlas's short names",
        "BMWSB/Destatis, Deutschlandatlas", ATTRIBUTION,
        key="regionalschluessel", needs=("gemeindename", r"(bev|beschq|p|st|v|luftrtng)(_[a-z0-9]+)+"),
        measure=atlas_measure, region=municipality, missing=r"-9{4,5}(?:[.,]0+)?",
    ),
    Format(
        "hebesaetze", "Hebesätze der Realsteuern (workbook, a sheet per Land)", "an AGS beside multipliers",
        "Destatis, Hebesätze der Realsteuern", ATTRIBUTION,
        key=r"amtlicher_gemeinde_?schluessel", needs=(r"hebesatz.*", r"jahr"), measure=multiplier, region=municipality,
        period=("jahr",), header_lines=2,
    ),
    Format(
        "bbsr-referenz", "BBSR, reference of municipalities (spatial types)", "spatial types with their keys",
        BBSR, DATA_LICENCE,
        key=r"gemeinden_kennziffer", needs=(r"stadt_und_gemeindetyp_kennziffer",), label=("gemeinden_name",),
        measure=class_key, region=municipality,
    ),
    Format(
        "bbsr-umsteigeschluessel", "BBSR, key of municipal changes",
        "municipalities of two years beside area and employees",
        BBSR, DATA_LICENCE,
        key=r"gemeinden_31_12_20\d\d", needs=(r"flaeche.*", r"bevoelkerung.*"), label=(r"gemeindename.*",),
        measure=successor, region=municipality,
    ),
    Format(
        "inkar-verbaende", "INKAR, export with the years in its headings",
        "Gebietskennziffer and measures with their year",
        "BBSR, INKAR", DATA_LICENCE,
        key=r"gebietskennziffer", needs=(r".+_(19|20)\d\d",), measure=year_behind,
        region=lambda key, heading: association(key),
    ),
    Format(
        "mid-sae", "Mobilität in Deutschland, small-area estimates", "GKZ beside columns headed SAE",
        "infas, DLR, IVT und infas 360: Mobilität in Deutschland, Schätzung",
        "use with source and the word Schätzung; no decimals in publications",
        key="gkz", needs=(r"sae_.*",), measure=estimate, region=municipality, quality="estimate",
    ),
)  # fmt: skip

READERS = (*map(KeyedTable, FORMATS), gemband.READER)
