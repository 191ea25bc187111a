"""What the pictures of a co-working space have in common: the names of their files, their source, their mark."""

from typing import Any

from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit

KIND = "raum"  # the files' folder in their address
APART = "~"  # between the parts of a picture's name
# The name of each picture in its file's address.
YEAR, WEEKS, PROFILE, LEAD, PURPOSES, KINDS, EFFECTS = (
    "jahr", "wochen", "stunden", "vorlauf", "zwecke", "arten", "ferien",
)  # fmt: skip
NAMES = (YEAR, WEEKS, PROFILE, LEAD, PURPOSES, KINDS, EFFECTS)
# Whose passport says where the numbers of a picture come from; of the others that of utilisation.
INDICATORS = {
    LEAD: "lead_time_median",
    PURPOSES: "own_work_share",
    KINDS: "room_utilisation",
    EFFECTS: "holiday_effect",
}
BY_YEAR = (YEAR, WEEKS)  # drawn for one calendar year where the record is long

Row = dict[str, Any]


def assembled(space: Row, name: str, year: str, visit: Visit, **parts: Any) -> Picture:
    """A picture of a space by its parts, with its source at the foot and its mark as sample data."""
    parts["foot"] = [*parts["foot"], visit.say.survey_source.format(source=space["source_text"])]
    return Picture(
        kind=KIND,
        name=APART.join(part for part in (space["space_id"], name, year) if part),
        is_synthetic=bool(space["is_synthetic"]),
        indicator_id=INDICATORS.get(name, "utilisation"),
        **parts,
    )
