"""What the user is told when something delivered cannot be used."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any, Literal

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
    "out_of_bounds",
]
# Exceptions that mean that the memory did not suffice: Python's and DuckDB's.
NO_MEMORY = frozenset({"MemoryError", "OutOfMemoryException"})


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

    def __reduce__(self) -> tuple[Any, ...]:
        """How it gets from one process to another: an exception would take along only what stands without a name."""
        return type(self), tuple(getattr(self, one.name) for one in fields(self))


@dataclass
class BreakdownError(DeliveryError):
    """A reader, a check or the gate broke down over a delivery, which no code foresaw.

    `cause` is the exception's class. Its message may hold what was delivered: that stands in `trace` alone,
    the traceback, which is kept privately and never shown.
    """

    rule: Rule = "breakdown"
    cause: str = ""
    trace: str = ""

    def exceed(self, what: str) -> None:
        """Make it one that went beyond the bounds of a delivery."""
        self.rule, self.what = "out_of_bounds", f"reading it takes {what}"
        self.remedy = (
            "Deliver it in parts or as a CSV file; where it has to be as it is, raise 'bounds' in source.yml "
            "(memory_mb, seconds)."
        )


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
        if broken.cause in NO_MEMORY:
            broken.exceed(f"more memory than there is for it ({broken.cause})")
    # Raised out here it does not hold on to what the failed work held in memory.
    raise broken


class BuildError(Exception):
    """A build step that failed; the message says what, where and what to do."""
