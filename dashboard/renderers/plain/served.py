"""The server as an edition: a page as it is answered at once, to be read and chosen on without script."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.article.blocks import Files, Link
from dashboard.article.choices import Choice, Step, TownSearch
from dashboard.article.sitemap import ADDRESSES
from dashboard.parts.choosing import EDITION_OF_FILES, choose_edition
from dashboard.parts.pieces.small_towns_beside import ADDED, named, why_none
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.renderers import served_addresses
from dashboard.renderers.markup import part
from dashboard.renderers.plain import form


@dataclass
class Served:
    """The pages as they are seen from one of them, with what is selected there."""

    page: str
    visit: Visit
    # What its form sends back, once the page is drawn.
    choices: list[Choice | TownSearch] = field(default_factory=list)

    def to_page(self, link: Link) -> str:
        """The address of a page."""
        return served_addresses.of_page(link, self.visit.selection)

    def files(self, files: Files) -> Files:
        """All that there are."""
        return files

    def to_file(self, files: Files, ending: str) -> str:
        """The address of a file."""
        # A report is of what is chosen above it.
        chosen = {one.name: one.written for one in self.choices if isinstance(one, Choice)}
        chosen[EDITION_OF_FILES] = self.visit.chosen(EDITION_OF_FILES)
        return served_addresses.of_file(files, ending, self.visit, chosen)

    def choice(self, choice: Choice) -> str:
        """A field of the page's form."""
        self.choices.append(choice)
        return form.field(choice)

    def submit(self) -> str:
        """The button that sends the form."""
        return part("submit", words=self.visit.say.form_submit, form=form.FORM)

    def step(self, step: Step) -> str:
        """A link to this page with the selection changed."""
        here = "" if step.is_off else self._here(step.changes)
        return part("step", label=step.label, address=here)

    def town_search(self, search: TownSearch) -> str:
        """A field for the name; beneath it the towns that a name fits, and the way to take one away."""
        self.choices.append(search)
        word = self.visit.chosen(form.SEARCHED)
        found = small_towns.find(self.visit.release, word)
        added = {name: "" for name, value in self.visit.selection.items() if value == search.added and search.added}
        ways = {named(one, self.visit): self._here(form.adding(search, one)) for one in found}
        if search.added:
            ways[self.visit.say.remove_town.format(town=search.named)] = self._here({ADDED: "", **added})
        note = why_none(word, self.visit) if word and not found else ""
        return part("town_search", search=search, name=form.SEARCHED, word=word, note=note, ways=ways, form=form.FORM)

    def edition(self) -> str:
        """On pages of the team's edition: that they are, and of which what is taken away is."""
        if not self.visit.release.is_internal:
            return ""
        choice = choose_edition(self.visit)
        return part("internal", say=self.visit.say) + self.choice(choice) + self.submit()

    def form(self) -> str:
        """The form itself, for a page that has fields."""
        if not self.choices:
            return ""
        sent = served_addresses.with_query("", self.visit.selection).removeprefix("?")
        return part("form", address=f"./{ADDRESSES[self.page]}", name=form.SENT, before=sent, form=form.FORM)

    def _here(self, changes: Mapping[str, str]) -> str:
        return served_addresses.with_query(f"./{ADDRESSES[self.page]}", {**self.visit.selection, **changes})
