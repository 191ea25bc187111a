"""LimeSurvey's CSV (or sheet) of responses: headings as codes, codes with texts, or texts alone.

`submitdate` decides: filled is completed, empty is not; 1980-01-01 00:00:00 is LimeSurvey's word for
"completed, time not recorded" and never a date. A structure file (.lss) beside it is the codebook.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import SurveyFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.surveys.export import SurveyExport, cells, columns_of, mark_row_index, metas, responses
from stadtlabor.readers.surveys.model import Column, Plan, normal
from stadtlabor.readers.surveys.tools import limesurvey_structure as structure
from stadtlabor.readers.surveys.tools.limesurvey_headings import CODE_AND_TEXT, describe
from stadtlabor.values.local_times import iso, moments

META = {
    "id": "id", "responseid": "id", "antwortid": "id", "xid": "id",
    "submitdate": "submitdate", "datesubmitted": "submitdate", "datumabgeschickt": "submitdate",
    "datumübermittelt": "submitdate", "abgeschicktam": "submitdate",
    "lastpage": "lastpage", "letzteseite": "lastpage",
    "startlanguage": "startlanguage", "startsprache": "startlanguage", "sprache": "startlanguage",
    "seed": "seed", "zufallsstartwert": "seed", "zufallsgeneratorstartwert": "seed", "zufallsseed": "seed",
    "startdate": "startdate", "datestarted": "startdate", "datumgestartet": "startdate",
    "datestamp": "datestamp", "datelastaction": "datestamp", "datumletzteaktivität": "datestamp",
    "datumletzteaktion": "datestamp", "datumderletztenaktion": "datestamp",
    "completed": "completed", "abgeschlossen": "completed",
}  # fmt: skip
# LimeSurvey's own fields stand in front; a question may be called "id" too.
OWN_FIELDS = 14
NEVER_RECORDED = "1980-01-01"


class LimeSurvey(SurveyExport):
    """LimeSurvey responses."""

    name = "limesurvey"
    title = "LimeSurvey"
    looks_for = "LimeSurvey's own fields (id, submitdate, lastpage, startlanguage), as codes or texts"

    def is_header(self, cells: list[str]) -> bool:
        """At least two of LimeSurvey's own fields, the submit date or the last page among them."""
        own = {META.get(_own_name(cell)) for cell in cells[:OWN_FIELDS]}
        return (
            bool(own & {"submitdate", "lastpage"})
            and len(own & {"id", "submitdate", "lastpage", "startlanguage", "seed"}) >= 2
        )

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """The more of its own fields, the surer."""
        own = {META.get(_own_name(heading)) for heading in headings[:OWN_FIELDS]} - {None}
        return Recognition(
            min(0.98, 0.6 + 0.1 * len(own)), f"LimeSurvey's fields {', '.join(sorted(filter(None, own)))}"
        )

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Meta columns, timings and questions; the codebook's labels where there is one."""
        columns = columns_of([_own_heading(heading) for heading in headings], META, OWN_FIELDS)
        mark_row_index(columns, frame)
        style = describe(columns, headings)
        notes = [f"headings: {style}"]
        book, notes_of_it = _codebook(columns, file, manifest)
        notes += notes_of_it
        if book is not None:
            _apply(book, columns)
        own = metas(columns)
        plan = Plan(columns, frame, _responses(frame, own, columns), notes, codebook=book.name if book else "")
        if "seed" in own:
            plan.notes.append("dropped on load as useless: the random seed")
        return plan

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `survey:` part; a structure file beside the responses is named as a file of the delivery."""
        known = result.facts_as(SurveyFacts).codebook
        books = [book for book in structure.beside(file, None) if book.name == known]
        files = [{"name": file.name, "sha256": file.sha256}]
        files += [{"name": book.name, "sha256": book.sha256, "format": structure.READER.name} for book in books]
        return {**super().scaffold(file, result), **({"files": files} if books else {})}


def _own_name(heading: str) -> str:
    return normal(_own_heading(heading))


def _own_heading(heading: str) -> str:
    """'submitdate. Date submitted' → 'submitdate'; every other heading as it is."""
    match = CODE_AND_TEXT.fullmatch(heading)
    return match[1] if match and normal(match[1]) in META | dict.fromkeys(("ipaddr", "refurl", "token")) else heading


def _codebook(
    columns: list[Column], file: RawFile, manifest: Manifest | None
) -> tuple[structure.Codebook | None, list[str]]:
    """The structure that knows most of the file's questions, and which it was."""
    best, most = None, 0
    for found in structure.beside(file, manifest):
        book = structure.parse(found)
        asked = {(column.question, column.question_text) for column in columns if column.role == "answer"}
        known = sum(book.find(*pair) is not None for pair in asked)
        if known > most:
            best, most = book, known
    if best is None:
        return None, []
    return best, [f"codebook {best.name} ({best.language}) explains {most} of its questions"]


