"""LimeSurvey's structure file: an XML table per database table, texts in tables of their own (since 4.0)."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from stadtlabor.samples.questionnaire import Question, Questionnaire
from stadtlabor.samples.surveys.names import Names

DB_VERSION = 475
TYPES = {"single": "L", "multiple": "M", "grid": "F", "number": "N", "text": "T"}
Row = Mapping[str, object]


def structure(form: Questionnaire, names: Names, survey_id: int) -> str:
    """The `.lss` of a questionnaire: groups, questions, subquestions, answers, routing, in German."""
    groups = list(dict.fromkeys(question.group for question in form.questions))
    questions: list[dict[str, object]] = []
    subquestions: list[dict[str, object]] = []
    answers: list[dict[str, object]] = []
    for position, question in enumerate(form.questions, 1):
        row = _question(question, position, groups.index(question.group) + 1, survey_id)
        questions.append(row | {"relevance": _relevance(question, names)})
        subquestions += list(_subquestions(question, row, names))
        answers += list(_answers(question, position, names, len(answers)))
    tables: dict[str, Sequence[Row]] = {
        "answers": [_without(row, "answer") for row in answers],
        "answer_l10ns": [_german(row["aid"], aid=row["aid"], answer=row["answer"]) for row in answers],
        "groups": [
            {"gid": n, "sid": survey_id, "group_order": n, "randomization_group": "", "grelevance": ""}
            for n in range(1, len(groups) + 1)
        ],
        "group_l10ns": [
            _german(n, gid=n, group_name=name, description="", sid=survey_id) for n, name in enumerate(groups, 1)
        ],
        "questions": [_without(row, "text") for row in questions],
        "subquestions": [_without(row, "text") for row in subquestions],
        "question_l10ns": [
            _german(n, qid=row["qid"], question=row["text"], help="", script="")
            for n, row in enumerate([*questions, *subquestions], 1)
        ],
        **_survey(form, survey_id),
    }
    body = "".join(_table(name, rows) for name, rows in tables.items())
    head = f" <LimeSurveyDocType>Survey</LimeSurveyDocType>\n <DBVersion>{DB_VERSION}</DBVersion>\n"
    languages = " <languages>\n  <language>de</language>\n </languages>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n{head}{languages}{body}</document>\n'


def _german(number: object, **fields: object) -> Row:
    return {"id": number, **fields, "language": "de"}


def _survey(form: Questionnaire, survey_id: int) -> dict[str, Sequence[Row]]:
    settings = {"active": "Y", "anonymized": "Y", "format": "G", "language": "de", "datestamp": "N", "ipaddr": "N"}
    titles = {"surveyls_survey_id": survey_id, "surveyls_language": "de", "surveyls_title": form.title}
    return {
        "surveys": [{"sid": survey_id, "gsid": 1, "admin": "inherit", **settings, "refurl": "N"}],
        "surveys_languagesettings": [titles],
    }


def _question(question: Question, position: int, group: int, survey_id: int) -> dict[str, object]:
    return {
        "qid": position, "parent_qid": 0, "sid": survey_id, "gid": group, "type": TYPES[question.kind],
        "title": question.code, "preg": "", "other": "Y" if question.other else "N", "mandatory": "N",
        "encrypted": "N", "question_order": position, "scale_id": 0, "same_default": 0, "relevance": "1",
        "question_theme_name": "", "modulename": "", "same_script": 0, "text": question.text,
    }  # fmt: skip


def _subquestions(question: Question, parent: Row, names: Names) -> Iterator[dict[str, object]]:
    for position, (item, text) in enumerate(question.items.items(), 1):
        # The free text of a multiple choice is the question's own setting, not a subquestion.
        if item != "other":
            yield dict(parent) | {
                "qid": int(str(parent["qid"])) * 100 + position, "parent_qid": parent["qid"], "type": "T",
                "title": names.items[question.code, item], "other": "N", "question_order": position, "text": text,
            }  # fmt: skip


def _answers(question: Question, qid: int, names: Names, before: int) -> Iterator[dict[str, object]]:
    listed = [option for option in question.options if not (option == "other" and question.other)]
    for position, option in enumerate(listed, 1):
        yield {
            "aid": before + position, "qid": qid, "code": names.options[question.code, option],
            "sortorder": position, "assessment_value": 0, "scale_id": 0, "answer": question.options[option],
        }  # fmt: skip


def _relevance(question: Question, names: Names) -> str:
    """Routing as an expression of LimeSurvey's expression manager."""
    rule = question.asked_if
    if rule is None:
        return "1"
    parts = [f'({rule.question}.NAOK == "{names.options[rule.question, answer]}")' for answer in rule.answers]
    return f"({' or '.join(parts)})"


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _table(name: str, rows: Sequence[Row]) -> str:
    fields = "".join(f"   <fieldname>{field}</fieldname>\n" for field in rows[0])
    body = "".join("   <row>\n" + "".join(_field(*pair) for pair in row.items()) + "   </row>\n" for row in rows)
    return f" <{name}>\n  <fields>\n{fields}  </fields>\n  <rows>\n{body}  </rows>\n </{name}>\n"


def _field(name: str, value: object) -> str:
    text = str(value)
    if text == "":
        return f"    <{escape(name)}/>\n"
    return f"    <{escape(name)}><![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]></{escape(name)}>\n"


__all__ = ["structure"]
