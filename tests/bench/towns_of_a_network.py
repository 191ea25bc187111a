"""A network of any number of towns: each delivers a survey, bookings, events and a journal, made as the samples are."""

import copy
import csv
import io
from pathlib import Path
from typing import Any

from stadtlabor.manifest import towns
from stadtlabor.samples import bookings, delivery, events, lab_journal
from stadtlabor.samples.answering import responses
from stadtlabor.samples.bookings import booked
from stadtlabor.samples.bookings import tools as booking_tools
from stadtlabor.samples.dice import Dice
from stadtlabor.samples.events import programme
from stadtlabor.samples.events import tools as event_tools
from stadtlabor.samples.manifests import manifest
from stadtlabor.samples.questionnaire import questionnaires
from stadtlabor.samples.surveys import tools

DELIVERIES_PER_TOWN = 4
SEED = 17
LAND = ("14", "Sachsen")
LABS = "Kennung;Titel;Was probiert wurde;Was herauskam;Was gelernt wurde;Von;Bis\n"
LABS += "labor;Labor;Ein Raum zum Arbeiten;Viele kamen;Ein Raum hilft;01.06.2022;30.06.2023\n"


def deliver(raw: Path, count: int) -> None:
    """Write `count` towns and their deliveries below `raw`; the same bytes each time."""
    raw.mkdir()
    forms, spaces, lists = questionnaires(), bookings.shapes(), events.shapes()
    text = io.StringIO()
    writer = csv.DictWriter(text, towns.COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number in range(count):
        town, dice = f"town-{number + 1:04}", Dice(SEED, f"{number}")
        writer.writerow(
            dict.fromkeys(towns.COLUMNS, "")
            | {"town_id": town, "ags": f"{LAND[0]}{number + 1:06}", "name": f"Stadt {number + 1}", "land": LAND[1]}
            | {"slot": str(number + 1)}
        )
        _survey(raw, town, forms[number % len(forms)], dice)
        _bookings(raw, town, spaces[number % len(spaces)], dice)
        _events(raw, town, lists[number % len(lists)], dice)
        _journal(raw, town)
    (raw / "towns.csv").write_text(text.getvalue(), "utf-8")


def _survey(raw: Path, town: str, form: Any, dice: Dice) -> None:
    own = form.model_copy(update={"delivery": f"{town}-befragung", "town": town})
    tool = tools()[form.tool]
    # People are drawn as those of the town whose questionnaire it is.
    delivery.write(raw, manifest(own, tool), tool.files(form, responses(form, dice), dice), "questionnaire")


def _bookings(raw: Path, town: str, shape: Any, dice: Dice) -> None:
    own = _of_town(shape.manifest, town, "buchungen")
    own["bookings"]["spaces"][0]["id"] = f"{town}-raum"
    delivery.write(raw, own, booking_tools.files(shape, booked.bookings(shape, dice), dice), "shape")


def _events(raw: Path, town: str, shape: Any, dice: Dice) -> None:
    own = shape.model_copy(update={"manifest": _of_town(shape.manifest, town, "veranstaltungen")})
    delivery.write(raw, own.manifest, event_tools.files(own, programme.events(own, dice), dice), "shape")


def _journal(raw: Path, town: str) -> None:
    rows = [
        ";".join(row)
        for row in (lab_journal.COLUMNS, *((name, "labor", *rest) for name, *rest in lab_journal.ACTIVITIES))
    ]
    files = {"labore.csv": LABS.encode(), lab_journal.FILE: "\r\n".join(rows).encode("cp1252")}
    delivery.write(raw, _of_town(lab_journal.MANIFEST, town, "labortagebuch"), files, "entries")


def _of_town(whose: Any, town: str, what: str) -> dict[str, Any]:
    return copy.deepcopy(dict(whose)) | {"id": f"{town}-{what}", "town": town}
