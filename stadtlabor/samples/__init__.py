"""Sample deliveries of surveys, bookings, events and a journal: from a seed, in the true forms of the towns' tools.

The towns' own records were never published. These stand in for them until they come: made up, shaped by
what the report states (`shapes.py`), with the faults of real life put in (`questionnaires/*.yml`, under
`defects`; `bookings/tools.py`). Same seed, same bytes.
"""

from pathlib import Path

from stadtlabor.samples import bookings, delivery, events, lab_journal
from stadtlabor.samples.answering import responses
from stadtlabor.samples.dice import Dice
from stadtlabor.samples.manifests import manifest
from stadtlabor.samples.questionnaire import Questionnaire, questionnaires
from stadtlabor.samples.surveys import tools

SEED = 20221122

__all__ = ["SEED", "generate"]


def generate(out: Path, seed: int = SEED) -> list[str]:
    """Write every sample delivery as a folder below `out`; returns a line for people on each.

    Files are overwritten, nothing else is touched. Each delivery draws from a stream of chance of its
    own, so changing one questionnaire leaves the others' bytes alone.
    """
    surveys = [_write(form, out, seed) for form in questionnaires()]
    return [*surveys, *bookings.generate(out, seed), *events.generate(out, seed), *lab_journal.generate(out)]


def _write(form: Questionnaire, out: Path, seed: int) -> str:
    tool = tools()[form.tool]
    made = responses(form, Dice(seed, form.delivery))
    files = tool.files(form, made, Dice(seed, f"{form.delivery}/file"))
    delivery.write(out, manifest(form, tool), files, "questionnaire")
    completed = sum(one.is_completed and not one.is_pretest for one in made)
    return f"{form.delivery}: {len(made)} responses, {completed} completed, as {tool.format}"
