"""How a tool calls things, from which the mapping in `source.yml` follows."""

from dataclasses import dataclass, field

from stadtlabor.samples.questionnaire import Question, Questionnaire


@dataclass(frozen=True)
class Names:
    """Tool's names by (question code), (question code, item) and (question code, option).

    `parts` are the subquestions by which a tool calls a question that has only one cell.
    """

    questions: dict[str, str] = field(default_factory=dict)
    items: dict[tuple[str, str], str] = field(default_factory=dict)
    options: dict[tuple[str, str], str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)


def mapping(form: Questionnaire, names: Names) -> list[dict[str, object]]:
    """The `survey.questions` of `source.yml`: every question that asks for a concept, with its routing."""
    return [_entry(form, question, names) for question in form.questions if question.concept]


def _entry(form: Questionnaire, question: Question, names: Names) -> dict[str, object]:
    entry: dict[str, object] = {"question": names.questions[question.code], "concept": question.concept}
    if question.code in names.parts:
        entry["subquestion"] = names.parts[question.code]
    if question.items:
        entry["items"] = {names.items[question.code, item]: item for item in question.items}
    answers = {names.options[question.code, option]: option for option in question.options}
    if answers:
        entry["answers"] = answers
    if (rule := question.asked_if) is not None:
        entry["asked_if"] = {
            "question": names.questions[rule.question],
            "answers": [names.options[rule.question, answer] for answer in rule.answers],
        }
    return entry


def by_wording(form: Questionnaire) -> Names:
    """Names of tools that know no codes: everything is called by its wording."""
    return Names(
        {question.code: question.text for question in form.questions},
        {(q.code, item): text for q in form.questions for item, text in q.items.items()},
        {(q.code, option): text for q in form.questions for option, text in q.options.items()},
    )


def by_number(form: Questionnaire, item: str, option: str, special: dict[str, str]) -> Names:
    """Names of tools with codes: `item` and `option` are formats of the running number from 1.

    `special` gives option codes a name of their own, outside the numbering.
    """
    items, options = {}, {}
    for question in form.questions:
        for number, name in enumerate(question.items, 1):
            items[question.code, name] = item.format(number)
        for number, name in enumerate(question.options, 1):
            options[question.code, name] = special.get(name, option.format(number))
    return Names({question.code: question.code for question in form.questions}, items, options)
