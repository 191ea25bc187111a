"""What the models of a manifest share: they forbid fields they do not know, and name and compare things in one way."""

from collections.abc import Iterable
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, ConfigDict, Field

# Each module has its own base of these: ruff knows a model's defaults only where it sees pydantic's BaseModel.
STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
# Words of the project itself: the same for everyone who has read them.
FIXED = ConfigDict(**STRICT, frozen=True)


def refuse_doubles(what: str, names: Iterable[str]) -> None:
    """Raise `ValueError` at the first name that stands twice; `what` says of what it is the name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the {what} {name!r} is given twice")
        seen.add(name)


def plain(name: str) -> str:
    """A name as it is compared: small letters, single blanks."""
    return " ".join(name.split()).casefold()


def _is_known(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {zone!r} (Europe/Berlin is one)") from None
    return zone


Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
TimeZone = Annotated[str, AfterValidator(_is_known)]
# What a calendar's own name of a zone means, where nobody knows it.
CalendarZone = Annotated[
    TimeZone | None,
    Field(
        description="The time zone meant where a calendar names one that nobody knows (TZID).",
        examples=["Europe/Berlin"],
    ),
]
