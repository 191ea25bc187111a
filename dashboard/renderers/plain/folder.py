"""The folder as an edition: its pages, each for one selection, and how they lead to one another."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.article.blocks import Files, Link
from dashboard.article.choices import Choice, OneOf, Step, TownSearch
from dashboard.article.sitemap import ADDRESSES
from dashboard.article.subject_blocks import Report
from dashboard.renderers.markup import part

# What is made of a picture for the folder; the drawing itself stands in the page.
LEFT_OUT = ("png", "svg")
# A file's name may have 255 bytes on every system; longer ones are told apart by a fingerprint.
LONGEST_NAME = 80
# So many options of a choice are seen at once, more behind a line.
MOST_OPEN = 8

Selection = Mapping[str, str]


def file_name(*words: str) -> str:
    """Words as the name of a file that every system takes."""
    name = "~".join(re.sub(r"[^\w-]+", "-", word, flags=re.ASCII) for word in words if word)
    mark = hashlib.sha256("~".join(words).encode()).hexdigest()[:12]
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}-{mark}"


@dataclass
class Folder:
    """The pages of one language by their selections, and the files that its pages lead to."""

    pages: Mapping[str, Sequence[Selection]]
    here: str = ""
    selection: Selection = field(default_factory=dict)
    # Each file's place with what it is made from.
    wanted: dict[str, tuple[Files, str]] = field(default_factory=dict)

    def at(self, page: str, selection: Selection) -> "Folder":
        """The same folder as it is seen from one of its pages."""
        return replace(self, here=page, selection=selection)

    def name_of(self, page: str, selection: Selection) -> str:
        """The file of a page."""
        return f"{file_name(ADDRESSES[page] or 'index', *selection.values())}.html"

    def to_page(self, link: Link) -> str:
        """The page of the folder that is nearest to what a link leads to."""
        return self.name_of(link.page, self._nearest(link.page, link.selection))

    def _nearest(self, page: str, selection: Selection) -> Selection:
        """Of a page's selections the one that says most of what is asked for, and nothing else."""
        known = [one for one in self.pages[page] if one.items() <= selection.items()]
        return max(known, key=len, default=self.pages[page][0])

    def files(self, files: Files) -> Files:
        """Tables and whole releases; reports are made by a server."""
        there = {} if isinstance(files, Report) else files.endings
        endings = {ending: words for ending, words in there.items() if ending not in LEFT_OUT}
        return replace(files, endings=endings)

    def to_file(self, files: Files, ending: str) -> str:
        """A file beside the pages."""
        chosen = [one for one in files.selection.values() if one]
        place = f"daten/{file_name(files.kind, files.name, *chosen)}.{ending}"
        self.wanted[place] = files, ending
        return place

    def choice(self, choice: Choice) -> str:
        """A link for each option of which there is a page."""
        if not isinstance(choice, OneOf):
            return ""
        links = {
            choice.words[option]: self.name_of(self.here, found)
            for option in choice.options
            if (found := self._with(choice, option)) is not None
        }
        return part("options", label=choice.label, chosen=choice.words[choice.value], links=links, most_open=MOST_OPEN)

    def _with(self, choice: OneOf, option: str) -> Selection | None:
        """The page with an option chosen that agrees most with this one; nothing where there is none."""
        if option == choice.value:
            return self.selection
        there = [one for one in self.pages[self.here] if one.get(choice.name, choice.first) == option]
        return max(there, key=lambda one: len(one.items() & self.selection.items()), default=None)

    def submit(self) -> str:
        """Its choices are links."""
        return ""

    def step(self, step: Step) -> str:
        """A folder has no further screens."""
        return ""

    def town_search(self, search: TownSearch) -> str:
        """A folder has the towns that it was made for."""
        return ""
