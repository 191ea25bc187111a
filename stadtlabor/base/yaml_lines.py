"""YAML whose errors name a line: what a person writes by hand, read so that every field knows where it stands."""

from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer, MaxDepthExceededError
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.reader import ReaderError

from stadtlabor.base.bidi import without_controls
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.places import shown

# A manifest is written by hand; anything longer is not one.
MAX_MANIFEST_BYTES = 1_000_000
# Levels, and parts with each alias counted as what it stands for.
MOST_LEVELS, MOST_PARTS = 50, 50_000


class _PlainDates(RoundTripConstructor):
    """Leaves dates as text: the model reads them, and so can say on which line one is wrong."""


_PlainDates.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


class _Bounded(Composer):
    """Refuses aliases that stand for too much, before anything is made of them."""

    _parts = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose one node and all within it."""
        before, self._parts = self._parts, 0
        mark, is_alias = self.parser.peek_event().start_mark, self.parser.check_event(AliasEvent)
        node = super().compose_node(parent, index)
        # A node without a count is not composed to its end: the alias stands within what it stands for.
        parts = self._counts.get(id(node), MOST_PARTS) if is_alias else self._parts + 1
        self._counts[id(node)], self._parts = parts, before + parts
        if self._parts > MOST_PARTS:
            raise MarkedYAMLError(problem=f"with its aliases more than {MOST_PARTS:,} parts", problem_mark=mark)
        return node

    @cached_property
    def _counts(self) -> dict[int, int]:
        """How many parts each node has, by its identity: all nodes live as long as this."""
        return {}


def read(path: Path) -> CommentedMap:
    """A manifest as it is written, dates as text; DeliveryError names the line where it is no YAML."""
    where = shown(path)
    if path.stat().st_size > MAX_MANIFEST_BYTES:
        raise _fault("the manifest is larger than 1 MB", where, "Keep data in files of their own.")
    try:
        text, _ = without_controls(path.read_text(encoding="utf-8-sig"))
        tree = _yaml().load(text)
    except UnicodeDecodeError as error:
        raise _fault(f"not UTF-8 at byte {error.start}", where, "Save the manifest as UTF-8.") from None
    except ReaderError as error:
        what = f"the control character U+{error.character:04X} cannot stand in YAML"
        remedy = "Take it out, or write it as an escape (\\uXXXX) in double quotes."
        raise _fault(what, where, remedy, text.count("\n", 0, error.position) + 1) from None
    except RecursionError:
        raise _fault(
            "the manifest is nested too deeply", where, "Take out the brackets or indents that lead so deep."
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        too_deep = f"nested deeper than {MOST_LEVELS} levels" if isinstance(error, MaxDepthExceededError) else None
        what = f"not readable as YAML: {too_deep or error.problem or error.context}"
        remedy = "Check indentation and quotes; a text with a colon needs quotes."
        at = (mark.line + 1, f"column {mark.column + 1}") if mark else (None, None)
        raise _fault(what, where, remedy, *at) from None
    if not isinstance(tree, CommentedMap):
        remedy = "`stadtlabor inspect FILE --write` makes a ready-to-edit one."
        raise _fault("the manifest is empty or not a list of fields", where, remedy, 1)
    return tree


def line_of(tree: Any, field: tuple[str | int, ...]) -> int:
    """The 1-based line of the innermost part of `field` that the file has."""
    line, node = 1, tree
    for part in field:
        try:
            line = (node.lc.item(part) if isinstance(node, CommentedSeq) else node.lc.key(part))[0] + 1
            node = node[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Constructor = _PlainDates
    yaml.Composer = _Bounded
    yaml.max_depth = MOST_LEVELS
    return yaml


def _fault(what: str, where: str, remedy: str, line: int | None = None, column: str | None = None) -> DeliveryError:
    return DeliveryError(what, where, line, column, remedy, "manifest")
