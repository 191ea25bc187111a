"""A survey of a million answers, as LimeSurvey would export it, and the same counting in plain DuckDB."""

import hashlib
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
from ruamel.yaml import YAML

from stadtlabor.dictionary import concepts
from stadtlabor.dictionary.concepts import Concept

DELIVERY = "million-answers"
ASKED = (
    "age_group", "gender", "status", "employed", "sector", "employer", "presence_required", "remote_possible",
    "home_office_days", "commutes", "commute_minutes", "commute_km", "commute_mode", "knows_coworking",
    "coworking_interest", "used_coworking", "use_frequency", "willing_to_pay", "would_recommend", "lab_continue",
    "coworking_wishes",
)  # fmt: skip
BREAKDOWNS = ("age_group", "gender", "employed", "commutes")
# Of the one multiple choice so many are ticked: 20 answers and 5 marks make 25 a respondent.
TICKED = 5
SEED = 3


def asked() -> list[Concept]:
    """The concepts the survey asks for, in order."""
    by_id = {concept.id: concept for theme in concepts.themes() for concept in theme.concepts}
    return [by_id[name] for name in ASKED]


def deliver(raw: Path, answers: int) -> Path:
    """Write the delivery below `raw`; exactly `answers` cells of its CSV are answered. Returns the CSV."""
    folder = raw / DELIVERY
    folder.mkdir()
    export = folder / "results.csv"
    respondents = answers // (len(ASKED) - 1 + TICKED)
    _responses(respondents).write_csv(export, quote_style="always", null_value="")
    manifest = {
        "id": DELIVERY,
        "kind": "survey",
        "town": "diessen",
        "title": "Eine Million Antworten",
        "producer": "StadtLabor Kleinstadt (erzeugt)",
        "licence": "CC0, synthetic",
        "received": "2022-05-02",
        "period": {"from": "2022-03-14", "to": "2022-04-24"},
        "synthetic": True,
        "files": [{"name": export.name, "sha256": hashlib.sha256(export.read_bytes()).hexdigest()}],
        "survey": {"population": "citizens", "wave": "2022", "questions": [_mapping(one) for one in asked()]},
    }
    with (folder / "source.yml").open("w", encoding="utf-8") as stream:
        YAML().dump(manifest, stream)
    return export


def counted_plainly(export: Path) -> dict[tuple[str, str], int]:
    """Every answer in total and by the four breakdowns, straight from the CSV; returns the totals.

    Answers as numbers are counted as they are. Keys are (concept, code or item).
    """
    with duckdb.connect() as connection:
        connection.execute(
            "create table answers as unpivot ("
            "select *, " + ", ".join(f'"{name}" as by_{name}' for name in BREAKDOWNS) + " from "
            f"read_csv('{export.as_posix()}', all_varchar = true) where submitdate is not null) "
            f"on columns('^({'|'.join(ASKED)})') into name question value answer"
        )
        sets = ", ".join(["(question, answer)", *(f"(question, answer, by_{name})" for name in BREAKDOWNS)])
        connection.execute(
            f"create table cells as select question, answer, {', '.join(f'by_{name}' for name in BREAKDOWNS)}, "
            f"grouping({', '.join(f'by_{name}' for name in BREAKDOWNS)}) as level, count(*) as respondents "
            f"from answers where answer <> '' group by grouping sets ({sets})"
        )
        totals = connection.execute(
            "select question, answer, respondents from cells where level = (select max(level) from cells)"
        ).fetchall()
    code = {(one.id, f"A{i}"): answer for one in asked() for i, answer in enumerate(_substantive(one), start=1)}
    counted = {}
    for question, answer, respondents in totals:
        concept, _, item = question.partition("[")
        if item:
            counted[concept, item.rstrip("]")] = respondents
        elif (concept, answer) in code:
            counted[concept, code[concept, answer]] = respondents
    return counted


def _responses(respondents: int) -> pl.DataFrame:
    rng = np.random.default_rng(SEED)
    number = np.arange(1, respondents + 1)
    columns: dict[str, pl.Series] = {
        "id": pl.Series(number).cast(pl.String),
        "submitdate": pl.Series(np.datetime64("2022-03-14T08:00", "ms") + 60_000 * (number % 57_000)).dt.strftime(
            "%Y-%m-%d %H:%M:%S"
        ),
        "lastpage": pl.repeat("5", respondents, eager=True),
        "startlanguage": pl.repeat("de", respondents, eager=True),
        "seed": pl.Series(rng.integers(1, 2**31, respondents)).cast(pl.String),
    }
    for concept in asked():
        if concept.items:
            place = rng.random((respondents, len(concept.items))).argsort(axis=1)
            for i, item in enumerate(concept.items):
                marks = pl.Series(place[:, i] < TICKED)
                columns[f"{concept.id}[{item.code}]"] = pl.select(pl.when(marks).then(pl.lit("Y"))).to_series()
        elif concept.answers:
            codes = [f"A{i}" for i, _ in enumerate(_substantive(concept), start=1)]
            weights = rng.dirichlet(np.full(len(codes), 5.0))
            columns[concept.id] = pl.Series(rng.choice(codes, respondents, p=weights))
        else:
            most = min(int(concept.maximum or 0), 120)
            columns[concept.id] = pl.Series(rng.integers(0, most + 1, respondents)).cast(pl.String)
    return pl.DataFrame(columns)


def _mapping(concept: Concept) -> dict[str, object]:
    mapping: dict[str, object] = {"question": concept.id, "concept": concept.id}
    if concept.items:
        mapping["items"] = {item.code: item.code for item in concept.items}
    elif concept.answers:
        mapping["answers"] = {f"A{i}": code for i, code in enumerate(_substantive(concept), start=1)}
    return mapping


def _substantive(concept: Concept) -> list[str]:
    return [answer.code for answer in concept.answers if answer.is_substantive]
