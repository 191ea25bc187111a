"""LimeSurvey 5: "CSV, answer codes, question codes" with the structure file (.lss) beside it.

All cells quoted, UTF-8 with a byte order mark, CRLF after records and LF inside cells, a blank line at
the end. Without time stamps a completed response of an anonymous survey carries 1 January 1980.
"""

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.questionnaire import Question, Questionnaire, Response, Verbatim
from stadtlabor.samples.surveys.lss import structure
from stadtlabor.samples.surveys.names import Names, by_number
from stadtlabor.samples.surveys.records import damaged, delimited

SURVEY_ID = 482913
COMPLETED = "1980-01-01 00:00:00"
OTHER = "-oth-"
# LimeSurvey shows about this many questions on a page when groups are shown together.
PER_PAGE = 5


class LimeSurvey:
    """Writes one survey with answer codes A1, A2 … and subquestions SQ001, SQ002 …"""

    format = "limesurvey"

    def names(self, form: Questionnaire) -> Names:
        """Codes; the free text beside a list is `-oth-`, beside a multiple choice a part called other."""
        names = by_number(form, "SQ{:03d}", "A{}", {"other": OTHER})
        return Names(
            names.questions,
            {key: "other" if key[1] == "other" else name for key, name in names.items.items()},
            names.options,
        )

    def files(self, form: Questionnaire, responses: list[Response], dice: Dice) -> dict[str, bytes]:
        """The responses and the structure."""
        names = self.names(form)
        header = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
        header += [heading for question in form.questions for heading in _headings(question, names)]
        rows = [self._row(form, response, names, dice) for response in responses]
        text = delimited([header, *damaged(form, rows, responses, dice)], ",", "\r\n", quote_all=True)
        return {
            f"results-survey{SURVEY_ID}.csv": ("\ufeff" + text + "\r\n").encode(),
            f"limesurvey_survey_{SURVEY_ID}.lss": structure(form, names, SURVEY_ID).encode(),
        }

    def _row(self, form: Questionnaire, response: Response, names: Names, dice: Dice) -> list[str]:
        page = "" if response.reached == 0 else str(-(-response.reached // PER_PAGE))
        row = [str(response.number), COMPLETED if response.is_completed else "", page, "de"]
        row.append(str(100_000_000 + dice.below(1_900_000_000)))
        for question in form.questions:
            row += _cells(question, response, names)
        return row


def _headings(question: Question, names: Names) -> list[str]:
    code = question.code
    if question.items:
        return [f"{code}[{names.items[code, item]}]" for item in question.items]
    return [code, f"{code}[other]"] if question.other else [code]


def _cells(question: Question, response: Response, names: Names) -> list[str]:
    code, answer = question.code, response.answers.get(question.code)
    other = response.others.get(code, "")
    if question.kind == "multiple":
        marked = answer or []
        return [other if item == "other" else "Y" if item in marked else "" for item in question.items]
    if question.kind == "grid":
        given = answer if isinstance(answer, dict) else {}
        return [names.options[code, given[item]] if item in given else "" for item in question.items]
    cell = "" if answer is None else str(answer)
    if question.kind == "single" and cell and not isinstance(answer, Verbatim):
        cell = names.options[code, cell]
    return [cell, other] if question.other else [cell]


TOOL = LimeSurvey()
