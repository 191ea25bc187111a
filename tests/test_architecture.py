"""The house in rooms: what may touch what, from the list in `docs/rooms.yml`, and how large a room may grow."""

import ast
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from ruamel.yaml import YAML

PROJECT = Path(__file__).resolve().parent.parent
LIST = YAML(typ="safe").load((PROJECT / "docs" / "rooms.yml").read_text("utf-8"))
PACKAGES = ("stadtlabor", "dashboard", "expectations")
# Longest first: a room may lie within another's folder.
ROOMS = {name: room for house in ("stadtlabor", "dashboard") for name, room in LIST[house].items()}
MOST_FILES, MOST_AT_THE_DOOR, MOST_LINES, MEDIAN_FUNCTION = 15, 3, 250, 10
SQL = re.compile(r"\b(select\s.+\sfrom|insert\s+into|create\s+(table|view))\b", re.IGNORECASE | re.DOTALL)


def allowed(name: str) -> set[str]:
    """The rooms that a room may import: itself, those above it or `only` some, and `also` others."""
    room = ROOMS[name]
    house = next(list(rooms) for rooms in (LIST["stadtlabor"], LIST["dashboard"]) if name in rooms)
    above = room.get("only", house[: house.index(name)])
    return {name, *above, *room.get("also", ())}


def without(name: str) -> set[str]:
    """The packages that a room does not know: those nobody in its house knows, and its own."""
    house = "dashboard" if name in LIST["dashboard"] else "stadtlabor"
    return {*LIST["without"][house], *ROOMS[name].get("without", ())}


def modules(root: Path) -> dict[str, Path]:
    """Every module by its path without ending: `stadtlabor/base/errors`."""
    found = [path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]
    return {path.relative_to(root).with_suffix("").as_posix(): path for path in found}


def room_of(module: str) -> str | None:
    held = [name for name in ROOMS if module == name or module.startswith(f"{name}/")]
    return max(held, key=len, default=None)


def imported(path: Path) -> set[str]:
    """The dotted names a module imports, wherever in it, for types alone as well."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def homeless(root: Path) -> list[str]:
    """Modules outside every room and not at a door."""
    return [module for module in modules(root) if room_of(module) is None and module not in LIST["doors"]]


def looks_up(root: Path) -> list[str]:
    """Imports of a room that the list does not allow, or of a package the room does not know."""
    found = []
    for module, path in modules(root).items():
        if (room := room_of(module)) is None:
            continue
        for name in sorted(imported(path)):
            target = room_of(name.replace(".", "/"))
            unknown = any(f"{name}.".startswith(f"{package}.") for package in without(room))
            if unknown or (target is not None and target not in allowed(room)):
                found.append(f"{module} imports {name}")
    return found


def names_twice(root: Path) -> dict[str, set[str]]:
    """Module names in two folders, unless these are the same part of parallel subrooms."""
    folders = defaultdict(set)
    for module in modules(root):
        folder, _, name = module.rpartition("/")
        if name not in {"__init__", "__main__"}:
            folders[name].add(folder)
    return {name: found for name, found in folders.items() if len(found) > 1 and not are_parallel(found)}


def are_parallel(folders: set[str]) -> bool:
    """Whether folders stand side by side in one room or subroom."""
    above = {folder.rpartition("/")[0] for folder in folders}
    return len(above) == 1 and room_of(above.pop()) is not None


def circles(root: Path) -> list[set[str]]:
    """Sets of modules that import one another in a circle, by Tarjan's components; types and late imports count."""
    known = modules(root)
    graph = {
        module: {target for name in imported(path) if (target := _module(name, known))}
        for module, path in known.items()
    }
    order: list[str] = []
    seen: set[str] = set()
    for start in graph:
        _visit(start, graph, seen, order)
    turned: dict[str, set[str]] = defaultdict(set)
    for module, targets in graph.items():
        for target in targets:
            turned[target].add(module)
    seen, found = set(), []
    for start in reversed(order):
        component: list[str] = []
        _visit(start, turned, seen, component)
        if len(component) > 1:
            found.append(set(component))
    return found


def _visit(start: str, graph: dict[str, set[str]], seen: set[str], order: list[str]) -> None:
    """Append to `order` what is reached from `start`, each after what it leads to."""
    if start in seen:
        return
    seen.add(start)
    stack: list[tuple[str, Iterator[str]]] = [(start, iter(sorted(graph.get(start, ()))))]
    while stack:
        module, targets = stack[-1]
        target = next((target for target in targets if target not in seen), None)
        if target is None:
            order.append(module)
            stack.pop()
        else:
            seen.add(target)
            stack.append((target, iter(sorted(graph.get(target, ())))))


def _module(name: str, known: dict[str, Path]) -> str | None:
    """The module a dotted name means: itself, or the one it is a name in."""
    path = name.replace(".", "/")
    for candidate in (path, f"{path}/__init__", path.rpartition("/")[0], f"{path.rpartition('/')[0]}/__init__"):
        if candidate in known:
            return candidate
    return None


