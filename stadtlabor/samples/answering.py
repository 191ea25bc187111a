"""From a questionnaire and a shape to responses: routing, skipped questions, break-offs, doubles, defects."""

import datetime as dt
from collections.abc import Mapping

from stadtlabor.dictionary import concepts
from stadtlabor.samples.dice import Dice
from stadtlabor.samples.people import Person, Value, person
from stadtlabor.samples.questionnaire import Answer, Defect, Question, Questionnaire, Response, Verbatim
from stadtlabor.samples.shapes import shapes

NOT_SUBSTANTIVE = ("unknown", "no_statement")
# Somebody who ticks the middle all the way down; seen in every grid.
STRAIGHT_LINE = 0.02


def responses(form: Questionnaire, dice: Dice) -> list[Response]:
    """Everybody's responses in order of time, numbered as a tool numbers them, defects of answers put in."""
    shape = shapes()[form.shape]
    made = [_respond(form, person(dice, shape), dice) for _ in range(form.started)]
    made += [_again(original, dice) for original in _drawn(made, form.doubles, dice)]
    made += [_pretest(form, person(dice, shape), dice) for _ in range(form.pretests)]
    made.sort(key=lambda one: one.started)
    number = 1
    for response in made:
        # Tools leave gaps: deleted responses, robots, opened and closed again.
        number += 1 + (1 + dice.below(3) if dice.chance(0.05) else 0)
        response.number = number
    touched: set[int] = set()
    for defect in form.defects:
        _put_in(form, defect, made, touched, dice)
    return made


def _respond(form: Questionnaire, who: Person, dice: Dice) -> Response:
    response = _empty(form, dice)
    if not dice.chance(form.completion):
        # Most who leave, leave early.
        response.reached = int(len(form.questions) * dice.between(0, 1) ** 1.7)
        response.is_completed = False
    for position, question in enumerate(form.questions):
        if position >= response.reached or not _is_asked(form, question, response.answers):
            response.unseen.add(question.code)
            continue
        if dice.chance(question.missing):
            continue
        _answer(question, who, response, dice)
    response.seconds = int(20 + response.reached * dice.between(7, 16) + 40 * dice.chance(0.1))
    return response


def _empty(form: Questionnaire, dice: Dice) -> Response:
    days = (form.period.last - form.period.first).days
    # Most answer in the first days after the newsletter, before or after work, hardly anybody at night.
    day = form.period.first + dt.timedelta(days=int((days + 1) * dice.between(0, 1) ** 1.6))
    hour = min(23.4, max(5.5, dice.normal(8.2 if dice.chance(0.3) else 17, 2.6)))
    started = dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=int(hour * 3600))
    reference = dice.pick(form.references) if form.references else ""
    return Response(0, started, 0, len(form.questions), True, reference=reference)


def _is_asked(form: Questionnaire, question: Question, answers: Mapping[str, Answer]) -> bool:
    rule = question.asked_if
    return rule is None or answers.get(rule.question) in rule.answers


def _answer(question: Question, who: Person, response: Response, dice: Dice) -> None:
    value = _value(question, who, dice)
    if value is None or value in ([], {}):
        return
    has_other = "other" in value if isinstance(value, list) else value == "other"
    if has_other and question.other:
        response.others[question.code] = question.other[dice.below(len(question.other))]
    response.answers[question.code] = value


def _value(question: Question, who: Person, dice: Dice) -> Answer | None:
    """What this person answers to this question, in the question's own codes."""
    if question.kind == "text":
        return question.texts[dice.below(len(question.texts))]
    if question.concept is None:
        return dice.pick(question.weights)
    if question.concept == "gender" and "no_statement" in question.options and dice.chance(0.02):
        return "no_statement"
    value = who.get(question.concept)
    if value is None and question.concept == "commute_minutes_class" and "commute_minutes" in who:
        minutes = float(str(who["commute_minutes"]))
        return concepts.concepts()["commute_minutes"].recode(minutes, "classes")
    if value is None:
        return None
    if isinstance(value, dict):
        return _steps(question, value, dice)
    if isinstance(value, list):
        return [mark for mark in value if mark in question.items]
    return _number(value, dice) if isinstance(value, int | float) else _option(question, value)


