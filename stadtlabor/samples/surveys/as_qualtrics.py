"""Qualtrics: choice texts, several answers split into columns, three header rows (name, text, import id).

Addresses are those set apart for examples (RFC 5737), the position is the middle of nowhere in the sea.
"""

import json
import string

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.questionnaire import Question, Questionnaire, Response, Verbatim
from stadtlabor.samples.surveys.names import Names, by_number
from stadtlabor.samples.surveys.records import damaged, delimited

# Qualtrics' own columns: name, text, import id.
OWN = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
    ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    ("ExternalReference", "External Data Reference", "externalDataReference"),
    ("LocationLatitude", "Location Latitude", "locationLatitude"),
    ("LocationLongitude", "Location Longitude", "locationLongitude"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
)
TIMED = {"startDate", "endDate", "recordedDate"}
Heading = tuple[str, str, dict[str, str]]


class Qualtrics:
    """Writes one survey."""

    format = "qualtrics"

    def names(self, form: Questionnaire) -> Names:
        """Question tags and choice numbers; answers by their texts."""
        numbers = by_number(form, "{}", "{}", {})
        texts = {(q.code, option): text for q in form.questions for option, text in q.options.items()}
        return Names(numbers.questions, numbers.items, texts)

    def files(self, form: Questionnaire, responses: list[Response], dice: Dice) -> dict[str, bytes]:
        """All responses, previews of the makers included."""
        names = self.names(form)
        headings: list[Heading] = [
            (name, text, {"ImportId": key} | ({"timeZone": "Europe/Berlin"} if key in TIMED else {}))
            for name, text, key in OWN
        ]
        for number, question in enumerate(form.questions, 1):
            headings += _headings(question, f"QID{number}", names)
        top = [[name for name, _, _ in headings], [text for _, text, _ in headings]]
        top.append([json.dumps(key, separators=(",", ":")) for _, _, key in headings])
        rows = [self._row(form, response, dice) for response in responses]
        text = delimited([*top, *damaged(form, rows, responses, dice)], ",", "\n", quote_all=False)
        return {"Pop-up Co-Working-Space_January 9, 2023_10.15.csv": ("\ufeff" + text).encode()}

    def _row(self, form: Questionnaire, response: Response, dice: Dice) -> list[str]:
        start, end = f"{response.started:%Y-%m-%d %H:%M:%S}", f"{response.ended:%Y-%m-%d %H:%M:%S}"
        progress = 100 if response.is_completed else int(99 * response.reached / len(form.questions))
        status = "Survey Preview" if response.is_pretest else "IP Address"
        row = [start, end, status, f"192.0.2.{1 + dice.below(254)}", str(progress), str(response.seconds)]
        row += ["True" if response.is_completed else "False", end]
        row += ["R_" + dice.token(15, string.ascii_letters + string.digits), "", "", "", "", "54.5", "5.25"]
        row += ["preview" if response.is_pretest else "qr" if dice.chance(0.4) else "anonymous", "DE"]
        for question in form.questions:
            row += _cells(question, response)
        return row


def _headings(question: Question, key: str, names: Names) -> list[Heading]:
    code, text = question.code, question.text
    if question.kind == "grid":
        return [
            (f"{code}_{names.items[code, item]}", f"{text} - {label}", {"ImportId": f"{key}_{names.items[code, item]}"})
            for item, label in question.items.items()
        ]  # fmt: skip
    if question.kind != "multiple":
        return [(code, text, {"ImportId": f"{key}_TEXT" if question.kind in ("text", "number") else key})]
    found: list[Heading] = []
    for item, label in question.items.items():
        number = names.items[code, item]
        found.append((f"{code}_{number}", f"{text} - Selected Choice - {label}", {"ImportId": key, "choiceId": number}))
        if item == "other":
            found.append((f"{code}_{number}_TEXT", f"{text} - {label} - Text", {"ImportId": f"{key}_{number}_TEXT"}))
    return found


def _cells(question: Question, response: Response) -> list[str]:
    answer = response.answers.get(question.code)
    if question.kind == "multiple":
        cells = []
        for item, label in question.items.items():
            cells.append(label if answer and item in answer else "")
            if item == "other":
                cells.append(response.others.get(question.code, ""))
        return cells
    if question.kind == "grid":
        given = answer if isinstance(answer, dict) else {}
        return [question.options[given[item]] if item in given else "" for item in question.items]
    if answer is None:
        return [""]
    is_option = question.kind == "single" and not isinstance(answer, Verbatim)
    return [question.options[str(answer)] if is_option else str(answer)]


TOOL = Qualtrics()
