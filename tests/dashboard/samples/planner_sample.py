"""A release with spaces to plan for, beside the surveys' sample: its bookings are of `tests.statistics.planner`."""

from datetime import timedelta
from typing import Any

import numpy as np

from tests.dashboard.samples import survey_sample
from tests.statistics.planner import published

Row = dict[str, Any]
WEEKS = 12


def tables(**changed: Any) -> dict[str, list[Row]]:
    """Three spaces: one in the town that asked for a price, one in a town that did not, one that is hidden."""
    days = published.weekdays(WEEKS)
    visits = published.chance_visits(np.random.default_rng(3), days, 3.0)
    whole = survey_sample.tables()
    whole |= {name: [] for name in published.tables(visits, days)}
    for space_id, town_id, one in (
        ("wi-space", "wittenberge", published.tables(visits, days, desks=9, price=0.0)),
        ("mo-space", "moelln", published.tables(visits, days, desks=9, price=8.0)),
        ("di-hidden", "diessen", published.tables(visits, days, desks=9, booked_seat_hours=None)),
    ):
        for name, frame in one.items():
            for row in frame.to_dicts():
                about = _about(town_id) if name == "spaces" else {}
                whole[name].append(row | about | {"space_id": space_id})
    return whole | changed


def _about(town_id: str) -> Row:
    last = published.MONDAY + timedelta(days=7 * WEEKS - 3)
    return {
        "town_id": town_id,
        "name_de": "Werkraum",
        "name_en": "Workroom",
        "first_day": published.MONDAY,
        "last_day": last,
        "period": f"{published.MONDAY}/{last}",
        "source_text": "Beispieldaten: Buchungen",
        "is_synthetic": True,
    }
