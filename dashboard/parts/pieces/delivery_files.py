"""The files of a delivery as a table, and what a check that was passed is called."""

from collections.abc import Iterator

from dashboard.article.blocks import Column, Table
from dashboard.parts.visit import Visit

PASSED = "pass"  # dbt's own word in model_checks


def show_files(delivery_id: str, visit: Visit, about: str = "") -> Iterator[Table]:
    """The files of a delivery: rows, encoding, size and fingerprint, as far as they are told.

    `about` names the delivery where there are several.
    """
    say = visit.say
    rows = [
        [
            one["file"],
            visit.numbers.decimal(one["rows"]) if one["rows"] is not None else "–",
            one["encoding"] or "",
            _size(one["bytes"], visit),
            one["sha256"] or "–",
        ]
        for one in visit.release.files_of(delivery_id).iter_rows(named=True)
    ]
    columns = [Column(say.column_file), Column(say.column_rows, True), Column(say.column_encoding)]
    columns += [Column(say.column_size, True), Column(say.column_fingerprint, is_code=True)]
    if rows:
        caption = say.delivery_files_of.format(title=about) if about else say.delivery_files
        yield Table(caption, columns, rows)


def _size(count: int | None, visit: Visit) -> str:
    return "–" if count is None else visit.say.size_kilobytes.format(size=visit.numbers.decimal(count / 1000, 1))
