"""Choices: what a reader may choose, what is chosen, and how that stands in an address.

A choice is one value by its name in the address, a part of the selection that the whole article is made for. What is
used of it, a box or a plain form or a link for each option, is the renderer's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.article.blocks import Block, stacked


@dataclass(frozen=True)
class Choice(Block):
    """A choice by its label; `first` is what an address that does not name it means, nothing where it is always named.

    `key` tells two choices of one name apart. Choosing an option changes what `also` says of it as well.
    """

    label: str
    name: str
    value: Any
    first: Any
    key: str = ""
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def text_of(self, value: Any) -> str | None:
        """A value as it stands in an address; nothing where it is no choice."""
        return None if value is None else str(value)

    @property
    def written(self) -> str:
        """What of it stands in the address; the first one needs nothing."""
        written = self.text_of(self.value) or ""
        return "" if self.first is not None and written == self.text_of(self.first) else written

    def _text(self) -> str:
        return f"{self.label}: {self._said()}"

    def _said(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class OneOf(Choice):
    """One of several options by their ids; `words` are what a reader reads. All are seen at once where `is_open`."""

    options: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = False
    has_label: bool = True

    def _said(self) -> str:
        return self.words[self.value]


@dataclass(frozen=True)
class SomeOf(Choice):
    """Several of the options, in the order in which they were chosen, `separator` between them.

    `listed` are all that are chosen under this name, those of other choices of the name among them.
    """

    options: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    listed: Sequence[str] = ()
    separator: str = ","
    is_needed: bool = False  # whether one has to be chosen

    def text_of(self, value: Sequence[str]) -> str | None:
        """All that are chosen under the name, with this value of the options; what is new comes last."""
        kept = [one for one in self.listed if one in value or one not in self.options]
        text = self.separator.join([*kept, *(one for one in value if one not in kept)])
        return None if self.is_needed and not text else text

    def _said(self) -> str:
        return ", ".join(self.words[one] for one in self.value)


@dataclass(frozen=True)
class Number(Choice):
    """A number between two bounds in steps, in an address as "40"; or two of them, as "40-46"."""

    bounds: tuple[float, float] = (0, 1)
    step: float = 1

    def text_of(self, value: Any) -> str:
        """The number, or the two ends."""
        return "-".join(f"{one:g}" for one in (value if isinstance(value, tuple) else (value,)))

    def _said(self) -> str:
        return self.text_of(self.value)


@dataclass(frozen=True)
class Typed(Choice):
    """Words that a reader writes, no longer than `most`."""

    hint: str = ""
    most: int = 200

    def text_of(self, value: str | None) -> str:
        """The words without spaces around them."""
        return (value or "").strip()


@dataclass(frozen=True)
class Step(Block):
    """A button that leads on within the page: it changes the selection; an empty value takes a choice out of it."""

    label: str
    changes: Mapping[str, str]
    key: str
    shortcut: str = ""
    help: str = ""
    is_off: bool = False

    def _text(self) -> str:
        return self.label


@dataclass(frozen=True)
class TownSearch(Block):
    """A box for the name or key of a further town; `added` is the key of the one that is there, `named` its name.

    `opens` is a parameter of the address that the key of a town just added is written into as well.
    """

    label: str
    added: str
    named: str
    opens: str = ""

    def _text(self) -> str:
        return stacked(self.label, self.named)
