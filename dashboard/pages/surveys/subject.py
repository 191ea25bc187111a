"""What surveys offer to the pages on all subjects."""

from collections.abc import Iterator
from typing import Any

from dashboard.pages.surveys import survey_compare, survey_files, survey_story
from dashboard.parts import subjects
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.release.share_differences import differences
from dashboard.texts import Texts
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator


class Surveys(subjects.Subject):
    """What the towns asked; one value a survey."""

    files = survey_files.MAKERS
    find = staticmethod(survey_story.find)
    portray = staticmethod(survey_story.portray)

    def owns(self, theme: str) -> bool:
        """All themes that the dictionary of questions has."""
        return theme.startswith("survey_")

    def is_compared(self, theme: str) -> bool:
        """How surveys were made is no measure of a town."""
        return theme != queries.QUALITY

    def place(self, indicator: Indicator) -> tuple[str, dict[str, str]]:
        """The question side by side; what says how the surveys were made stands beneath them all."""
        if indicator.theme == queries.QUALITY:
            return "surveys", {}
        return "surveys", {"thema": indicator.theme, "frage": indicator.indicator_id}

    def picture(self, indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
        """All respondents, a row for each survey."""
        return survey_compare.picture(indicator, visit, "total", "", highlighted)

    def values(self, indicator: Indicator, visit: Visit) -> Iterator[dict[str, Any]]:
        """A value for each survey, who was asked."""
        values = queries.values(visit.release, indicator.indicator_id)
        called = survey_words.called(values, visit.language)
        for row in values.iter_rows(named=True):
            yield {**row, "who": called[row["survey_id"]][1]}

    def missing(self, indicator: Indicator, visit: Visit) -> dict[str, list[str]]:
        """Which towns did not ask, and why a survey has no value."""
        notes = survey_words.called(queries.surveys(visit.release), visit.language)
        words = visit.say.group("survey_reasons")
        found: dict[str, list[str]] = {}
        for row in queries.not_asked(visit.release, indicator.indicator_id).iter_rows(named=True):
            who = f"{notes[row['survey_id']][1]}: " if row["survey_id"] else ""
            reason = words[row["reason"]]
            text = f"{who}{reason}." if who else f"{reason[0].upper()}{reason[1:]}."
            found.setdefault(row["town_id"], []).append(text)
        return found

    def remarks(self, indicator: Indicator, visit: Visit) -> list[str]:
        """That there is no band, and which surveys cannot be told apart."""
        pairs = differences(visit.release, indicator.indicator_id, "total", None)
        values = queries.values(visit.release, indicator.indicator_id)
        return [visit.say.benchmark_no_band, *survey_words.pair_words(pairs, values, visit.language)]

    def base_heading(self, say: Texts) -> str:
        """Those who answered."""
        return say.column_base
