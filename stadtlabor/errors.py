"""What the user is told when something delivered cannot be used."""

from dataclasses import dataclass

from stadtlabor.reasons import Rule


@dataclass
class DeliveryError(Exception):
    """A delivery, manifest or file that cannot be used as a whole.

    Says where (file, line, column or field), what is wrong and what to do; the command line
    prints it as it is and never as a traceback. All of these may quote what was delivered, so none is
    ever published: what a reader of the release is told is made of `rule` by `stadtlabor.published`.
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


class BuildError(Exception):
    """A build step that failed; the message says what, where and what to do."""
