"""A record that could not become a landing row, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reject:
    """A record that could not become a landing row.

    `reason` is a code of `stadtlabor.dictionary.reasons`; `raw` is the record as delivered, cut to 500 characters.
    """

    table: str
    line: int
    column: str
    reason: str
    detail: str = ""
    raw: str = ""
