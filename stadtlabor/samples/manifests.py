"""The `source.yml` of a sample delivery, complete: what a clerk would have after editing the scaffold."""

import hashlib
import io
from collections.abc import Mapping

from ruamel.yaml import YAML

from stadtlabor.samples.model import Questionnaire
from stadtlabor.samples.tools import Tool
from stadtlabor.samples.tools.names import mapping

HEAD = "# Made by `stadtlabor samples`; change the questionnaire there, not this file.\n"


def source_yml(form: Questionnaire, tool: Tool, files: Mapping[str, bytes]) -> str:
    """The manifest of a questionnaire's files, as YAML."""
    names = tool.names(form)
    tree: dict[str, object] = {
        "id": form.delivery,
        "kind": "survey",
        "town": form.town,
        "title": form.title,
        "producer": form.producer,
        "licence": "CC0, synthetic",
        "received": form.received,
        "period": {"from": form.period.first, "to": form.period.last},
        "synthetic": True,
        "note": form.note,
        "files": [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()],
        "survey": _survey(form, mapping(form, names)),
    }
    text = io.StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(tree, text)
    return HEAD + text.getvalue()


def _survey(form: Questionnaire, questions: list[dict[str, object]]) -> dict[str, object]:
    survey: dict[str, object] = {"population": form.population, "wave": form.wave, "questions": questions}
    if form.margins:
        survey["margins"] = [
            {"concept": concept, "answer": answer, "count": count}
            for concept, counts in form.margins.items()
            for answer, count in counts.items()
        ]
    return survey
