"""`journal:` in a `source.yml`: where the entries of a lab journal come from, where they do not say so themselves."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from stadtlabor.base.strict import STRICT

Origin = Literal["report", "synthetic", "delivered"]


class Journal(BaseModel):
    """What holds for every entry of the delivery that says nothing else.

    `source` names the document or meeting the entries come from; `origin` is report, synthetic or delivered (left out:
    synthetic for a sample delivery, else delivered).
    """

    model_config = STRICT

    source: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    origin: Origin | None = None
