"""A page as a report to take away: a document, slides, a workbook."""

from collections.abc import Mapping

from dashboard.article.subject_blocks import Report
from dashboard.parts.visit import Visit

FOLDER = "bericht"  # in the address of the files
PAGES = ("benchmark", "towns", "surveys")
FORMS = ("pdf", "pptx", "xlsx")


def offered(page: str, visit: Visit, has_slides: bool = True) -> Report:
    """The page as a report in each of its forms, with what is selected on it."""
    say, words = visit.say, visit.say.group("report_forms")
    endings: Mapping[str, str] = {ending: words[ending] for ending in FORMS if has_slides or ending != "pptx"}
    return Report(
        say.report_heading, FOLDER, page, endings,
        what=say.report_what, making=say.report_making, done=say.report_done, failed=say.report_failed,
    )  # fmt: skip
