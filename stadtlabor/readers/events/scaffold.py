"""The `events:` part of a ready-to-edit source.yml: venues and categories as found in the file, to be checked."""

from collections.abc import Iterable, Mapping

from pydantic import BaseModel
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from stadtlabor.manifest.event_files import EventColumns, RegistrationColumns
from stadtlabor.readers.bookings.desks import desk_id, free_id
from stadtlabor.readers.facts import EventFacts, FoundPlace, RegistrationFacts
from stadtlabor.readers.protocol import ReadResult

CHECK = "please check"
# Places held once are rarely a venue of the lab.
MOST_VENUES = 20
# Tables whose headings the manifest may name; the tools' readers know their own.
OF_ANY_TABLE: Mapping[str, tuple[str, type[BaseModel]]] = {
    "events-table": ("columns", EventColumns),
    "registrations-table": ("registration_columns", RegistrationColumns),
}


def scaffold(result: ReadResult) -> Mapping[str, object]:
    """The field `events`; valid for `stadtlabor.manifest.source` as it stands."""
    facts = result.facts
    assert isinstance(facts, EventFacts | RegistrationFacts)
    part = CommentedMap(timezone="Europe/Berlin")
    part["times"] = times = CommentedMap(ambiguous="earlier")
    if isinstance(facts, EventFacts):
        times["end_day"] = facts.end_day
        times.yaml_add_eol_comment(f"{CHECK}: an end given as a day is in (inclusive) or out (exclusive)", "end_day")
    named = OF_ANY_TABLE.get(facts.tool)
    if named:
        fields = set(named[1].model_fields)
        part[named[0]] = {name: heading for name, heading in facts.headings.items() if name in fields}
    part["venues"] = _venues(facts.places.values() if isinstance(facts, EventFacts) else ())
    part["defaults"] = {}
    part.yaml_add_eol_comment(
        "format, theme, target_group, organiser_kind, venue or capacity of all events", "defaults"
    )
    part["rules"] = CommentedSeq()
    categories = ", ".join(repr(name) for name in list(facts.categories)[:8]) if isinstance(facts, EventFacts) else ""
    hint = (
        f"categories in the file: {categories}"
        if categories
        else "words of titles: {titles: [Workshop], format: workshop}"
    )
    part.yaml_add_eol_comment(" ".join(hint.split())[:300], "rules")
    part["events"] = []
    part.yaml_add_eol_comment("what the file cannot say of single events: capacity, attended, cost_eur …", "events")
    if isinstance(facts, RegistrationFacts):
        part["registrations"] = _linked(facts)
    return {"events": part}


def _venues(places: Iterable[FoundPlace]) -> CommentedSeq:
    """Places by their name; addresses stay out."""
    counted: dict[str, int] = {}
    for place in places:
        if place.name and place.name != "online":
            counted[place.name] = counted.get(place.name, 0) + place.events
    venues, taken = CommentedSeq(), set[str]()
    for name in sorted(counted, key=lambda one: (-counted[one], one))[:MOST_VENUES]:
        entry = CommentedMap(id=free_id(desk_id(name), taken), name=name)
        entry.yaml_add_eol_comment(f"{counted[name]} event(s); add 'capacity'", "name")
        venues.append(entry)
    return _without_twins(venues)


def _without_twins(venues: CommentedSeq) -> CommentedSeq:
    """Names that differ in case alone are one venue."""
    kept, seen = CommentedSeq(), set[str]()
    for entry in venues:
        if entry["name"].casefold() not in seen:
            seen.add(entry["name"].casefold())
            kept.append(entry)
    return kept


def _linked(facts: RegistrationFacts) -> CommentedSeq:
    """Which event a list of registrations is about, where its columns do not say."""
    linked = CommentedSeq()
    if not facts.told:
        day = facts.last_ordered or "2000-01-01"
        entry = CommentedMap(file=facts.file, title="Title of the event", date=day)
        entry.yaml_add_eol_comment(f"{CHECK}: the event this list is about", "title")
        linked.append(entry)
    return linked


def lines(result: ReadResult) -> list[str]:
    """The events in a few sentences."""
    facts = result.facts_as(EventFacts)
    states = ", ".join(f"{count:,} {state}" for state, count in facts.statuses.items())
    sentences = [f"Events: {facts.rows:,} ({states or 'none'}), {facts.all_day:,} of them without a time of day"]
    names = list(dict.fromkeys(place.name for place in facts.places.values() if place.name))
    shown = ", ".join(names[:12]) + (f", … and {len(names) - 12} more" if len(names) > 12 else "")
    sentences.append(f"Places ({len(names)}): {shown or 'none'}")
    if facts.categories:
        sentences.append(
            f"Categories: {', '.join(f'{name} ({count})' for name, count in list(facts.categories.items())[:8])}"
        )
    sentences.append(f"Counted: {', '.join(facts.recorded) or 'nothing: who came is not in the file'}")
    return sentences
