"""The search, an indicator's passport, help, guide and the declaration of accessibility."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import texts
from dashboard.article.sitemap import ADDRESSES, DATA, MAIN
from dashboard.pages.search import finding
from dashboard.parts.visit import Visit
from dashboard.words.numbers import Numbers
from tests.dashboard.conftest import words
from tests.dashboard.samples import event_sample, journal_sample, sample, survey_sample


@pytest.fixture
def everything(warehouse):
    sample.write_release(warehouse, **{**event_sample.tables(), **journal_sample.tables(), **survey_sample.tables()})
    return warehouse


@pytest.fixture
def ask(everything):
    """Searches as a reader in German; the titles found, by group."""
    from dashboard.release import store

    now = Visit("de", "light", texts.of("de"), Numbers("de"), store.current())
    return lambda question: finding.search(now, question)


def titles(found, group):
    return [entry.title for entry in found.by_group.get(group, [])]


@pytest.mark.parametrize("written", ["Mölln", "mölln", "MOELLN", "molln", "Moelln"])
def test_a_town_is_found_however_its_umlaut_is_written(ask, written):
    assert titles(ask(written), "towns") == ["Mölln"]


@pytest.mark.parametrize("written", ["Dießen", "diessen", "DIESSEN"])
def test_sharp_s_is_found_as_double_s(ask, written):
    assert titles(ask(written), "towns") == ["Dießen am Ammersee"]


def test_a_part_of_a_compound_is_enough(ask):
    assert "Auspendlerquote" in titles(ask("pendlerquo"), "indicators")
    assert "Leerstand von Wohnungen" in titles(ask("wohnung"), "indicators")


def test_every_word_must_stand_there(ask):
    assert titles(ask("pendler miete"), "indicators") == []


def test_a_town_beside_an_indicator_shows_its_value_and_highlights_it(ask):
    found = ask("Miete Moelln").by_group["indicators"]

    assert [entry.title for entry in found] == ["Nettokaltmiete"]
    assert found[0].line == "Mölln: 6,87\u202f€ je m² (15. Mai 2022)"
    assert found[0].selection == {"thema": "housing", "indikator": "housing__rent", "stadt": "moelln"}


def test_a_town_alone_is_not_every_indicator(ask):
    assert titles(ask("Mölln"), "indicators") == []


def test_a_misspelt_word_is_taken_for_the_nearest_and_said_so(ask):
    found = ask("Wittenbrege")

    assert titles(found, "towns") == ["Wittenberge"]
    assert found.read_as == {"wittenbrege": "Wittenberge"}


def test_what_is_spelt_right_is_never_read_as_something_else(ask):
    assert ask("Pendler").read_as == {}


def test_of_an_endless_question_only_the_beginning_is_looked_for(ask, monkeypatch):
    looked_for = []
    monkeypatch.setattr(finding, "_nearest", lambda asked, entries: looked_for.extend(asked) or {})

    ask(" ".join(f"w{number}" for number in range(8000)))
    ask("w" * 8000)

    assert len(looked_for) == finding.MOST_WORDS + 1
    assert max(map(len, looked_for)) == finding.MOST_CHARACTERS


def test_nothing_is_found_where_nothing_is_like_it(ask):
    found = ask("xyzzyq")

    assert found.count == 0
    assert found.read_as == {}


def test_what_is_in_the_title_comes_before_what_is_in_the_passport(ask):
    found = titles(ask("breitband"), "indicators")

    assert found[0] == "Breitband ab 1.000 Mbit/s"


def test_home_office_leads_to_the_gap_and_visits_to_the_events(ask):
    gap = next(one for one in ask("Homeoffice").by_group["pages"] if one.page == "surveys")
    assert gap.selection == {"ansicht": "gap"}
    assert "events" in [one.page for one in ask("Besucherzahlen").by_group["pages"]]


def test_lessons_events_and_statements_are_found(ask):
    assert "Äpfel mit QR-Code am Bahnsteig" in titles(ask("apfel"), "journal")
    assert "E-Sport zum Mitmachen" in titles(ask("e-sport"), "events")
    assert titles(ask("steuereinnahmen kopf"), "statements")


def test_groups_come_in_a_fixed_order(ask):
    found = list(ask("e").by_group)

    assert found == [name for name in finding.GROUPS if name in found]
    assert len(found) == len(finding.GROUPS)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_entry_leads_to_a_page_there_is_and_says_a_line(everything, language):
    from dashboard.release import store

    for entry in finding.index(store.current(), language):
        assert entry.page in ADDRESSES
        assert entry.title
        assert entry.line, entry
        assert len(entry.line) < 260


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_of_the_navigation_can_be_found(language):
    named = set(texts.of(language).group("search_pages"))
    assert named >= {*MAIN, *DATA}
    assert set(texts.of(language).group("search_words")) <= named
    assert set(texts.of(language).group("search_groups")) == set(finding.GROUPS)


def test_the_page_shows_groups_and_says_where_nothing_was_found(everything, open_page):
    assert texts.of("de").search_empty in words(open_page("search"))
    assert "Dazu findet sich nichts" in words(open_page("search", wort="xyzzyq"))
    said = words(open_page("search", wort="Auspentlerquote"))
    assert "„auspentlerquote“ kommt nicht vor" in said
    assert "<h2>Kennzahlen</h2>" in said


def test_what_is_searched_for_is_never_markup(everything, open_page):
    said = words(open_page("search", wort="<img src=x onerror=alert(1)>"))

    assert "<img" not in said


def test_more_results_than_are_shown_are_counted(everything, open_page):
    assert "weitere Treffer" in words(open_page("search", wort="e"))


def test_a_passport_leads_from_a_number_to_its_file_and_back(published, open_page):
    page = open_page("passport", kennzahl="commuting__out_share")
    said = words(page)

    assert "<h2>Auspendlerquote</h2>" in said
    assert "0f" * 32 in said
    assert "Bestandene Prüfungen dieser Lieferung: 1 von 1" in said
    assert "Gerechnet wird im Datenmodell commuting__out_share." in said
    assert "Bestandene Prüfungen der Berechnung: 1 von 1" in said
    assert "S28" in said
    assert "S24" not in said
    links = {link.proto.label for link in page.get("page_link")}
    assert {"Diese Kennzahl im Bild", "Zu den Aussagen des Berichts"} <= links


def test_what_was_not_asked_has_cases_not_answers(warehouse, open_page):
    value = sample.value("housing__vacancy", "moelln", "2022", 61.4, base_n=272)
    sample.write_release(warehouse, indicator_values=[value])

    said = words(open_page("passport", kennzahl="housing__vacancy"))

    assert texts.of("de").column_cases in said
    assert texts.of("de").column_base not in said


def test_a_passport_without_values_or_files_says_so(warehouse, open_page):
    sample.write_release(warehouse, indicator_values=[], peer_bands=[])

    said = words(open_page("passport", kennzahl="housing__rent"))

    assert texts.of("de").passport_no_values in said
    assert texts.of("de").passport_no_deliveries in said


@pytest.mark.parametrize(
    ("page", "chosen"),
    [
        ("structure", {"thema": "housing", "indikator": "housing__rent"}),
        ("surveys", {"thema": "survey_coworking", "frage": "coworking_interest_share"}),
        ("surveys", {"ansicht": "single", "befragung": "di-citizens", "block": "survey_coworking"}),
        ("overview", {}),
    ],
)
def test_every_chart_of_one_indicator_leads_to_its_passport(everything, open_page, page, chosen):
    shown = open_page(page, **chosen)

    assert texts.of("de").to_passport in _ways(shown)


def _ways(page: AppTest) -> list[str]:
    return re.findall(r'<a class="sl-page"[^>]*>([^<]*)</a>', words(page))


def test_every_chart_has_its_numbers_beneath_it(everything, open_page):
    page = open_page("structure", thema="housing", indikator="housing__rent")
    said = words(page)

    assert said.count("<details") == len(page.get("vega_lite_chart"))
    table = said.split("<details")[1].split("</details>")[0]
    assert "Mölln" in table
    assert "6,87" in table


def test_a_hidden_value_leads_to_why(published, open_page):
    assert texts.of("de").to_gaps in _ways(open_page("structure", thema="tourism", indikator="tourism__beds"))
    assert texts.of("de").to_gaps not in _ways(open_page("structure", thema="housing", indikator="housing__rent"))


def test_a_way_beneath_a_picture_takes_the_highlighted_town_along(published, open_page):
    said = words(open_page("structure", thema="housing", indikator="housing__rent", stadt="moelln"))

    assert 'href="./steckbrief?stadt=moelln&amp;kennzahl=housing__rent"' in said


def test_help_answers_first_what_was_asked(published, open_page):
    said = words(open_page("help", frage="gaps"))
    topics = texts.of("de").group("help_topics")

    assert said.index(topics["gaps"]) < said.index(topics["uncertainty"])
    assert "nicht geliefert" in said
    first = words(open_page("help"))
    assert first.index(topics["uncertainty"]) < first.index(topics["gaps"])


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_question_has_an_answer_and_every_heading_its_words(language):
    say = texts.of(language)

    assert list(say.group("help_topics")) == list(say.group("help_answers"))
    assert list(say.group("accessibility_headings")) == list(say.group("accessibility_words"))


def test_the_guide_stands_on_the_overview_alone(published, open_page):
    assert texts.of("de").guide_title in words(open_page("overview"))
    assert texts.of("de").guide_title not in words(open_page("structure"))


def test_every_page_leads_to_help_and_declaration(published, open_page):
    for name in ("overview", "structure", "accessibility"):
        labels = [link.proto.label for link in open_page(name).get("page_link")]
        assert "Hilfe" in labels
        assert "Erklärung zur Barrierefreiheit" in labels


def test_the_search_keeps_the_language(published, open_page):
    assert 'name="sprache" value="en"' in words(open_page("overview", sprache="en"))
