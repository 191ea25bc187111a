"""Page: help, in the words of a town hall; the question that was asked for comes first."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Facts, Heading, Intro, Paragraph, way
from dashboard.parts.visit import Visit
from dashboard.words.numbers import NOT_DELIVERED


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say = visit.say
    named = {NOT_DELIVERED: say.group("signs")[NOT_DELIVERED]}
    topics, answers = say.group("help_topics"), say.group("help_answers")
    yield Intro(say.group("pages")["help"], say.help_answers_what, "")
    asked = visit.chosen("frage")
    for name in sorted(topics, key=lambda one: one != asked):
        yield Heading(topics[name])
        for words in answers[name].split("\n\n"):
            yield Paragraph(words)
        if name == "gaps":
            yield Facts({named.get(sign, sign): words for sign, words in say.group("help_signs").items()})
        if name == "source":
            yield way(say.help_to_passport, "passport")
