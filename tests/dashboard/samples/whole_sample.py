"""A release with something of everything: official figures, surveys, events, journal and spaces."""

from typing import Any

from tests.dashboard.samples import booking_sample, event_sample, journal_sample, survey_sample

Row = dict[str, Any]
SAMPLES = (survey_sample, booking_sample, event_sample, journal_sample)


def tables() -> dict[str, list[Row]]:
    """The rows of every sample, each once; the release counts as one with sample data."""
    whole: dict[str, list[Row]] = {}
    for one in SAMPLES:
        for name, rows in one.tables().items():
            known = whole.setdefault(name, [])
            known += [row for row in rows if row not in known]
    return whole | {"release_info": survey_sample.tables()["release_info"]}
