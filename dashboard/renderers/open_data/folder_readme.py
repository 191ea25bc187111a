"""`README.md` of the folder, in German and English: what lies in it, under which licences, and how it is cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from dashboard import texts
from dashboard.release.snapshot import Release
from dashboard.renderers.open_data.resource import GROUPS, Resource
from dashboard.renderers.open_data.sample_mark import together
from dashboard.words.numbers import INTERNAL, NOT_DELIVERED

# What would be markup in Markdown.
MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
# Signs of pages that no file of the public edition holds.
NOT_IN_FILES = (INTERNAL, NOT_DELIVERED)


@dataclass(frozen=True)
class GroupOrigin:
    """The licences and sources of a group of tables, by their titles."""

    licences: Sequence[str]
    sources: Sequence[str]


def readme_of(release: Release, tables: Sequence[Resource]) -> str:
    """The text; both languages one after the other."""
    groups = {name: found for name in GROUPS if (found := [one for one in tables if one.group == name])}
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), undefined=jinja2.StrictUndefined
    )
    templates.filters["plain"] = plain
    return templates.get_template("README.md.jinja").render(
        release=release,
        sample=together(one.sample for one in tables),
        languages=[texts.of(language) for language in texts.LANGUAGES],
        groups=groups,
        origins={name: _origin(found) for name, found in groups.items()},
        hidden_signs=NOT_IN_FILES,
    )


def plain(words: str) -> str:
    """Words on one line and without markup."""
    return MARKUP.sub(r"\\\1", " ".join(words.split()))


def _origin(tables: Sequence[Resource]) -> GroupOrigin:
    origins = [one.origin for one in tables]
    return GroupOrigin(
        sorted({licence.title for one in origins for licence in one.licences}),
        sorted({source for one in origins for source in one.sources}),
    )
