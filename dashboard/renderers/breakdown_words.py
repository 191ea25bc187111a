"""The words for what a value of `indicator_values` is broken down by, where the release has any."""

import re
from dataclasses import dataclass

from dashboard import texts
from dashboard.release.snapshot import Release

# Two breakdowns at once: their values stand before and behind the stroke.
TWO = re.compile(r"(format)_(month|target_group)")
# An answer or a row of a question is one of the indicator's own concept; others are answers to the question named.
OWN = ("answer", "item")


@dataclass(frozen=True)
class BreakdownWords:
    """The words of one language, by breakdown (of surveys by concept and kind) and code."""

    say: texts.Texts
    labels: dict[tuple[str, str, str], str]
    others: dict[tuple[str, str], str]
    concepts: dict[str, str]

    def breakdown(self, name: str) -> str:
        """What a breakdown is called; its own name where it has no words."""
        if found := TWO.fullmatch(name):
            return " / ".join(self.breakdown(part) for part in found.groups())
        return self.say.group("workbook_breakdowns").get(name) or self.labels.get((name, "concept", ""), name)

    def group(self, indicator_id: str, breakdown: str, value: str | None) -> str:
        """What a breakdown's value is called; the value itself where it has no words, empty where there is none."""
        if value is None:
            return ""
        if found := TWO.fullmatch(breakdown):
            parts = zip(found.groups(), value.split("/", 1), strict=False)
            return " / ".join(self.group(indicator_id, *part) for part in parts)
        concept, kind = (self.concepts.get(indicator_id, ""), breakdown) if breakdown in OWN else (breakdown, "answer")
        return self.labels.get((concept, kind, value)) or self.others.get((breakdown, value), value)


def breakdown_words(release: Release, language: str) -> BreakdownWords:
    """The words of a release in a language ("de" or "en")."""
    tables, label = release.tables, f"label_{language}"
    # The answers as they were asked (level "") come last, so that their words count before those of coarser ones.
    labels = tables["survey_labels"].sort("level", descending=True).select("concept", "kind", "code", label).rows()
    groups = tables["event_groups"].select("family", "member", f"member_{language}").rows()
    labs = tables["labs"].select("lab_id", f"title_{language}").rows()
    surveys = tables["surveys"].select("survey_id", "title").rows()
    return BreakdownWords(
        say=texts.of(language),
        labels={(concept, kind, code): words for concept, kind, code, words in labels},
        others={
            **{(family, member): words for family, member, words in groups},
            **{("lab", one): words for one, words in labs},
            **{("survey", one): words for one, words in surveys},
        },
        concepts=dict(tables["indicator_catalogue"].select("indicator_id", "figures").rows()),
    )
