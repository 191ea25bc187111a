"""Page: the declaration of accessibility, honest about what is left."""

from dashboard import parts
from dashboard.parts.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say = visit.say
    parts.intro(say.group("pages")["accessibility"], say.accessibility_answers, say.accessibility_date)
    headings, words = say.group("accessibility_headings"), say.group("accessibility_words")
    for name, heading in headings.items():
        parts.heading(heading)
        lines = words[name].split("\n\n")
        if len(lines) > 1:
            parts.bullets(lines)
        else:
            parts.paragraph(lines[0])
