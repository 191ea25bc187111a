"""Rows into the text of a file, and the faults that happen to whole records on their way."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.questionnaire import Defect, Questionnaire, Response

LOST_FIELDS = 4


def damaged(form: Questionnaire, rows: list[list[str]], responses: Sequence[Response], dice: Dice) -> list[list[str]]:
    """`rows` (one per response, in order) with the questionnaire's record defects put in."""
    whole = [index for index, one in enumerate(responses) if one.is_completed and not one.is_pretest]
    made = [list(row) for row in rows]
    # From the end, so that a repeated record does not move those still to come.
    spots = sorted((whole.pop(dice.below(len(whole))) for _ in _of_records(form)), reverse=True)
    for defect, index in zip(_of_records(form), spots, strict=True):
        if defect.kind == "repeated_record":
            made.append(list(made[index]))
        elif defect.surplus:
            made[index].insert(len(made[index]) // 2, "und so weiter")
        else:
            del made[index][-LOST_FIELDS:]
    return made


def _of_records(form: Questionnaire) -> list[Defect]:
    return [defect for defect in form.defects if defect.kind in ("ragged_record", "repeated_record")]


def delimited(rows: Sequence[Sequence[str]], delimiter: str, end: str, quote_all: bool) -> str:
    """Rows as delimited text."""
    text = io.StringIO()
    dialect: dict[str, Any] = {"delimiter": delimiter, "lineterminator": end}
    csv.writer(text, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, **dialect).writerows(rows)
    return text.getvalue()
