"""How charts look: ink, paper and type, in light and in dark, and the forms of each language."""

from dataclasses import dataclass

import altair as alt

# Both families come with the dashboard's own frame; nothing is fetched from elsewhere.
SANS = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif'
SERIF = '"Source Serif", "Source Serif 4", "Source Serif Pro", Georgia, serif'

# The typographic scale of charts, in px: what is read first, what is read beside it, what is looked up.
TITLE, LABEL, NOTE = 20, 15, 13

# Below this width (a telephone, a narrow column) a row's name and value move above its track.
NARROW = "width < 560"


@dataclass(frozen=True)
class Ink:
    """The colours of one theme; every text colour has at least 4.5:1 on `paper`."""

    paper: str
    text: str
    quiet: str
    line: str
    band: str
    band_middle: str
    median: str
    land: str
    accent: str


INKS = {
    "light": Ink(
        paper="#fbfaf7",
        text="#1d2527",
        quiet="#566063",
        line="#dedad0",
        band="#e6e2d8",
        band_middle="#cbc5b6",
        median="#6a675f",
        land="#ece8de",
        accent="#0b5563",
    ),
    "dark": Ink(
        paper="#14191b",
        text="#ebe8e2",
        quiet="#a9b0b1",
        line="#2f383b",
        band="#283033",
        band_middle="#414c50",
        median="#a3abad",
        land="#232b2e",
        accent="#86c9d3",
    ),
}

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_DAYS = {
    "de": "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
    "en": "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
}


def layered(*charts: alt.Chart) -> alt.LayerChart:
    """Charts drawn one upon the other, the first at the bottom."""
    return alt.LayerChart(layer=list(charts))


def ink(theme: str) -> Ink:
    """The colours of "light" or "dark"."""
    return INKS[theme]


def hatch(theme: str) -> alt.Gradient:
    """Stripes of paper, to be laid over a mark whose value is internal: what is drawn shows between them."""
    paper, stripes = ink(theme).paper, 6
    ends = [(one + half / 2, one + (half + 1) / 2, half) for one in range(stripes) for half in (0, 1)]
    stops = [
        alt.GradientStop(offset=end / stripes, color=paper if half else "transparent")
        for *both, half in ends
        for end in both
    ]
    return alt.LinearGradient(gradient="linear", stops=stops, x1=0, y1=0, x2=1, y2=1)


def dressed(chart: alt.LayerChart, theme: str, language: str) -> alt.LayerChart:
    """The chart itself, in the house's type and colours, with the axis numbers of the language."""
    colours = ink(theme)
    # Not by `configure`, which would copy the whole chart.
    chart.config = alt.Config(
        font=SANS,
        background=colours.paper,
        locale=_locale(language),
        # The text alternative stands on the chart as a whole; its marks say nothing of their own.
        mark=alt.MarkConfig(aria=False),
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=colours.quiet,
            labelFontSize=NOTE,
            titleColor=colours.quiet,
            titleFontSize=NOTE,
            titleFontWeight="normal",
            gridColor=colours.line,
            domain=False,
            ticks=False,
            labelPadding=8,
        ),
        title=alt.TitleConfig(
            font=SERIF,
            fontSize=TITLE,
            fontWeight=600,
            color=colours.text,
            subtitleFont=SANS,
            subtitleFontSize=LABEL,
            subtitleColor=colours.quiet,
            subtitlePadding=6,
            anchor="start",
            frame="group",
            offset=20,
        ),
    )
    return chart


def _locale(language: str) -> alt.Locale:
    marks = (",", ".", ["", "\u202f€"]) if language == "de" else (".", ",", ["€", ""])
    months, days = _MONTHS[language].split(), _DAYS[language].split()
    return alt.Locale(
        number=alt.NumberLocale(decimal=marks[0], thousands=marks[1], grouping=[3], currency=marks[2], minus="\u2212"),
        time=alt.TimeLocale(
            dateTime="%A, %e. %B %Y, %X" if language == "de" else "%A, %e %B %Y, %X",
            date="%d.%m.%Y" if language == "de" else "%d/%m/%Y",
            time="%H:%M:%S",
            periods=["", ""] if language == "de" else ["AM", "PM"],
            days=days,
            shortDays=[day[:2] if language == "de" else day[:3] for day in days],
            months=months,
            shortMonths=[month[:3] for month in months],
        ),
    )
