"""dbt's parse of the project, kept between builds.

dbt keeps one itself, and drops it where the database has another path, as every build's has. What is parsed follows
from the project's files, the variables, the target and the packages alone, not from any delivery: it is kept beside
the project, for whatever warehouse is built, under a key of these as `<folder>/<key>-<sha256 of the file>.msgpack`,
whose name vouches for its bytes.
"""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter
from importlib.metadata import version
from pathlib import Path
from typing import Any

from stadtlabor.base.fingerprint import code, combine

# Where parses are kept instead of beside the project; the tests share one.
FOLDER_VARIABLE = "STADTLABOR_DBT_PARSES"
# What bears it an edition decides; all that follows from it is an edition's as well.
OF_AN_EDITION = "edition"
# As dbt names what it writes into its target folder.
_OF_DBT = "partial_parse.msgpack"
# Those of both editions, before and after a change.
_KEPT = 4


class Parses:
    """The parses in one folder, of a dbt project that is run with these arguments."""

    def __init__(self, target: Path, project: Path, arguments: Iterable[str]) -> None:
        self._target = target
        self._folder = Path(os.environ.get(FOLDER_VARIABLE) or _beside(project, target))
        parts = [code((str(project), "stadtlabor/dictionary")), str(project.resolve()), *arguments]
        self._key = combine([*parts, *map(version, ("dbt-core", "dbt-duckdb"))])[:32]

    def find(self) -> Any | None:
        """The project as parsed before, a `Manifest` of dbt's; None where dbt has to parse it."""
        data = self._kept()
        if data is None:
            # A parse of other variables or of another path, which dbt would read and drop.
            (self._target / _OF_DBT).unlink(missing_ok=True)
        return None if data is None else _manifest(data)

    def relations(self) -> "tuple[Made, ...] | None":
        """Everything that dbt makes of the project, what a relation reads before it; None where no parse is kept."""
        data = self._kept()
        return None if data is None else _relations(data)

    def keep(self) -> None:
        """Keep what dbt has parsed just now; of the others the newest stay."""
        with suppress(FileNotFoundError):
            data = (self._target / _OF_DBT).read_bytes()
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self._folder / f"{self._key}.{os.getpid()}.draft"
            draft.write_bytes(data)
            draft.replace(self._folder / self._name(data))
            for old in sorted(self._folder.glob("*.msgpack"), key=lambda path: -path.stat().st_mtime)[_KEPT:]:
                old.unlink(missing_ok=True)

    def _kept(self) -> bytes | None:
        for path in self._folder.glob(f"{self._key}-*.msgpack"):
            with suppress(FileNotFoundError):
                data = path.read_bytes()
                if path.name == self._name(data):
                    os.utime(path)
                    return data
        return None

    def _name(self, data: bytes) -> str:
        return f"{self._key}-{hashlib.sha256(data).hexdigest()}.msgpack"


def _beside(project: Path, target: Path) -> Path:
    """dbt's own folder of the project; the build's where the project may not be written to."""
    place = project / "target"
    return (place if os.access(place if place.is_dir() else project, os.W_OK) else target) / "parses"


@dataclass(frozen=True)
class Made:
    """A relation that dbt makes: `relation` is its database, schema and name, `parents` are keys of what it reads."""

    key: str
    relation: tuple[str, str, str]
    is_view: bool
    tags: frozenset[str]
    parents: frozenset[str]

    @property
    def name(self) -> str:
        """The name by which dbt selects it."""
        return self.key.split(".")[-1]


def _manifest(data: bytes) -> Any:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    manifest = Manifest.from_msgpack(data, decoder=extended_mashumuro_decoder)
    manifest.build_flat_graph()
    return manifest


@lru_cache(maxsize=_KEPT)
def _relations(data: bytes) -> tuple[Made, ...]:
    manifest = _manifest(data)
    nodes = {key: node for key, node in manifest.nodes.items() if key.startswith(("model.", "seed."))}
    parents = {key: frozenset(node.depends_on_nodes) for key, node in nodes.items()}
    return tuple(
        Made(
            key,
            (node.database, node.schema, node.alias),
            node.config.materialized == "view",
            frozenset(node.tags),
            parents[key],
        )
        for key in TopologicalSorter(parents).static_order()
        if (node := nodes.get(key))
    )


def following(made: Iterable[Made], keys: Iterable[str]) -> frozenset[str]:
    """These and all that hangs on them, by key; `made` in dependency order."""
    found = set(keys)
    for one in made:
        if one.parents & found:
            found.add(one.key)
    return frozenset(found)


def of_edition(made: Iterable[Made]) -> frozenset[str]:
    """What is made for each edition by itself, by key; `made` in dependency order."""
    made = list(made)
    return following(made, (one.key for one in made if OF_AN_EDITION in one.tags))
