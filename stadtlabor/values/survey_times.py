"""Times as survey tools write them, to ISO local time; columns at once."""

import polars as pl

ISO = "%Y-%m-%dT%H:%M:%S"

# Excel counts days from 1899-12-30; 1 January 1990 to 2100 is what a survey may have.
SERIAL_FIRST, SERIAL_LAST = 32874, 73051
_ZONE = (
    r"\s*(?:Z|[+-]\d\d:?\d\d|(?:MEZ|MESZ|OEZ|OESZ|WEZ|WESZ|CET|CEST|EET|EEST|WET|WEST|BST|UTC|[ECMP][SD]T"
    r"|GMT)(?:[+-]\d{1,2}(?::\d\d)?)?)$"
)
_SHAPES = (
    (r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", "%Y-%m-%d %H:%M:%S"),
    (r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+$", "%Y-%m-%d %H:%M:%S%.f"),
    (r"^\d{4}-\d\d-\d\d \d\d:\d\d$", "%Y-%m-%d %H:%M"),
    (r"^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d:\d\d$", "%d.%m.%Y %H:%M:%S"),
    (r"^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d$", "%d.%m.%Y %H:%M"),
    (r"^\d{1,2}\.\d{1,2}\.\d\d \d{1,2}:\d\d$", "%d.%m.%y %H:%M"),
    (r"^\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d\d:\d\d [AP]M$", "%Y/%m/%d %I:%M:%S %p"),
    (r"^\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d\d:\d\d$", "%Y/%m/%d %H:%M:%S"),
)
_SLASHED = (
    (r"^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M$", "%Y %I:%M:%S %p"),
    (r"^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d [AP]M$", "%Y %I:%M %p"),
    (r"^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d$", "%Y %H:%M:%S"),
    (r"^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d$", "%Y %H:%M"),
    (r"^\d{1,2}/\d{1,2}/\d\d \d{1,2}:\d\d$", "%y %H:%M"),
)
_DAYS = (
    (r"^\d{4}-\d\d-\d\d$", "%Y-%m-%d"),
    (r"^\d{1,2}\.\d{1,2}\.\d{4}$", "%d.%m.%Y"),
)


def moments(cells: pl.Series, day_first: bool | None = None) -> pl.Series:
    """Times as datetimes without a zone, as the tool wrote them; what is no time becomes null.

    `day_first` says how 03/04/2023 is meant; None finds out from the column and falls back to the
    month first, as the tools that write slashes do.
    """
    text = pl.col("t")
    if day_first is None:
        day_first = _is_day_first(cells)
    order = "%d/%m/" if day_first else "%m/%d/"
    shapes = [*_SHAPES, *_DAYS, *((regex, order + rest) for regex, rest in _SLASHED)]
    found = [
        pl.when(text.str.contains(regex)).then(text).str.to_datetime(form, strict=False, time_unit="ms")
        for regex, form in shapes
    ]
    return pl.DataFrame({"t": _tidy(cells)}).select(pl.coalesce(*found, _serial(text))).to_series()


def iso(cells: pl.Series, day_first: bool | None = None) -> pl.Series:
    """`moments` as ISO text, to the second."""
    return moments(cells, day_first).dt.to_string(ISO)


def is_ambiguous(cells: pl.Series) -> bool:
    """Whether the column writes dates with slashes and no date in it tells day from month."""
    parts = cells.drop_nulls().str.extract_groups(r"^(?<a>\d{1,2})/(?<b>\d{1,2})/\d").struct.unnest()
    numbers = parts.select(pl.all().cast(pl.Int32)).drop_nulls()
    return not numbers.is_empty() and numbers.select((pl.max_horizontal("a", "b") <= 12).all()).item() is True


def _is_day_first(cells: pl.Series) -> bool:
    first = cells.drop_nulls().str.extract(r"^(\d{1,2})/\d{1,2}/\d").cast(pl.Int32).drop_nulls()
    return bool((first > 12).any())


def _tidy(cells: pl.Series) -> pl.Series:
    return (
        cells.str.strip_chars()
        .str.replace(_ZONE, "")
        .str.replace(r"^(\d{4}-\d\d-\d\d)T", "${1} ")
        .str.replace(r"(?i)\s*(?:vorm\.|a\.\s?m\.|am)$", " AM")
        .str.replace(r"(?i)\s*(?:nachm\.|p\.\s?m\.|pm)$", " PM")
    )


def _serial(text: pl.Expr) -> pl.Expr:
    days = pl.when(text.str.contains(r"^\d{5}(?:[.,]\d+)?$")).then(text).str.replace(",", ".").cast(pl.Float64)
    seconds = (days * 86_400).round().cast(pl.Int64)
    moment = pl.datetime(1899, 12, 30, time_unit="ms") + pl.duration(seconds=seconds, time_unit="ms")
    return pl.when(days.is_between(SERIAL_FIRST, SERIAL_LAST)).then(moment)
