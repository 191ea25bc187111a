"""The style sheet of the pages: colours, signs and type, the same whichever way a page is drawn."""

from pathlib import Path

from dashboard.charts.palette import COLOURS, SHAPES
from dashboard.charts.theme import ink

ASSETS = Path(__file__).parent.parent / "assets"

# A town's sign as a picture within the style sheet, so that nothing has to be fetched.
SIGN = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='-1.3 -1.3 2.6 2.6'%3E"
    "%3Cpath d='{shape}'/%3E%3C/svg%3E"
)

# A dark page on paper. White becomes black and black white, while colours keep their hue.
PRINTED = (
    "body,.stApp{background:var(--sl-paper)!important;color:var(--sl-text)!important;color-scheme:light}"
    "[data-testid=stVegaLiteChart] svg{filter:invert(1) hue-rotate(180deg);background:none!important}"
)


def sheet(theme: str) -> str:
    """The whole style sheet for a light."""
    # Paper is white, whatever the device is set to; charts are drawn already and are turned over.
    printed = f"@media print{{{colours('light')}\n{PRINTED}}}" if theme == "dark" else ""
    return f"{colours(theme)}\n{(ASSETS / 'style.css').read_text(encoding='utf-8')}\n{printed}"


def colours(theme: str) -> str:
    """The colours of a light, for the style sheet, and those of the towns' signs."""
    variables = {f"--sl-{name.replace('_', '-')}": value for name, value in vars(ink(theme)).items()}
    declared = "".join(f"{name}:{value};" for name, value in variables.items())
    return f":root{{{declared}}}\n{_signs(theme)}"


def _signs(theme: str) -> str:
    """A style for each town's sign: its shape as a mask, its colour behind it."""
    return "\n".join(
        f'.sl-mark-{slot}{{background:{colour};--sl-shape:url("{SIGN.format(shape=shape)}")}}'
        for slot, (colour, shape) in enumerate(zip(COLOURS[theme], SHAPES, strict=True), start=1)
    )


def plain_sheet() -> str:
    """The style sheet of a plain page, in the reader's light; on paper it is the light one."""
    sheets = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in ("style.css", "plain.css"))
    dark = f"@media screen and (prefers-color-scheme:dark){{{colours('dark')}}}"
    return f"{colours('light')}\n{dark}\n{sheets}"
