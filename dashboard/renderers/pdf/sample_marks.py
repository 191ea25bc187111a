"""Which parts of a document are of sample data: from a mark to the next heading beyond the one it stands above."""

from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]


class Marked:
    """Goes through nodes in reading order; `is_all` where all of them are of sample data."""

    def __init__(self, is_all: bool) -> None:
        self.is_all, self.is_on, self.level = is_all, False, 0
        self.last_level = 0

    def nodes(self, nodes: Iterable[Node]) -> list[Node]:
        """Nodes one below the other, what is chosen side by side joined."""
        return [self._node(node) for node in _joined(nodes)]

    def _node(self, node: Node) -> Node:
        """The node with whether it is of sample data, and its heading not more than one level below the last."""
        if node["kind"] in ("strip", "tag"):
            self.is_on, self.level = True, 0
        elif node["kind"] == "heading":
            self._heading(node)
        elif node["kind"] == "chart" and "sample" in node:
            self.is_on = node["sample"]
        elif node["kind"] == "columns":
            node = {**node, "columns": [self.nodes(column) for column in node["columns"]]}
        return {**node, "sample": self.is_all or self.is_on or node.get("sample", False)}

    def _heading(self, node: Node) -> None:
        if self.is_on and not self.level:
            self.level = node["level"]
        elif self.is_on and node["level"] <= self.level:
            self.is_on = False
        node["level"] = self.last_level = min(node["level"], self.last_level + 1)


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """What is chosen, each choice beside the one before it."""
    waiting: list[str] = []
    for node in nodes:
        if node["kind"] == "choice":
            waiting.append(node["words"])
            continue
        if waiting:
            yield {"kind": "quiet", "lines": [" · ".join(dict.fromkeys(waiting))]}
            waiting = []
        yield node
    if waiting:
        yield {"kind": "quiet", "lines": [" · ".join(dict.fromkeys(waiting))]}