def _apply(book: structure.Codebook, columns: list[Column]) -> None:
    for column in columns:
        known = book.find(column.question, column.question_text) if column.role == "answer" else None
        if known is None:
            continue
        column.question, column.question_text = known.code, known.text or column.question_text
        column.asked_if = known.asked_if
        if column.is_other:
            continue
        _apply_part(known, column)
        column.labels = known.answers
        column.declared = known.question_type
        if known.letter in "MP":
            column.marks = {"Y": MARKED, "N": NOT_MARKED, "1": MARKED, "0": NOT_MARKED, "Yes": MARKED, "No": NOT_MARKED,
                            "Ja": MARKED, "Nein": NOT_MARKED}  # fmt: skip
            column.labels = {}


def _apply_part(known: structure.CodebookQuestion, column: Column) -> None:
    """The part's label by its code, or its code by its text; in two-way arrays 'row_column'."""
    if column.subquestion in known.subquestions:
        column.subquestion_text = known.subquestions[column.subquestion]
        return
    by_text = {normal(text): code for code, text in known.subquestions.items()}
    if code := by_text.get(normal(column.subquestion_text)):
        column.subquestion, column.subquestion_text = code, known.subquestions[code]
        return
    pair = [known.subquestions.get(part) for part in column.subquestion.split("_")]
    if len(pair) == 2 and all(pair):
        column.subquestion_text = " · ".join(filter(None, pair))


def _responses(frame: pl.DataFrame, own: dict[str, str], columns: list[Column]) -> pl.DataFrame:
    submitted = cells(frame, own.get("submitdate"))
    started = cells(frame, own.get("startdate"))
    times = moments(submitted)
    unrecorded = submitted.str.contains(NEVER_RECORDED, literal=True) | submitted.str.contains(r"^0?1\.0?1\.(?:19)?80")
    status, reason = _status(frame, own, submitted, unrecorded.fill_null(False))
    begun = moments(started)
    total = next(
        (
            column.name
            for column in columns
            if column.role == "timing"
            and normal(column.heading).startswith(("interviewtime", "totaltime", "gesamtzeit"))
        ),
        None,
    )
    known = times.set(unrecorded.fill_null(False), None)
    seconds = cells(frame, total).cast(pl.Float64, strict=False).round().cast(pl.Int64)
    return responses(
        frame,
        tool_id=cells(frame, own.get("id")).str.replace(r"\.0$", ""),
        status=status,
        status_reason=reason,
        started_at=iso(started),
        submitted_at=iso(submitted).set(unrecorded.fill_null(False), None),
        duration_seconds=seconds.fill_null((known - begun).dt.total_seconds()),
        last_page=cells(frame, own.get("lastpage")).str.replace(r"\.0$", ""),
        language=cells(frame, own.get("startlanguage")),
        identity=cells(frame, own.get("startdate") or own.get("seed")),
    )


def _status(
    frame: pl.DataFrame, own: dict[str, str], submitted: pl.Series, unrecorded: pl.Series
) -> tuple[pl.Series, pl.Series]:
    if "submitdate" in own:
        done = submitted.is_not_null()
        evidence = pl.Series(["submitdate is filled"] * frame.height, dtype=pl.String)
        evidence = evidence.set(unrecorded, "submitdate is 1980-01-01: completed, time not recorded")
        open_reason = "submitdate is empty"
    elif "completed" in own:
        done = cells(frame, own["completed"]).str.to_lowercase().is_in(["y", "yes", "ja", "1"]).fill_null(False)
        evidence, open_reason = pl.Series(["completed says so"] * frame.height), "completed says no"
    else:
        page = cells(frame, own.get("lastpage")).cast(pl.Float64, strict=False)
        done = (page == page.max()).fill_null(False)
        evidence, open_reason = (
            pl.Series(["no submitdate in the file; the last page was reached"] * frame.height),
            "no submitdate in the file; the last page was not reached",
        )
    table = pl.DataFrame({"done": done, "told": evidence})
    status = table.select(pl.when("done").then(pl.lit("completed")).otherwise(pl.lit("incomplete"))).to_series()
    return status, table.select(pl.when("done").then("told").otherwise(pl.lit(open_reason))).to_series()


READER = LimeSurvey()
