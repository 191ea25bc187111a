"""Nextcloud Forms: CSV with a byte order mark, everything quoted, and the row of question ids below the
headings that its workbook hides. Several answers are joined by "; ", a text that begins like a formula
gets an apostrophe, and nobody is named: "Anonymous user".
"""

from zoneinfo import ZoneInfo

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.questionnaire import Question, Questionnaire, Response, Verbatim
from stadtlabor.samples.surveys.names import Names, by_wording
from stadtlabor.samples.surveys.records import damaged, delimited

ZONE = ZoneInfo("Europe/Berlin")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FIRST_SUBMISSION = 400


class NextcloudForms:
    """Writes one form."""

    format = "nextcloud_forms"

    def names(self, form: Questionnaire) -> Names:
        """Question, item and answer texts."""
        return by_wording(form)

    def files(self, form: Questionnaire, responses: list[Response], dice: Dice) -> dict[str, bytes]:
        """The submitted forms, oldest first."""
        titles = ["Submission ID", "User ID", "User display name", "Timestamp"]
        ids = ["submission_id", "user_id", "user_display_name", "timestamp"]
        for question in form.questions:
            titles += _titles(question)
            ids += _ids(question)
        rows = [self._row(form, response) for response in responses]
        lines = [titles, ids, *damaged(form, rows, responses, dice)]
        text = "\ufeff" + delimited(lines, ",", "\n", quote_all=True)
        return {"Nutzerbefragung Co-Working-Space (responses).csv": text.encode()}

    def _row(self, form: Questionnaire, response: Response) -> list[str]:
        time = response.ended.replace(tzinfo=ZONE).isoformat()
        row = [str(FIRST_SUBMISSION + response.number), "", "Anonymous user", time]
        for question in form.questions:
            row += [_unharmed(cell) for cell in _cells(question, response)]
        return row


def _titles(question: Question) -> list[str]:
    if question.kind == "grid":
        return [f"{question.text} ({item})" for item in question.items.values()]
    return [question.text]


def _ids(question: Question) -> list[str]:
    if question.kind == "grid":
        return [f"question-id-{question.code}-{int(question.code) * 10 + n}" for n in range(len(question.items))]
    return [f"question-id-{question.code}"]


def _cells(question: Question, response: Response) -> list[str]:
    answer = response.answers.get(question.code)
    if question.kind == "grid":
        given = answer if isinstance(answer, dict) else {}
        return [question.options[given[item]] if item in given else "" for item in question.items]
    if question.kind == "multiple":
        return ["; ".join(question.items[item] for item in answer or [])]
    if answer is None:
        return [""]
    is_option = question.kind == "single" and not isinstance(answer, Verbatim)
    return [question.options[str(answer)] if is_option else str(answer)]


def _unharmed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


TOOL = NextcloudForms()
