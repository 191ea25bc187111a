"""LimeSurvey's CSV (or sheet) of responses: headings as codes, codes with texts, or texts alone.

`submitdate` decides: filled is completed, empty is not; 1980-01-01 00:00:00 is LimeSurvey's word for
"completed, time not recorded" and never a date. A structure file (.lss) beside it is the codebook.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table, open_table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import SurveyFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.surveys.export import (
    SurveyExport,
    answered,
    cells,
    columns_of,
    mark_row_index,
    metas,
    responses,
)
from stadtlabor.readers.surveys.model import Column, Plan, normal, plain, split_brackets
from stadtlabor.readers.surveys.tools import limesurvey_codebook
from stadtlabor.readers.surveys.tools import limesurvey_structure as structure
from stadtlabor.readers.surveys.tools.limesurvey_headings import (
    BRACKETS,
    CODE_AND_TEXT,
    META,
    NUMBERS,
    OWN_NUMBERS,
    PERSONAL,
    describe,
)
from stadtlabor.values.local_times import iso, moments

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

    def is_ticked_off(self, cells: list[str]) -> bool:
        """The response's number in front of nothing but questions: people may choose which columns are exported."""
        names = [_own_name(cell) for cell in cells if cell]
        if len(names) < 2 or names[0] not in NUMBERS or len(set(names[1:3]) & META.keys()) == 2:
            return False
        with_parts = sum(bool(BRACKETS.fullmatch(cell)) for cell in cells)
        return names[0] in OWN_NUMBERS or with_parts >= 2

    def open(self, file: RawFile, head_only: bool = False, manifest: Manifest | None = None) -> Table | None:
        """The table below its own fields, else a number and questions, else headings that a structure explains.

        Where source.yml says that it is LimeSurvey's, the first line of headings.
        """
        tests: list[Callable[[list[str]], bool]] = [
            self.is_header,
            self.is_ticked_off,
            partial(_is_explained, structure.readable(file, manifest)),
        ]
        if manifest is not None:
            tests.append(lambda cells: sum(map(bool, cells)) >= 2)
        found = (open_table(file, "responses", test, head_only, all_sheets=True) for test in tests)
        return next((table for table in found if table is not None), None)

    def certainty(self, headings: list[str], records: list[list[str]]) -> Recognition | None:
        """The more of its own fields, the surer."""
        if not self.is_header(headings):
            return Recognition(0.62, "LimeSurvey's number of a response, or its structure file, and questions")
        own = {META.get(_own_name(heading)) for heading in headings[:OWN_FIELDS]} - {None}
        return Recognition(
            min(0.98, 0.6 + 0.1 * len(own)), f"LimeSurvey's fields {', '.join(sorted(filter(None, own)))}"
        )

    def plan(self, headings: list[str], frame: pl.DataFrame, file: RawFile, manifest: Manifest | None) -> Plan:
        """Meta columns, timings and questions; the codebook's labels where there is one."""
        columns = columns_of([_own_heading(heading) for heading in headings], META, OWN_FIELDS)
        for column in columns:
            if column.role == "answer" and column.index < OWN_FIELDS and normal(column.heading) in PERSONAL:
                column.role = "personal"
        mark_row_index(columns, frame)
        style = describe(columns, headings)
        notes = [f"headings: {style}"]
        book, notes_of_it = limesurvey_codebook.find(columns, file, manifest)
        notes += notes_of_it
        if book is not None:
            limesurvey_codebook.apply(book, columns)
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


def _is_explained(books: Sequence[structure.Codebook], cells: list[str]) -> bool:
    """Whether a structure file beside the responses knows most of some headings."""
    split = [split_brackets(plain(cell))[0] for cell in cells if cell and _own_name(cell) not in META]
    names = {CODE_AND_TEXT.sub(r"\1", stem).partition("[")[0]: stem for stem in split}
    known = [any(book.find(name, stem) for book in books) for name, stem in names.items()]
    return len(known) >= 2 and sum(known) * 3 >= len(known) * 2


def _own_name(heading: str) -> str:
    return normal(_own_heading(heading))


def _own_heading(heading: str) -> str:
    """'submitdate. Date submitted' → 'submitdate'; every other heading as it is."""
    match = CODE_AND_TEXT.fullmatch(heading)
    return match[1] if match and normal(match[1]) in META | dict.fromkeys(("ipaddr", "refurl", "token")) else heading


def _responses(frame: pl.DataFrame, own: dict[str, str], columns: list[Column]) -> pl.DataFrame:
    submitted = cells(frame, own.get("submitdate"))
    started = cells(frame, own.get("startdate"))
    times = moments(submitted)
    unrecorded = submitted.str.contains(NEVER_RECORDED, literal=True) | submitted.str.contains(r"^0?1\.0?1\.(?:19)?80")
    status, reason = _status(frame, own, submitted, unrecorded.fill_null(False), columns)
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
    frame: pl.DataFrame, own: dict[str, str], submitted: pl.Series, unrecorded: pl.Series, columns: Sequence[Column]
) -> tuple[pl.Series, pl.Series]:
    if "submitdate" in own:
        done = submitted.is_not_null()
        evidence = pl.Series(["submitdate is filled"] * frame.height, dtype=pl.String)
        evidence = evidence.set(unrecorded, "submitdate is 1980-01-01: completed, time not recorded")
        open_reason = "submitdate is empty"
    elif "completed" in own:
        done = cells(frame, own["completed"]).str.to_lowercase().is_in(["y", "yes", "ja", "1"]).fill_null(False)
        evidence, open_reason = pl.Series(["completed says so"] * frame.height), "completed says no"
    elif "lastpage" in own:
        page = cells(frame, own.get("lastpage")).cast(pl.Float64, strict=False)
        done = (page == page.max()).fill_null(False)
        evidence, open_reason = (
            pl.Series(["no submitdate in the file; the last page was reached"] * frame.height),
            "no submitdate in the file; the last page was not reached",
        )
    else:
        done = answered(frame, columns)
        evidence = pl.Series(["answered; the export does not say who finished"] * frame.height, dtype=pl.String)
        open_reason = "no question is answered"
    table = pl.DataFrame({"done": done, "told": evidence})
    status = table.select(pl.when("done").then(pl.lit("completed")).otherwise(pl.lit("incomplete"))).to_series()
    return status, table.select(pl.when("done").then("told").otherwise(pl.lit(open_reason))).to_series()


READER = LimeSurvey()
