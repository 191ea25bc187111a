"""SoSci Survey: the CSV for spreadsheets, which is UTF-16 with tabs and CRLF.

Multiple choice is a count of ticks and one column per item with 1 (not ticked) and 2 (ticked); a question
seen and not answered is -9, "do not know" a residual option -1, what was never shown stays empty.
"""

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.questionnaire import Question, Questionnaire, Response, Verbatim
from stadtlabor.samples.surveys.names import Names, by_number
from stadtlabor.samples.surveys.records import damaged, delimited

HEAD = ["CASE", "SERIAL", "REF", "QUESTNNR", "MODE", "STARTED"]
TAIL = ["TIME_SUM", "MAILSENT", "LASTDATA", "FINISHED", "Q_VIEWER", "LASTPAGE", "MAXPAGE", "MISSING",
        "MISSREL", "TIME_RSI", "DEG_TIME"]  # fmt: skip
NOT_ANSWERED = "-9"
TICKED, NOT_TICKED = "2", "1"
PER_PAGE = 4


class SosciSurvey:
    """Writes one project; variables are named question and item ("CW03_01")."""

    format = "sosci"

    def names(self, form: Questionnaire) -> Names:
        """Numbers from 1; residual options are negative."""
        names = by_number(form, "{:02d}", "{}", {"unknown": "-1", "no_statement": "-1"})
        # A text field is always a part of its question, even when it is the only one ("PE03_01").
        parts = {question.code: "01" for question in form.questions if question.kind == "number"}
        return Names(names.questions, names.items, names.options, parts)

    def files(self, form: Questionnaire, responses: list[Response], dice: Dice) -> dict[str, bytes]:
        """All cases, trials of the makers included, as SoSci offers them."""
        names = self.names(form)
        pages = -(-len(form.questions) // PER_PAGE)
        header = list(HEAD)
        for question in form.questions:
            header += _headings(question, names)
        header += [f"TIME{page:03d}" for page in range(1, pages + 1)] + TAIL
        rows = [self._row(form, response, names, pages, dice) for response in responses]
        text = delimited([header, *damaged(form, rows, responses, dice)], "\t", "\r\n", quote_all=False)
        return {"data_pendler-wittenberge_2022-10-24_09-12.csv": b"\xff\xfe" + text.encode("utf-16-le")}

    def _row(self, form: Questionnaire, response: Response, names: Names, pages: int, dice: Dice) -> list[str]:
        mode = "pretest" if response.is_pretest else "interview"
        started, ended = f"{response.started:%Y-%m-%d %H:%M:%S}", f"{response.ended:%Y-%m-%d %H:%M:%S}"
        row = [str(response.number), "", response.reference, "pendler", mode, started]
        for question in form.questions:
            row += _cells(question, response, names)
        last = max(1, -(-response.reached // PER_PAGE))
        times = [str(max(2, response.seconds // last + dice.below(9) - 4)) if n < last else "" for n in range(pages)]
        skipped = sum(q.code not in response.answers and q.code not in response.unseen for q in form.questions)
        missing = str(round(100 * skipped / max(1, len(form.questions) - len(response.unseen))))
        total = str(sum(int(time) for time in times if time))
        is_done = "1" if response.is_completed else "0"
        pace = f"{dice.between(0.4, 1.8):.2f}"
        return [*row, *times, total, "", ended, is_done, "0", str(last), str(last), missing, missing, pace,
                str(dice.below(40))]  # fmt: skip


def _headings(question: Question, names: Names) -> list[str]:
    code = question.code
    if question.kind in ("number", "text"):
        return [f"{code}_01"]
    numbers = {item: f"{code}_{names.items[code, item]}" for item in question.items}
    headings = [code] if question.kind in ("single", "multiple") else []
    for item, heading in numbers.items():
        headings += [heading, f"{heading}a"] if item == "other" else [heading]
    if question.kind == "single" and question.other:
        headings.append(f"{code}_{int(names.options[code, 'other']):02d}")
    return headings


def _cells(question: Question, response: Response, names: Names) -> list[str]:
    code, answer = question.code, response.answers.get(question.code)
    width = len(_headings(question, names))
    if code in response.unseen:
        return [""] * width
    other = response.others.get(code, "")
    if question.kind == "multiple":
        marked = answer if isinstance(answer, list) else []
        cells = [str(len(marked))]
        for item in question.items:
            cells += [TICKED if item in marked else NOT_TICKED, *([other] if item == "other" else [])]
        return cells
    if question.kind == "grid":
        given = answer if isinstance(answer, dict) else {}
        return [names.options[code, given[item]] if item in given else NOT_ANSWERED for item in question.items]
    if question.kind in ("number", "text"):
        return [str(answer or "")]
    cell = NOT_ANSWERED if answer is None else str(answer)
    if answer is not None and not isinstance(answer, Verbatim):
        cell = names.options[code, str(answer)]
    return [cell, other] if question.other else [cell]


TOOL = SosciSurvey()
