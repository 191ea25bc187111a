"""Page: the declaration of accessibility, honest about what is left."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Bullets, Heading, Intro, Paragraph
from dashboard.parts.visit import Visit


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say = visit.say
    yield Intro(say.group("pages")["accessibility"], say.accessibility_answers, say.accessibility_date)
    headings, words = say.group("accessibility_headings"), say.group("accessibility_words")
    for name, heading in headings.items():
        yield Heading(heading)
        lines = words[name].split("\n\n")
        if len(lines) > 1:
            yield Bullets(lines)
        else:
            yield Paragraph(lines[0])
