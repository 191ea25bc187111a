"""One run of a page: who reads, in which language and light, which release, and what is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.release import small_towns
from dashboard.release.release_cache import Cache
from dashboard.release.snapshot import Release
from dashboard.texts import Texts
from dashboard.words import age
from dashboard.words.numbers import Numbers


@dataclass(frozen=True)
class Visit:
    """What a view needs to know; made once per run, so that a run never mixes two releases."""

    language: str
    theme: str
    say: Texts
    numbers: Numbers
    release: Release
    selection: Mapping[str, str] = field(default_factory=dict)  # what is chosen, by the names in an address
    added: str = ""  # the key of a small town that the reader set beside the network's
    group: str = ""  # whom the towns are set against, one of `small_towns.GROUPS`

    @property
    def cache(self) -> Cache:
        """Where what is made for this visit is kept."""
        return self.release.cache

    @property
    def cache_key(self) -> tuple[str, ...]:
        """What of a visit decides what is made for it, beside the release; of what is chosen nothing else."""
        return self.language, self.theme, self.added, self.group

    def beside(self, asked: Mapping[str, str]) -> "Visit":
        """The same visit with what an address chooses; an added town and a group of peers as far as there are such."""
        added, group = asked.get("gemeinde", ""), asked.get("gruppe", "")
        is_there = bool(added) and small_towns.can_be_added(self.release, added)
        return replace(
            self,
            selection=dict(asked),
            added=added if is_there else "",
            group=group if group in small_towns.GROUPS else "",
        )

    def chosen(self, name: str) -> str:
        """What the address says of a choice; "" where it says nothing."""
        return self.selection.get(name, "")

    def town_names(self) -> dict[str, str]:
        """The network's towns by their ids in the fixed order, the added one by its key last."""
        about = small_towns.town(self.release, self.added)
        return self.release.town_names() | ({self.added: small_towns.full_name(about, self.language)} if about else {})

    def of_group(self, words: str) -> str:
        """Words about the municipalities of the towns' size, said of the group that was chosen."""
        if self.group:
            for name, of_size in self.say.group("size_phrases").items():
                words = words.replace(of_size, self.say.group("group_phrases")[name])
        return words

    def period(self, text: str | None) -> str:
        """A period of official figures as it is read; an old one says so: Stand 2015."""
        return age.dated(text, self.release.built_at.date(), self.language)

    def old(self, text: str | None) -> str:
        """ "Stand 2015" for a period that ended more than five years before the release, else nothing."""
        return age.mark_of(text, self.release.built_at.date(), self.language)

    def headline(self, finding: str, text: str | None) -> str:
        """A headline over figures of a period; over old ones it says the year and that newer ones are missing."""
        return age.headline(finding, text, self.release.built_at.date(), self.language)
