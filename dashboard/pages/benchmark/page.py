"""Page: several indicators of all towns on their peers, to read and to present."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.article.arrangement import Columns, Group
from dashboard.article.blocks import Block, Count, Empty, Files, Intro, Paragraph
from dashboard.article.subject_blocks import Finding
from dashboard.pages.benchmark import presentation, selection
from dashboard.pages.benchmark.choice import NAME, several
from dashboard.parts import picture, subjects
from dashboard.parts.choosing import choose, choose_town
from dashboard.parts.pieces import report_files
from dashboard.parts.pieces.small_towns_beside import choose_beside
from dashboard.parts.visit import Visit


def show(visit: Visit) -> Iterator[Block]:
    """The page, or one screen of its presentation."""
    say, themes = visit.say, selection.by_theme(visit)
    choice, listed = visit.chosen("thema"), visit.chosen(NAME)
    if presentation.NAME in visit.selection:
        yield from presentation.show(selection.chosen(choice, listed, visit), visit)
        return
    yield Intro(
        say.group("pages")["benchmark"],
        say.benchmark_answers,
        say.benchmark_data.format(count=visit.release.towns().height),
    )
    if not themes:
        yield Empty(say.benchmark_empty)
        return

    names = {selection.ACROSS: say.benchmark_across, selection.OWN: say.benchmark_own, **say.group("themes")}
    options = [selection.ACROSS, *themes, selection.OWN]
    theme = choose(visit, say.benchmark_choice, options, "thema", lambda one: names.get(one, one))
    # Whoever chooses a theme leaves the own selection.
    theme = replace(theme, also={one: {NAME: ""} for one in options if one != selection.OWN})
    town = choose_town(visit)
    choice, highlighted = theme.value, town.value
    pair = Columns(([theme], [town]), (3, 2))
    yield Group((pair, several(themes, visit)) if choice == selection.OWN else (pair,), "sl-choices")
    yield from choose_beside(visit)

    indicators = selection.chosen(choice, listed, visit)
    yield Count(say.benchmark_count.format(count=len(indicators)))
    if not indicators:
        yield Empty(say.benchmark_nothing)
        return
    if len(themes.get(choice, [])) > selection.MOST:
        yield Paragraph(say.benchmark_most.format(most=selection.MOST, count=len(themes[choice])))
    yield presentation.start(visit)
    is_marked = False
    for indicator in indicators:
        subject = subjects.of(indicator.theme)
        shown = subject.picture(indicator, visit, highlighted or None)
        yield from picture.show(shown, visit, is_first=not is_marked)
        is_marked = is_marked or shown.is_synthetic
        for remark in subject.remarks(indicator, visit):
            yield Paragraph(remark)
        yield Finding(selection.sentences_of_towns(indicator, visit))
        yield picture.take_away(shown, visit, stadt=highlighted)

    ids = "~".join(one.indicator_id for one in indicators)
    endings = {"xlsx": say.download_excel, "csv": say.download_csv}
    yield Files(say.benchmark_files, "benchmark", ids, endings, level=2, what=say.benchmark_link)
    yield report_files.offered("benchmark", visit)
