"""Google Forms in its two exports: the linked table saved as CSV, and the form's own download.

Both keep submitted forms only and put several answers into one cell. The table writes German times, joins
answers by ", " and quotes only where it must; the download writes "2023/03/21 8:16:53 AM MEZ", joins by
";" and quotes everything. Headings are the question texts, the rows of a grid in square brackets.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.questionnaire import Question, Questionnaire, Response, Verbatim
from stadtlabor.samples.surveys.names import Names, by_wording
from stadtlabor.samples.surveys.records import damaged, delimited

ZONE = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class GoogleForms:
    """Writes one of the two exports."""

    file: str
    separator: str
    is_table: bool
    format: str = "google_forms"

    def names(self, form: Questionnaire) -> Names:
        """Question, item and answer texts."""
        return by_wording(form)

    def files(self, form: Questionnaire, responses: list[Response], dice: Dice) -> dict[str, bytes]:
        """The submitted forms."""
        header = ["Zeitstempel"]
        for question in form.questions:
            header += _headings(question)
        rows = [self._row(form, response) for response in responses]
        lines = [header, *damaged(form, rows, responses, dice)]
        end = "\r\n" if self.is_table else "\n"
        return {self.file: delimited(lines, ",", end, quote_all=not self.is_table).encode()}

    def _row(self, form: Questionnaire, response: Response) -> list[str]:
        row = [_table_time(response.ended) if self.is_table else _form_time(response.ended)]
        for question in form.questions:
            row += _cells(question, response, self.separator)
        return row


def _headings(question: Question) -> list[str]:
    if question.kind == "grid":
        return [f"{question.text} [{item}]" for item in question.items.values()]
    return [question.text]


def _cells(question: Question, response: Response, separator: str) -> list[str]:
    answer = response.answers.get(question.code)
    if question.kind == "grid":
        given = answer if isinstance(answer, dict) else {}
        return [question.options[given[item]] if item in given else "" for item in question.items]
    if question.kind == "multiple":
        return [separator.join(question.items[item] for item in answer or [])]
    if answer is None:
        return [""]
    is_option = question.kind == "single" and not isinstance(answer, Verbatim)
    return [question.options[str(answer)] if is_option else str(answer)]


def _table_time(time: dt.datetime) -> str:
    return f"{time:%d.%m.%Y} {time.hour}:{time:%M:%S}"


def _form_time(time: dt.datetime) -> str:
    zone = "MESZ" if time.replace(tzinfo=ZONE).dst() else "MEZ"
    return f"{time:%Y/%m/%d} {time.hour % 12 or 12}:{time:%M:%S} {'PM' if time.hour >= 12 else 'AM'} {zone}"


SHEET = GoogleForms("Digitale Arbeitswelten (Antworten) - Formularantworten 1.csv", ", ", is_table=True)
FORM = GoogleForms("Digitale Arbeitswelten 2023.csv", ";", is_table=False)
