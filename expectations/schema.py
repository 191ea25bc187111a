"""The fields of a suite file.

Per landing table a suite lists expectations:

    id           code of the fault, as it stands in quarantine
    type         a Great Expectations expectation on pandas, e.g. ExpectColumnValuesToMatchRegex
    kwargs       its arguments, on columns of `stadtlabor.readers.landing_tables` or of `expectations.derived.derive`
    severity     row: failing rows go to quarantine; delivery: the delivery is refused
    description  what is expected, as the quality page says it (de, en)
    reason       what is wrong where it fails (de, en)
    remedy       what to do about it (de, en); asked for where the severity is delivery
    each_column  instead of kwargs.column: the same expectation for each of these columns
    only_formats only for deliveries of which every file has one of these formats
    names        the column to show in quarantine, where the tested one is derived
    hint         a function of `expectations.remedies` that adds a guess to the detail

A text of the form "{{ name }}" (quoted, since YAML reads bare braces as a map) is a placeholder, filled with what the
network has: `expectations.suites.context_values` lists them. Deliveries of a kind are checked together; what is a
delivery's own stands in columns beside its rows, and an expectation on those of its period (`derive.PERIOD`) is skipped
where the manifest gives none.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,62}$")]


class Strict(BaseModel):
    """A part of a suite; a misspelt key is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Words(Strict):
    """One text in the dashboard's two languages."""

    de: Text
    en: Text


class Rule(Strict):
    """A check in words: what is expected, and what is wrong where it fails."""

    id: Code
    description: Words
    reason: Words


class DeliveryRule(Rule):
    """A check of the delivery as a whole; its failure is a refusal and needs a way out."""

    remedy: Words


class ShareRule(DeliveryRule):
    """Refuses a delivery of which more than `largest_share` (0 to 1) went to quarantine.

    Rows with a reason of `not_counting` are left out of the share: in order, and of another period or nobody's.
    """

    largest_share: Annotated[float, Field(ge=0, le=1)]
    not_counting: list[Code] = []


class Expectation(Rule):
    """One expectation on one landing table; see this module's docstring for the fields."""

    type: Text
    kwargs: dict[str, Any] = {}
    severity: Literal["row", "delivery"]
    remedy: Words | None = None
    each_column: list[str] | None = None
    only_formats: list[str] | None = None
    names: str | None = None
    hint: Literal["nearest_town"] | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Expectation":
        if self.severity == "delivery" and self.remedy is None:
            raise ValueError("an expectation with severity 'delivery' needs a 'remedy'")
        if self.each_column is not None and "column" in self.kwargs:
            raise ValueError("give either 'each_column' or kwargs 'column', not both")
        if self.severity == "row" and "mostly" in self.kwargs:
            raise ValueError("'mostly' is for severity 'delivery'; a failing row goes to quarantine in any case")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column the expectation looks at."""
        named = [self.kwargs[key] for key in ("column", "column_A", "column_B") if key in self.kwargs]
        return [*named, *self.kwargs.get("column_list", []), *(self.each_column or [])]


class DeliveryRules(Strict):
    """What is asked of a delivery as a whole, beside the expectations on its tables."""

    records_readable: Rule
    share: ShareRule
    refused: Rule


class SuiteFile(Strict):
    """The content of one suite file."""

    kind: str
    delivery: DeliveryRules
    tables: dict[str, list[Expectation]]
