"""The `bookings:` part of a ready-to-edit source.yml: desks as found in the file, hours and rules to be checked."""

from collections.abc import Mapping

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from stadtlabor.manifest.bookings_section import BookingColumns
from stadtlabor.readers.bookings.desks import NO_SPACE, desk_id, free_id
from stadtlabor.readers.facts import BookingFacts
from stadtlabor.readers.protocol import ReadResult

CHECK = "please check"
# What a generic table's columns are called is worth writing down; the tools' readers know their own.
TOOL_OF_ANY_TABLE = "bookings-table"


def scaffold(result: ReadResult) -> Mapping[str, object]:
    """The field `bookings`; valid for `stadtlabor.manifest.source` as it stands."""
    facts = result.facts_as(BookingFacts)
    desks = CommentedSeq()
    taken: set[str] = set()
    for name, about in facts.desks.items():
        entry = CommentedMap(id=free_id(desk_id(name), taken), name=name, kind=about.kind, written=[name])
        most = about.most_at_once or 1
        entry["capacity"] = [{"units": most, "seats": 1}]
        entry.yaml_add_eol_comment(f"{CHECK}: desk, table, room, lounge or other; {about.bookings} bookings", "kind")
        entry.yaml_add_eol_comment(f"{CHECK}: at most {most} at once in the file", "capacity")
        desks.append(entry)
    hours = CommentedMap(weekdays=["mon", "tue", "wed", "thu", "fri"], opens="09:00", closes="17:00")
    space = CommentedMap(id=NO_SPACE, name="Name", timezone="Europe/Berlin", public_holidays="closed", rooms=[])
    space["desks"] = desks or [{"id": "desk", "name": "Desk"}]
    space["opening_hours"], space["closures"], space["tariff"] = [hours], [], []
    space.yaml_add_eol_comment(CHECK, "id")
    hours.yaml_add_eol_comment(f"{CHECK}: weekdays and hours; without them there is no denominator", "weekdays")
    bookings = CommentedMap(spaces=[space])
    bookings["times"] = times = CommentedMap(rule=facts.time_rule, ambiguous="earlier")
    times.yaml_add_eol_comment(f"{CHECK}: utc, offset or local, for times that carry no offset", "rule")
    if facts.asks_day_first:
        times["day_first"] = None
        times.yaml_add_eol_comment(
            f"{CHECK}: true where 03/04 is 3 April, false for 4 March; the file does not tell", "day_first"
        )
    if facts.tool == TOOL_OF_ANY_TABLE:
        can_be_named = BookingColumns.model_fields
        bookings["columns"] = {name: heading for name, heading in facts.headings.items() if name in can_be_named}
    bookings["purposes"], bookings["block_outs"] = [], {"titles": [], "users": []}
    return {"bookings": bookings}


def lines(result: ReadResult) -> list[str]:
    """The bookings in a few sentences."""
    facts = result.facts_as(BookingFacts)
    states = ", ".join(f"{count:,} {state.replace('_', ' ')}" for state, count in facts.statuses.items())
    sentences = [f"Bookings: {facts.rows:,} ({states or 'none'}), {facts.block_outs:,} of them block-outs"]
    found = ", ".join(f"{name} ({about.kind}, {about.bookings:,})" for name, about in facts.desks.items())
    sentences.append(f"Desks and rooms ({len(facts.desks)}): {found or 'none'}")
    if found and not any(about.kind == "desk" for about in facts.desks.values()):
        sentences.append("None of them is a desk, whose use is what is shown: check 'kind' in source.yml")
    sentences.append(f"Users: {facts.users:,}; times without an offset are read as {facts.time_rule}")
    sentences.append(f"Time of booking: {'known' if facts.has_created else 'not in the file, so no lead times'}")
    return sentences
