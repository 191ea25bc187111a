"""Two choices of the pages on official figures: a small town beside the network's, and the group of peers."""

from collections.abc import Iterator

from dashboard.article.arrangement import Group
from dashboard.article.choices import TownSearch
from dashboard.parts.choosing import choose
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.small_towns import GROUPS, LOCATION, SIMILAR
from dashboard.words.indicator import alphabetical_key

ADDED = "gemeinde"  # in an address: the key of the town


def choose_beside(visit: Visit, opens: str = "") -> Iterator[Group]:
    """The row of both choices; nothing where no small towns are published.

    `opens` is the parameter of the address that the key of a town just added is written into as well.
    """
    say, release = visit.say, visit.release
    if small_towns.register(release).is_empty():
        return
    there = named(visit.added, visit) if visit.added else ""
    group = choose(visit, say.choose_group, _groups(visit), "gruppe", say.group("peer_groups").__getitem__)
    search = TownSearch(say.add_town, visit.added, there, opens)
    choices = Group((group,), "sl-choice-group"), Group((search,), "sl-choice-added")
    yield Group(choices, "sl-choices-beside", is_row=True)


def _groups(visit: Visit) -> list[str]:
    """The groups there are bands or measures for in this release."""
    known = set(visit.release.tables["peer_bands"]["peer_group"])
    has = {group: name in known for group, name in small_towns.ALL_OF_A_GROUP.items()}
    has |= {"": True, LOCATION: any(name.startswith("location_") for name in known)}
    has |= {small_towns.LAND: any(name.startswith("land_") for name in known)}
    has |= {SIMILAR: not small_towns.measured(visit.release).is_empty()}
    return [group for group in GROUPS if has[group]]


def why_none(word: str, visit: Visit) -> str:
    """That one of the network's towns stands there already, or that there is no small town of this name."""
    known = {alphabetical_key(str(name)) for row in visit.release.towns().select("name", "ags").rows() for name in row}
    words = visit.say.add_town_there if alphabetical_key(word) in known else visit.say.add_town_none
    return words.format(word=word)


def named(ags: str, visit: Visit) -> str:
    """The full name of a small town by its key; the key where there is none."""
    about = small_towns.town(visit.release, ags)
    return small_towns.full_name(about, visit.language) if about else ags
