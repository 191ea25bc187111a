"""One module per survey tool: responses in the true form of its export, and its names for everything."""

from collections.abc import Mapping
from typing import Protocol

from stadtlabor.samples.dice import Dice
from stadtlabor.samples.questionnaire import Questionnaire, Response
from stadtlabor.samples.surveys.names import Names


class Tool(Protocol):
    """What each module of this package offers as `TOOL`."""

    @property
    def format(self) -> str:
        """The reader's name for the export."""
        ...

    def names(self, form: Questionnaire) -> Names:
        """The tool's own codes or texts for questions, items and answers."""
        ...

    def files(self, form: Questionnaire, responses: list[Response], dice: Dice) -> dict[str, bytes]:
        """File name → content of the export, damaged records and all."""
        ...


def tools() -> Mapping[str, Tool]:
    """Every tool by the name questionnaires call it."""
    from stadtlabor.samples.surveys import as_google_forms, as_limesurvey, as_nextcloud_forms, as_qualtrics, as_sosci

    return {
        "limesurvey": as_limesurvey.TOOL,
        "google_sheet": as_google_forms.SHEET,
        "google_form": as_google_forms.FORM,
        "nextcloud_forms": as_nextcloud_forms.TOOL,
        "sosci": as_sosci.TOOL,
        "qualtrics": as_qualtrics.TOOL,
    }
