"""What a manifest states of values: the days it speaks of, and how an export writes times."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from stadtlabor.base.strict import STRICT


class Period(BaseModel):
    """First and last day the delivery speaks of."""

    model_config = STRICT

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.last < self.first:
            raise ValueError(f"'to' ({self.last}) lies before 'from' ({self.first})")
        return self


class Times(BaseModel):
    """How the export writes times that carry no offset.

    `ambiguous`: which of the two hours is meant when clocks are set back. A time that does not exist (clocks set
    forward) always goes to quarantine. `end_day`: whether an end given as a day is that day's end (inclusive) or its
    beginning (exclusive, as iCalendar has it). `day_first`: how 03/04/2023 is meant, where the file does not tell.
    """

    model_config = STRICT

    rule: Literal["utc", "offset", "local"] | None = None
    ambiguous: Literal["earlier", "later", "quarantine"] = "earlier"
    end_day: Literal["inclusive", "exclusive"] | None = None
    day_first: bool | None = None
