"""A result as a range, and beneath it how far it swings with each of its uncertain parts alone."""

from collections.abc import Sequence

import altair as alt

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.rows import Row, rows
from dashboard.charts.theme import dressed
from dashboard.words.numbers import Numbers

# One row: its name, and the lowest, central and highest value.
Swing = tuple[str, float, float, float]


def influences(swings: Sequence[Swing], slot: int, language: str, theme: str) -> alt.LayerChart:
    """The swings in the order given on one scale from zero, the first (all together) in bold."""
    say, numbers = texts.of(language), Numbers(language)
    content = [
        Row(
            key=name,
            name=name,
            label=say.span.format(low=numbers.rough(low), high=numbers.rough(high)),
            value=central,
            low=low,
            high=high,
            colour=palette.colour(slot, theme),
            shape=palette.shape(slot),
            opacity=1.0 if place == 0 else 0.75,
            weight="bold" if place == 0 else "normal",
        )
        for place, (name, low, central, high) in enumerate(swings)
    ]
    top = max((high for _, _, _, high in swings), default=1.0) or 1.0
    return dressed(rows(content, (0.0, top * 1.04), theme), theme, language)