def test_every_module_has_a_room():
    assert homeless(PROJECT) == []


def test_imports_go_downwards():
    assert looks_up(PROJECT) == []


def test_no_module_name_stands_in_two_unrelated_rooms():
    assert names_twice(PROJECT) == {}


def test_nothing_imports_in_a_circle():
    assert circles(PROJECT) == []


def test_no_room_is_crowded():
    files = defaultdict(list)
    for package in PACKAGES:
        for path in (PROJECT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                files[path.parent.relative_to(PROJECT).as_posix()].append(path.name)

    assert {room: len(names) for room, names in files.items() if len(names) > MOST_FILES} == {}
    assert {
        room: names for room, names in files.items() if room in PACKAGES[:2] and len(names) > MOST_AT_THE_DOOR
    } == {}


def test_no_module_is_long_and_functions_are_short():
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in modules(PROJECT).items()}
    functions = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules(PROJECT).values()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]

    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}
    assert statistics.median(functions) <= MEDIAN_FUNCTION


def test_every_room_of_tests_is_collected(pytestconfig):
    """By itself pytest passes over folders called build, dist or venv."""
    passed_over = pytestconfig.getini("norecursedirs")
    rooms = {path.parent for path in (PROJECT / "tests").rglob("test_*.py")}
    names = {name for room in rooms for name in room.relative_to(PROJECT).parts}

    assert [name for name in sorted(names) if any(fnmatch(name, pattern) for pattern in passed_over)] == []


def test_pages_do_not_import_each_other():
    found = {}
    for module, path in modules(PROJECT).items():
        subject = module.split("/")[2] if module.startswith("dashboard/pages/") and module.count("/") > 2 else None
        others = {
            name for name in imported(path) if name.startswith("dashboard.pages.") and name.split(".")[2] != subject
        }
        if subject and others:
            found[module] = others

    assert found == {}


def test_pages_speak_no_sql():
    texts = {
        path.name: node.value
        for module, path in modules(PROJECT).items()
        if room_of(module) == "dashboard/pages"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    }

    assert texts == {}
    assert SQL.search("select a from b")


@pytest.fixture
def house(tmp_path):
    """A house with one module in each room, to be built onto by a test."""

    def build(module: str, text: str = "") -> Path:
        path = tmp_path / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return tmp_path

    for room in ROOMS:
        build(f"{room}/only_here_in_{room.replace('/', '_')}")
    return build


def test_the_rules_would_notice(house):
    assert homeless(house("stadtlabor/cli")) == []
    assert homeless(house("stadtlabor/stray")) == ["stadtlabor/stray"]
    assert looks_up(house("stadtlabor/base/early", "from stadtlabor.build import run")) == [
        "stadtlabor/base/early imports stadtlabor.build.run"
    ]
    assert looks_up(house("stadtlabor/base/early", "import stadtlabor.files")) == [
        "stadtlabor/base/early imports stadtlabor.files"
    ]
    house("stadtlabor/base/early")
    assert looks_up(house("dashboard/pages/towns/page", "from altair.vegalite.v6 import api")) == [
        "dashboard/pages/towns/page imports altair.vegalite.v6.api"
    ]
    assert looks_up(house("dashboard/pages/towns/page", "from scipy import stats\nimport dbt")) == [
        "dashboard/pages/towns/page imports dbt"
    ]
    house("dashboard/pages/towns/page")
    assert looks_up(house("stadtlabor/base/early", "from scipy import stats")) == [
        "stadtlabor/base/early imports scipy.stats"
    ]
    house("stadtlabor/base/early")
    house("stadtlabor/landing/survey_landing")
    assert names_twice(house("stadtlabor/readers/surveys/survey_landing")) == {
        "survey_landing": {"stadtlabor/landing", "stadtlabor/readers/surveys"}
    }


def test_parallel_subrooms_may_have_the_same_part_and_circles_are_found(house):
    house("stadtlabor/disclosure/surveys/cells", "from stadtlabor.disclosure.spaces import cells")
    house("dashboard/surveys")
    root = house("stadtlabor/disclosure/spaces/cells", "from stadtlabor.disclosure.surveys import cells")

    assert names_twice(root) == {}
    assert circles(root) == [{"stadtlabor/disclosure/surveys/cells", "stadtlabor/disclosure/spaces/cells"}]


def test_a_build_with_nothing_to_do_imports_neither_dbt_nor_great_expectations():
    """Measured on the modules themselves: the lazy imports are what keeps an unchanged build under a second."""
    script = (
        "import sys, stadtlabor.cli, stadtlabor.build.run\n"
        "heavy = {'dbt', 'great_expectations', 'pandas', 'polars', 'duckdb', 'streamlit', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "[]"
