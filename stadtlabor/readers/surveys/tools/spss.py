"""SPSS `.sav` and `.zsav`: variable and value labels, user-missing values, multiple response sets.

Survey tools export it too: where a tool's own fields are in the file, its rules for completion hold.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.surveys.export import SPSS_MAGIC, columns_of, responses
from stadtlabor.readers.surveys.land import land
from stadtlabor.readers.surveys.model import Column, Plan, normal, plain
from stadtlabor.readers.surveys.scaffold import lines as survey_lines
from stadtlabor.readers.surveys.scaffold import scaffold
from stadtlabor.readers.surveys.tools import limesurvey, qualtrics, sosci

TOOLS = (sosci.READER, qualtrics.READER, limesurvey.READER)
# A response's own number, where no tool is known.
NUMBERS = {
    "id": "number",
    "case": "number",
    "caseid": "number",
    "lfdn": "number",
    "respid": "number",
    "responseid": "number",
}
MEASURES = {"nominal": "single", "ordinal": "scale"}


class Spss:
    """SPSS data files."""

    name = "spss"
    title = "SPSS (.sav)"
    kind = "survey"
    looks_for = "the first bytes $FL2 or $FL3"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By the first four bytes."""
        return Recognition(0.99, "begins with SPSS's mark") if file.data.startswith(SPSS_MAGIC) else None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Read the whole file; DeliveryError where it is damaged or holds no response."""
        table, about = _load(file)
        headings = list(about.column_names)
        frame = _as_text(table)
        tool = next((tool for tool in TOOLS if tool.is_header(headings)), None)
        if tool is not None:
            plan = tool.plan(headings, frame, file, manifest)
            plan.notes.append(f"the fields are {tool.title}'s: its rules hold")
        else:
            plan = _plan(headings, frame)
        _label(plan.columns, about)
        plan.layout = Layout(
            about.file_encoding, "the file states it", "", columns=headings, records=frame.height, faulty_records=0
        )
        try:
            return land(plan, manifest, f"{self.title}, {tool.title}" if tool else self.title, self.name)
        except DeliveryError as error:
            error.file = error.file or file.name
            raise

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `survey:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The survey in a few sentences, for `inspect`."""
        return survey_lines(result)


READER = Spss()


def _load(file: RawFile) -> tuple[pl.DataFrame, Any]:
    # Few deliveries need it, and it takes 14 MB.
    import pyreadstat

    try:
        loaded = pyreadstat.read_sav(str(file.path), user_missing=True, output_format="polars")
    except (pyreadstat.ReadstatError, ValueError, UnicodeDecodeError) as error:
        raise DeliveryError(
            f"the SPSS file cannot be read ({str(error).splitlines()[0]})",
            file.name,
            remedy="Save it again, or export CSV.",
            rule="damaged",
        ) from None
    return loaded


def _as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Codes as the labels know them ('2', not '2.0'), times in ISO; columns line, c0, c1 … The line is the case."""
    cells = [_text(pl.col(name), kind).alias(f"c{index}") for index, (name, kind) in enumerate(table.schema.items())]
    return table.select(cells).with_row_index("line", offset=1).with_columns(pl.col("line").cast(pl.Int64))


def _text(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind.is_float():
        whole = column.is_finite() & (column == column.round()) & (column.abs() < 1e15)
        finite = pl.when(column.is_finite()).then(column)
        return (
            pl.when(whole).then(finite.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(finite.cast(pl.String))
        )
    if kind == pl.Datetime:
        return column.dt.to_string("%Y-%m-%d %H:%M:%S")
    return column.cast(pl.String)


def _plan(headings: Sequence[str], frame: pl.DataFrame) -> Plan:
    """Every variable a question, every case completed; names like v12_3 with siblings are parts of one."""
    columns = columns_of(headings, NUMBERS, near_start=2)
    stems = [match[1] for heading in headings if (match := re.fullmatch(r"(.+)_(\d+)", heading))]
    number = None
    for column in columns:
        if column.role == "meta":
            number = frame[column.name]
        match = re.fullmatch(r"(.+)_(\d+)", column.heading)
        column.question = column.heading
        if match and stems.count(match[1]) > 1:
            column.question, column.subquestion = match[1], match[2]
    stated = responses(
        frame, status="completed", status_reason="the file has no mark of completion",
        **({} if number is None else {"tool_id": number}),
    )  # fmt: skip
    return Plan(columns, frame, stated)


def _label(columns: Sequence[Column], about: Any) -> None:
    """Variable labels as texts, value labels as options, user-missing values as no answer; then the sets."""
    for column in columns:
        if column.role != "answer":
            continue
        name = column.heading
        text = plain(about.column_names_to_labels.get(name) or "")
        if text:
            column.question_text, column.subquestion_text = _split_label(text, bool(column.subquestion))
        column.question_text = column.question_text or column.question
        labels = {_code(value): plain(str(label)) for value, label in about.variable_value_labels.get(name, {}).items()}
        missing = _missing(about, name, labels)
        column.no_answer = {**column.no_answer, **missing}
        column.labels = {code: label for code, label in labels.items() if code not in column.no_answer}
        if column.labels and not column.marks:
            # Two labelled ends of a number ('0 = gar nicht', '10 = sehr') are a scale, not two options.
            column.declared = MEASURES.get(about.variable_measure.get(name, ""), "single")
    for name, members in (about.mr_sets or {}).items():
        _apply_set(name, members, columns)


def _split_label(text: str, is_part: bool) -> tuple[str, str]:
    """'[Zeile] Frage' (LimeSurvey) and 'Frage: Zeile' or 'Frage - Zeile' of a part; else the text as a whole."""
    if not is_part:
        return text, ""
    if match := re.fullmatch(r"\[(.+?)\]\s*(.+)", text):
        return match[2], match[1]
    stem, found, part = text.rpartition(" - ") if " - " in text else text.rpartition(": ")
    return (stem, part) if found else (text, "")


def _missing(about: Any, name: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Codes the file declares as missing: single values, and every labelled value in a range."""
    found: dict[str, str] = {}
    for span in about.missing_ranges.get(name, ()):
        low, high = span["lo"], span["hi"]
        if low == high:
            found[_code(low)] = labels.get(_code(low), "")
        else:
            inside = (code for code in labels if re.fullmatch(r"-?\d+(?:\.\d+)?", code) and low <= float(code) <= high)
            found |= {code: labels[code] for code in inside}
    return found


def _apply_set(name: str, members: Mapping[str, Any], columns: Sequence[Column]) -> None:
    if not members.get("is_dichotomy"):
        return
    counted = _code(members.get("counted_value", 1))
    wanted = {normal(member) for member in members["variable_list"]}
    for column in columns:
        if column.role == "answer" and normal(column.heading) in wanted:
            column.subquestion_text = column.subquestion_text or column.question_text
            column.question, column.subquestion = name.lstrip("$"), column.heading
            column.question_text = plain(members.get("label") or "") or column.question
            others = {code: NOT_MARKED for code in column.labels if code != counted}
            column.marks, column.declared, column.labels = {"0": NOT_MARKED, **others, counted: MARKED}, "multiple", {}


def _code(value: object) -> str:
    """A code as the cells have it."""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
