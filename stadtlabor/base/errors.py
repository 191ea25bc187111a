"""What the user is told when something delivered cannot be used."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

# Why a delivery as a whole cannot be read; the words for each are in `dictionary.reasons`.
Rule = Literal[
    "unusable",
    "manifest",
    "file_missing",
    "format_unknown",
    "damaged",
    "too_large",
    "no_header",
    "no_record",
    "column_missing",
    "column_ambiguous",
    "not_in_file",
    "day_or_month",
    "breakdown",
    "not_computable",
]


@dataclass
class DeliveryError(Exception):
    """A delivery, manifest or file that cannot be used as a whole.

    Says where (file, line, column or field), what is wrong and what to do; the command line
    prints it as it is and never as a traceback. All of these may quote what was delivered, so none is
    ever published: what a reader of the release is told is made of `rule` by `stadtlabor.intake.published_form`.
    """

    what: str
    file: str = ""
    line: int | None = None
    column: str | None = None
    remedy: str = ""
    rule: Rule = "unusable"

    def __str__(self) -> str:
        """One line: place, fault, remedy."""
        place = self.file
        if self.line is not None:
            place += f", line {self.line}" if place else f"line {self.line}"
        if self.column is not None:
            place += f", {self.column}" if place else self.column
        text = f"{place}: {self.what}" if place else self.what
        return f"{text.rstrip('.')}. {self.remedy}".strip() if self.remedy else text


@dataclass
class BreakdownError(DeliveryError):
    """A reader, a check or the gate broke down over a delivery, which no code foresaw.

    `cause` is the exception's class. Its message may hold what was delivered: that stands in `trace` alone,
    the traceback, which is kept privately and never shown.
    """

    rule: Rule = "breakdown"
    cause: str = ""
    trace: str = ""


@contextmanager
def faults_of(file: str = "") -> Iterator[None]:
    """Make whatever goes wrong inside a DeliveryError, and name `file` where the fault names none.

    A panic of a library written in Rust is no Exception, and is caught all the same; a wish to stop is let through.
    """
    try:
        yield
        return
    except DeliveryError as fault:
        fault.file = fault.file or file
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        broken = BreakdownError(
            f"the program broke down over it ({type(error).__name__})",
            file,
            remedy="Check the file with `stadtlabor inspect`, and report the fault.",
            cause=type(error).__name__,
            trace="".join(traceback.format_exception(error)),
        )
    # Raised out here it does not hold on to what the failed work held in memory.
    raise broken


class BuildError(Exception):
    """A build step that failed; the message says what, where and what to do."""
