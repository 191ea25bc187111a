"""Shades for how much of something was booked: seven steps of one hue, and the ink that is read upon each.

A step, not a smooth ramp: between two steps lies a grey on which neither light nor dark ink could be read.
"""

import math
from dataclasses import dataclass

import altair as alt

from dashboard.charts.theme import NARROW, NOTE, ink
from dashboard.words.numbers import Numbers

HUES = {
    "light": ("#e2eef0", "#c4dee2", "#a3cbd2", "#7fb5bf", "#2c7886", "#14606e", "#093f4b"),
    "dark": ("#1c3338", "#24464d", "#2d5b64", "#386f7a", "#6fb2bd", "#93d0d9", "#c2ecf1"),
}
INKS = {
    "light": ("#1d2527", "#1d2527", "#1d2527", "#1d2527", "#ffffff", "#ffffff", "#ffffff"),
    "dark": ("#ebe8e2", "#ebe8e2", "#ebe8e2", "#ffffff", "#14191b", "#14191b", "#14191b"),
}
STEPS = (1.0, 2.0, 5.0, 10.0, 15.0)  # per cent that one shade may span
WHOLE = 100.0


@dataclass(frozen=True)
class Shades:
    """The steps of one picture: how many per cent each spans, and how many there are."""

    step: float
    count: int
    language: str
    theme: str

    def place(self, value: float) -> int:
        """Which step a value belongs to, from 0."""
        return min(int(value // self.step), self.count - 1)

    def hue(self, value: float) -> str:
        """The colour of a value."""
        return self.range[self.place(value)]

    def ink(self, value: float) -> str:
        """The colour of figures upon a value's colour."""
        return INKS[self.theme][HUES[self.theme].index(self.hue(value))]

    def words(self, value: float) -> str:
        """A value's step in words: "10–20 %"."""
        return self.domain[self.place(value)]

    @property
    def domain(self) -> list[str]:
        """The steps in words, from the least."""
        numbers = Numbers(self.language)
        ends = [(self.step * place, min(self.step * (place + 1), WHOLE)) for place in range(self.count)]
        return [f"{numbers.decimal(low)}–{numbers.quantity(high, '%')}" for low, high in ends]

    @property
    def range(self) -> list[str]:
        """The steps' colours, spread over all seven where there are fewer."""
        hues = HUES[self.theme]
        if self.count < 2:
            return [hues[2]] * self.count
        return [hues[round(place * (len(hues) - 1) / (self.count - 1))] for place in range(self.count)]

    def legend(self) -> alt.Legend:
        """The steps as a row of squares above the picture."""
        colours = ink(self.theme)
        return alt.Legend(
            title=None,
            orient="top",
            direction="horizontal",
            columns=alt.ExprRef(f"{NARROW} ? 4 : 7"),
            symbolType="square",
            symbolSize=180,
            symbolStrokeColor=colours.quiet,
            symbolStrokeWidth=0.6,
            labelFontSize=NOTE,
            labelColor=colours.text,
            columnPadding=14,
            offset=12,
        )

    def colour(self, field: str = "shade") -> alt.Color:
        """The encoding of a field that holds the steps in words; words of no step are not coloured by it."""
        legend = self.legend() if self.count else None
        return alt.Color(f"{field}:N", scale=alt.Scale(domain=self.domain, range=self.range), legend=legend)


def shades(values: list[float], language: str, theme: str) -> Shades:
    """The steps that hold all values, the finest that do; of no values no step and no legend."""
    if not values:
        return Shades(WHOLE, 0, language, theme)
    most = max(values)
    step = next((one for one in STEPS if one * len(HUES[theme]) > most), STEPS[-1])
    # What lies on the upper end of the last step belongs to it.
    return Shades(step, min(int(most // step) + 1, math.ceil(WHOLE / step)), language, theme)
