"""The manifest of a sample survey, complete: what a clerk would have after editing the scaffold."""

from stadtlabor.samples.questionnaire import Questionnaire
from stadtlabor.samples.surveys import Tool
from stadtlabor.samples.surveys.names import mapping


def manifest(form: Questionnaire, tool: Tool) -> dict[str, object]:
    """What the `source.yml` of a questionnaire says, but for its files."""
    return {
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
        "survey": _survey(form, mapping(form, tool.names(form))),
    }


def _survey(form: Questionnaire, questions: list[dict[str, object]]) -> dict[str, object]:
    survey: dict[str, object] = {"population": form.population, "wave": form.wave, "questions": questions}
    if form.margins:
        survey["margins"] = [
            {"concept": concept, "answer": answer, "count": count}
            for concept, counts in form.margins.items()
            for answer, count in counts.items()
        ]
    return survey
