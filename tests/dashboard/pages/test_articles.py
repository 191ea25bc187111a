"""Pages as their blocks: what each says, shows and lets choose, whoever draws it."""

import pytest

from dashboard import texts
from dashboard.article import arrangement, blocks
from dashboard.article.choices import Choice
from dashboard.article.sitemap import ADDRESSES
from dashboard.article.subject_blocks import Town
from dashboard.pages import VIEWS
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.words.numbers import Numbers
from tests.dashboard.samples import sample, whole_sample

MACHINE = ("None", "NaN", "null", "Traceback", "-->", "{count}")


@pytest.fixture
def article(warehouse):
    """The blocks of a page of a release with something of everything: `article("structure", thema="housing")`."""
    sample.write_release(warehouse, **whole_sample.tables())

    def made(name, language="de", **address):
        visit = Visit(language, "light", texts.of(language), Numbers(language), store.current()).beside(address)
        return list(arrangement.every(VIEWS[name](visit)))

    return made


def choices(found):
    return {one.name: one for one in found if isinstance(one, Choice)}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_page_opens_with_its_title_and_says_nothing_of_the_machine(article, language):
    for name in ADDRESSES:
        found = article(name, language)

        first = next(one for one in found if isinstance(one, blocks.Intro))
        assert first.title == texts.of(language).group("pages")[name]
        said = "\n".join(one.text for one in found)
        assert [word for word in MACHINE if word in said] == [], name


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_whatever_is_shown_has_words_and_every_link_leads_to_a_page(article, language):
    for name in ADDRESSES:
        for one in article(name, language):
            assert one.text or isinstance(one, blocks.About | blocks.Notes | blocks.Links | blocks.Facts), one
            if isinstance(one, blocks.Table):
                assert {len(row) for row in one.rows} <= {len(one.columns)}, one.caption
            cells = [cell for row in getattr(one, "rows", ()) for cell in row]
            links = [*getattr(one, "links", ()), *([one.link] if isinstance(one, blocks.Way) else []), *cells]
            assert {link.page for link in links if isinstance(link, blocks.Link)} <= set(ADDRESSES)


@pytest.mark.parametrize("name", ["overview", "towns", "surveys", "coworking", "events", "structure", "benchmark"])
def test_charts_fit_the_schema_and_have_a_text_alternative_and_a_key_of_their_own(article, name):
    charts = [one for one in article(name) if isinstance(one, blocks.Chart)]

    assert charts
    assert all(len(one.alt) > 20 for one in charts)
    assert len({one.key for one in charts}) == len(charts)
    for one in charts:
        one.drawn.chart.to_dict()  # checks it, which is not done for each reader


def test_towns_stand_in_alphabetical_order_not_in_that_of_the_file(article):
    towns = [one.name for one in article("overview") if isinstance(one, Town)]

    # The sample has a town more.
    assert [one for one in towns if one in sample.NAMES.values()] == [sample.NAMES[town] for town in sample.ORDER]
    assert towns == sorted(towns)


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ({"indikator": "housing__vacancy", "stadt": "moelln"}, ["housing", "housing__vacancy", "moelln"]),
        ({"indikator": "<script>alert(1)</script>"}, ["housing", "housing__rent", ""]),
        ({"indikator": "commuting__balance", "stadt": "nirgends"}, ["housing", "housing__rent", ""]),
    ],
)
def test_the_selection_chooses_and_what_is_not_known_is_the_first(article, address, chosen):
    found = choices(article("structure", thema="housing", **address))

    assert [found[name].value for name in ("thema", "indikator", "stadt")] == chosen
    assert found["stadt"].written == chosen[2]


def test_an_own_selection_keeps_its_order_and_a_new_one_comes_last(article):
    (housing,) = [
        one
        for one in article("benchmark", thema="eigene", kennzahlen="housing__vacancy,commuting__out_share")
        if isinstance(one, Choice) and one.key == "pick-kennzahlen-housing"
    ]

    assert housing.written == "housing__vacancy,commuting__out_share"
    assert housing.text_of(["housing__vacancy", "housing__rent"]) == (
        "housing__vacancy,commuting__out_share,housing__rent"
    )
    assert housing.text_of([]) == "commuting__out_share"


def test_an_option_says_what_else_it_changes(article):
    planner = next(one for one in article("coworking", raum="wi-space") if getattr(one, "name", "") == "je")
    theme = choices(article("benchmark"))["thema"]

    assert set(planner.also) == set(planner.options)
    assert all(set(changed) == {"preis"} for changed in planner.also.values())
    assert theme.also["housing"] == {"kennzahlen": ""}
    assert "eigene" not in theme.also