def _steps(question: Question, value: dict[str, int], dice: Dice) -> Answer:
    steps = [code for code in question.options if code not in NOT_SUBSTANTIVE]
    if not question.items:
        return steps[value[""] - 1]
    if dice.chance(STRAIGHT_LINE):
        return dict.fromkeys(question.items, steps[2])
    given = {}
    for item in question.items:
        if dice.chance(0.03):
            continue
        is_unsure = "unknown" in question.options and dice.chance(0.05)
        given[item] = "unknown" if is_unsure else steps[value[item] - 1]
    return given


def _option(question: Question, value: str) -> str | None:
    """The question's option for a person's fine value: itself, or the coarser one that takes it in."""
    if value in question.options:
        return value
    concept = concepts.concepts()[str(question.concept)]
    for level in concept.levels:
        coarse = concept.recode(value, level.level)
        if coarse in question.options:
            return coarse
    # Bounds that lie inside the finer classes: the person knows the age, the dictionary does not.
    known = {"age_18_24": "under_30", "age_25_34": "age_30_49", "age_35_44": "age_30_49"}
    if question.concept == "age_group" and "under_30" in question.options:
        return known.get(value, "age_50_plus")
    return "other" if "other" in question.options else None


def _number(value: Value, dice: Dice) -> str:
    number = float(str(value))
    if number.is_integer():
        return str(int(number))
    return f"{number:.2f}".replace(".", ",") if dice.chance(0.6) else f"{number:g}"


def _drawn(made: list[Response], count: int, dice: Dice) -> list[Response]:
    whole = [response for response in made if response.is_completed]
    return [whole.pop(dice.below(len(whole))) for _ in range(count)]


def _again(original: Response, dice: Dice) -> Response:
    """The same person once more, minutes later, a little shorter: the double that open links bring."""
    later = dt.timedelta(seconds=original.seconds + 40 + dice.below(900))
    texts = {code for code, answer in original.answers.items() if isinstance(answer, str) and len(answer) > 25}
    return Response(
        0,
        original.started + later,
        max(35, original.seconds // 2),
        original.reached,
        True,
        reference=original.reference,
        answers={code: answer for code, answer in original.answers.items() if code not in texts},
        others=dict(original.others),
        unseen=set(original.unseen),
    )


def _pretest(form: Questionnaire, who: Person, dice: Dice) -> Response:
    trial = _respond(form, who, dice)
    days = 3 + dice.below(9)
    trial.started = dt.datetime.combine(form.period.first, dt.time(10)) - dt.timedelta(
        days=days, minutes=-dice.below(300)
    )
    trial.is_pretest, trial.reference = True, ""
    for question in form.questions:
        if question.kind == "text" and question.code not in trial.unseen:
            trial.answers[question.code] = "Test Test äöüß"
    return trial


def _put_in(form: Questionnaire, defect: Defect, made: list[Response], touched: set[int], dice: Dice) -> None:
    """Damage the answers or times of one more response; records are damaged when they are written."""
    if defect.kind in ("ragged_record", "repeated_record"):
        return
    code = defect.question
    fit = [
        one for one in made
        if one.is_completed and not one.is_pretest and one.number not in touched
        and (code is None or code in one.answers)
    ]  # fmt: skip
    victim = fit[dice.below(len(fit))]
    touched.add(victim.number)
    if defect.kind == "wrong_year":
        victim.started = victim.started.replace(year=int(str(defect.value)))
    else:
        assert code is not None
        victim.answers[code] = Verbatim(defect.value)
        victim.others.pop(code, None)
        if form.question(code).kind == "single":
            _skip_what_hangs_on(form, code, victim)


def _skip_what_hangs_on(form: Questionnaire, code: str, victim: Response) -> None:
    for question in form.questions:
        if question.asked_if and question.asked_if.question == code:
            victim.unseen.add(question.code)
            victim.answers.pop(question.code, None)
