"""Random surveys, and the count tables of a release made from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from stadtlabor.disclosure.surveys.count_tables import BASE, TOTAL, Recode


@dataclass
class Question:
    """One question: `weights` by answer; `nonresponse` the share who leave it out."""

    name: str
    weights: Sequence[float]
    shape: str = "partition"
    is_sensitive: bool = False
    nonresponse: float = 0.04


@dataclass
class Survey:
    """Respondents' answers: single ones as codes (-1 unanswered), several ones as 0/1 by item."""

    name: str
    questions: list[Question]
    answers: dict[str, np.ndarray]
    breakdowns: tuple[str, ...]
    recodes: list[Recode] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(next(iter(self.answers.values())))


def simulate(name: str, size: int, questions: list[Question], breakdowns: Sequence[str], seed: int) -> Survey:
    rng = np.random.default_rng(seed)
    answers = {}
    for question in questions:
        away = rng.random(size) < question.nonresponse
        weights = np.array(question.weights, float)
        if question.shape == "partition":
            codes = rng.choice(len(weights), size, p=weights / weights.sum())
            answers[question.name] = np.where(away, -1, codes)
        else:
            marks = (rng.random((size, len(weights))) < weights).astype(int)
            marks[away | (marks.sum(axis=1) == 0)] = -1
            answers[question.name] = marks
    return Survey(name, questions, answers, tuple(breakdowns))


def add_recode(survey: Survey, fine: str, coarse: str, of: Mapping[int, int]) -> None:
    """Add a question that is another one in coarser classes."""
    source = next(question for question in survey.questions if question.name == fine)
    classes = len(set(of.values()))
    codes = np.array([of.get(int(code), -1) for code in survey.answers[fine]])
    survey.questions.append(Question(coarse, [1.0] * classes, is_sensitive=source.is_sensitive))
    survey.answers[coarse] = codes
    survey.recodes.append(Recode(survey.name, fine, coarse, {f"a{f}": f"a{c}" for f, c in of.items()}))


def cells(survey: Survey) -> pl.DataFrame:
    """Every question in total and by every breakdown, as frame of CELLS."""
    by_name = {question.name: question for question in survey.questions}
    rows = []
    for question in survey.questions:
        for breakdown in (TOTAL, *survey.breakdowns):
            if breakdown == question.name:
                continue
            is_sensitive = question.is_sensitive or (breakdown != TOTAL and by_name[breakdown].is_sensitive)
            table_id = f"{survey.name}:{question.name}:{breakdown}"
            head = (survey.name, table_id, question.name, breakdown, question.shape, is_sensitive)
            columns = {TOTAL: np.ones(survey.size, bool)}
            if breakdown != TOTAL:
                codes = survey.answers[breakdown]
                columns = {f"a{i}": codes == i for i in range(len(by_name[breakdown].weights))}
            for column, inside in columns.items():
                rows += [(*head, row, column, n) for row, n in _counts(survey, question, inside).items()]
    names = ["universe", "table_id", "question", "breakdown", "shape", "is_sensitive", "row", "column", "count"]
    return pl.DataFrame(rows, schema=names, orient="row")


def _counts(survey: Survey, question: Question, inside: np.ndarray) -> dict[str, int]:
    codes = survey.answers[question.name][inside]
    if question.shape == "partition":
        return {f"a{i}": int((codes == i).sum()) for i in range(len(question.weights))}
    answered = codes[(codes >= 0).all(axis=1)]
    marks = {f"a{i}": int(answered[:, i].sum()) for i in range(len(question.weights))}
    return {BASE: len(answered), **marks}


def random_survey(seed: int, name: str = "s", questions: int = 25, size: int | None = None) -> Survey:
    """A survey as small towns have them: 60–500 respondents, three breakdowns, skewed answers."""
    rng = np.random.default_rng(seed)
    size = size or int(rng.integers(60, 501))
    asked = [
        Question("age", rng.dirichlet([4, 6, 6, 5, 2])),
        Question("gender", [0.55, 0.43, 0.02]),
        Question("status", rng.dirichlet([8, 4, 2, 1]), is_sensitive=bool(rng.random() < 0.3)),
    ]
    for i in range(len(asked), questions):
        shape = "marks" if rng.random() < 0.3 else "partition"
        count = int(rng.integers(2, 8))
        weights = rng.beta(1, 2, count) if shape == "marks" else rng.dirichlet([0.8] * count) + 0.002
        asked.append(Question(f"q{i}", weights, shape, bool(rng.random() < 0.15), float(rng.uniform(0, 0.1))))
    survey = simulate(name, size, asked, ("age", "gender", "status"), seed)
    add_recode(survey, "age", "age_coarse", {0: 0, 1: 0, 2: 1, 3: 1, 4: 1})
    return survey
