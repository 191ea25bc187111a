"""A ready-to-edit `source.yml` for an inspected file: valid as it stands, comments where to look."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from stadtlabor.files.headings import normal
from stadtlabor.inspect.inspection import Inspection
from stadtlabor.peers import official_tables
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.statistics.mapping import as_json
from stadtlabor.values import periods

CHECK = "please check"
# Kinds of delivery that belong to one town.
OF_A_TOWN = ("survey", "bookings", "events", "journal")


def source_yml(inspection: Inspection) -> str:
    """The manifest's text. What the file does not say stands as a placeholder with a comment."""
    reader, result, file = inspection.reader, inspection.result, inspection.file
    tree = CommentedMap()
    tree["id"] = normal(file.path.stem).replace("_", "-")[:63].strip("-") or "delivery"
    tree["kind"] = reader.kind if reader else "statistics"
    if reader:
        tree["format"] = reader.name
    if tree["kind"] in OF_A_TOWN:
        tree["town"] = "town-id"
    tree["title"] = _title(inspection)
    tree["producer"] = getattr(reader, "publisher", None) or "unknown"
    tree["licence"] = getattr(reader, "licence", None) or "unknown"
    tree["received"] = dt.datetime.now(dt.UTC).date()
    if period := _period(result.facts.periods if result else ()):
        tree["period"] = period
    tree["synthetic"] = False
    tree["note"] = ""
    tree["files"] = [{"name": file.name, "sha256": file.sha256}]
    if reader and result:
        tree.update(reader.scaffold(file, result))
    if tree["kind"] == "survey" and "survey" not in tree:
        tree["survey"] = {"population": "citizens", "questions": []}
    if result and "figures" in tree:
        tree["figures"] = _project_names(inspection, tree["figures"])
    if reader and not result and inspection.recognition and (to_name := getattr(reader, "to_name", None)):
        tree.yaml_set_comment_before_after_key("files", before=to_name(inspection.recognition))
    _comment(tree, inspection)
    return _dump(tree)


def _comment(tree: CommentedMap, inspection: Inspection) -> None:
    tree.yaml_set_start_comment("Read this through; lines marked 'please check' hold a guess or a placeholder.\n")
    for name in ("id", "title", "producer", "licence"):
        tree.yaml_add_eol_comment(CHECK, name)
    if inspection.reader is None:
        tree.yaml_add_eol_comment(f"{CHECK}: the format is unknown", "kind")
    if "town" in tree:
        tree.yaml_add_eol_comment(f"{CHECK}: an id of raw/towns.csv", "town")
    tree.yaml_add_eol_comment(f"{CHECK}: the day the file arrived", "received")
    tree.yaml_add_eol_comment("true marks sample data on every page", "synthetic")
    if "period" not in tree:
        before = f"{CHECK}: the file states no period; first and last day it speaks of:\nperiod:\n" + _hint(inspection)
        tree.yaml_set_comment_before_after_key("synthetic", before=before)
    else:
        tree.yaml_add_eol_comment(f"{CHECK}: first and last day the file speaks of", "period")


def _project_names(inspection: Inspection, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The project's own names for the measures of a table it knows; the made ones for the others."""
    assert inspection.result is not None
    assert inspection.reader is not None
    facts, name = inspection.result.facts_as(StatisticsFacts), inspection.reader.name
    known: list[dict[str, Any]] = []
    covered: set[str | None] = set()
    for table in official_tables.known():
        if table.table != facts.table_code if table.table else table.format != name:
            continue
        for mapping in table.figures:
            slices = as_json(mapping.attributes)
            fitting = (one for one in facts.measures if mapping.source_figure in one.names and slices in one.attributes)
            if measure := next(fitting, None):
                known.append(mapping.model_dump(exclude_defaults=True))
                covered.update(measure.names)
    return known + [entry for entry in made if entry["source_figure"] not in covered]


def _title(inspection: Inspection) -> str:
    facts = inspection.result.facts if inspection.result else None
    if isinstance(facts, StatisticsFacts) and len(facts.titles) > 1:
        return facts.titles[1]
    return inspection.file.path.stem.replace("_", " ").strip() or inspection.file.name


def _period(stated: Sequence[str]) -> dict[str, dt.date] | None:
    days = [found for text in stated if (found := periods.bounds(text[:10]))]
    if not days:
        return None
    return {"from": min(found.first for found in days), "to": max(found.last for found in days)}


def _hint(inspection: Inspection) -> str:
    """Placeholders for the period; the year in the file's name, where there is one."""
    found = re.search(r"(?<!\d)(19|20)\d{2}(?!\d)", inspection.file.name)
    year = found[0] if found else "2000"
    return f"  from: {year}-01-01\n  to: {year}-12-31"


def _dump(tree: CommentedMap) -> str:
    yaml = YAML(typ="rt")
    yaml.allow_unicode = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()
