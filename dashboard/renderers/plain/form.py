"""Choices as a plain form: its fields, and what was chosen once it is sent.

A page has one form, whose fields stand where the choices do. With them it sends what was selected before, so that what
changed is known and a choice may change what belongs to it as well.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from dashboard.article.choices import Choice, Number, OneOf, SomeOf, TownSearch
from dashboard.parts.pieces.small_towns_beside import ADDED
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.renderers.markup import part

FORM = "sl-form"
SENT = "formular"  # in an address: a form was sent, and what was selected before
SEARCHED = "gemeindesuche"  # in an address: a town's name that is none or several

Sent = Mapping[str, Sequence[str]]


def field(choice: Choice) -> str:
    """A choice as a field of the page's form."""
    return part("field", choice=choice, kind=type(choice).__name__, form=FORM)


def selected(query: str, choices: Iterable[Choice | TownSearch], visit: Visit) -> dict[str, str]:
    """The selection that a sent form makes of the one before; `choices` and `visit` are those of the one before."""
    sent: Sent = parse_qs(query, keep_blank_values=True)
    changes: dict[str, str] = {}
    for one in choices:
        if isinstance(one, TownSearch):
            changes |= _searched(one, sent.get(SEARCHED, [""])[0], visit)
        else:
            changes |= _chosen(one, sent, changes)
    return {name: value for name, value in {**visit.selection, **changes}.items() if value}


def before(query: str) -> dict[str, str]:
    """What was selected when the form was made."""
    return dict(parse_qsl(parse_qs(query).get(SENT, [""])[0]))


def _chosen(choice: Choice, sent: Sent, changes: Mapping[str, str]) -> dict[str, str]:
    if isinstance(choice, SomeOf) and choice.separator and choice.name in changes:
        # Of several choices under one name each adds to what the ones before it changed.
        choice = replace(choice, listed=[one for one in changes[choice.name].split(choice.separator) if one])
    value = _value(choice, sent.get(choice.key, []))
    text = choice.text_of(value)
    if value == choice.value or text is None:
        return {}
    also = choice.also.get(value, {}) if isinstance(value, str) else {}
    return {choice.name: replace(choice, value=value).written, **also}


def _value(choice: Choice, sent: Sequence[str]) -> Any:
    """What was sent for a choice; its value as it was where that is nothing it can be."""
    if isinstance(choice, SomeOf):
        return [one for one in choice.options if one in sent]
    if not sent:
        return choice.value
    if isinstance(choice, OneOf):
        return sent[0] if sent[0] in choice.options else choice.value
    return _number(choice, sent) if isinstance(choice, Number) else sent[0]


def _number(choice: Number, sent: Sequence[str]) -> Any:
    """One number, or two ends of which neither is below the other."""
    low, high = choice.bounds
    try:
        found = [type(low)(float(one.replace(",", "."))) for one in sent]
    except (ValueError, OverflowError):
        return choice.value
    fits = all(math.isfinite(one) and low <= one <= high for one in found) and found == sorted(found)
    if not isinstance(choice.value, tuple):
        return found[0] if fits else choice.value
    return tuple(found) if fits and len(found) == 2 else choice.value


def _searched(search: TownSearch, word: str, visit: Visit) -> dict[str, str]:
    """A name of one town adds it; of none or several it is kept, for the page to say so."""
    towns = small_towns.find(visit.release, word) if word.strip() else []
    if len(towns) == 1:
        return adding(search, towns[0])
    return {SEARCHED: word.strip()}


def adding(search: TownSearch, key: str) -> dict[str, str]:
    """What choosing a town by its key changes."""
    return {ADDED: key, SEARCHED: "", **({search.opens: key} if search.opens else {})}
