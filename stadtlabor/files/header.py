"""The first line of a text that is a table's header, whichever delimiter it stands between."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from stadtlabor.files import delimited, quoting

# A header stands in the first lines or nowhere.
HEADER_LINES = 30
OTHERWISE = "the header's names stand between it"


def clean(name: str) -> str:
    """A heading without line breaks, hard spaces or blanks around it; damaged bytes as '?'."""
    return " ".join(name.split()).encode("utf-8", "replace").decode("utf-8")


def find_header(head: str, is_header: Callable[[list[str]], bool]) -> tuple[str, str, delimited.Record] | None:
    """Delimiter, why it is that, and the first record of a text's beginning that `is_header`; None where none is."""
    for delimiter, reason, record, cells in _first_records(head):
        if is_header(list(cells)):
            return delimiter, reason, record
    return None


@lru_cache(maxsize=4)
def _first_records(head: str) -> list[tuple[str, str, delimited.Record, list[str]]]:
    """The records a header may be, by the likeliest delimiter first; every reader asks for those of the same file.

    What reads the same between two delimiters stands once.
    """
    lines = delimited.split_lines(head)
    sniffed, reason = delimited.sniff(lines[:200])
    different: dict[tuple[str, ...], tuple[str, str, delimited.Record, list[str]]] = {}
    for one in _records_of_each(lines, sniffed, reason):
        different.setdefault(tuple(one[3]), one)
    return list(different.values())


def _records_of_each(
    lines: Sequence[str], sniffed: str, reason: str
) -> Iterator[tuple[str, str, delimited.Record, list[str]]]:
    return (
        (delimiter, reason if delimiter == sniffed else OTHERWISE, record, [clean(field) for field in record.fields])
        for delimiter in dict.fromkeys((sniffed, *delimited.DELIMITERS))
        for found in islice(delimited.records(lines, delimiter), HEADER_LINES)
        for record in (_unquoted(found, lines, delimiter),)
    )


def _unquoted(record: delimited.Record, lines: Sequence[str], delimiter: str) -> delimited.Record:
    """A line that lost a quotation mark split by its delimiters alone: a heading has none within."""
    line = lines[record.line - 1]
    if record.span > 1 or quoting.is_well_formed(line, delimiter):
        return record
    return record._replace(fields=[field.strip().strip('"') for field in line.split(delimiter)])
