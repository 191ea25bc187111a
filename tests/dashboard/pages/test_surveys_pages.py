"""The page of the surveys: its three views, what it says where something is hidden or missing, and its files."""

import pytest

from dashboard import texts
from tests.dashboard.conftest import gaps, words
from tests.dashboard.samples import sample, survey_sample

VIEWS = ("compare", "single", "gap")


@pytest.fixture
def surveyed(warehouse):
    sample.write_release(warehouse, **survey_sample.tables())
    return warehouse


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_each_view_opens_and_says_nothing_empty(surveyed, open_page, view, language):
    page = open_page("surveys", ansicht=view, sprache=language)

    said = words(page)
    assert not page.exception
    assert f"<h1>{texts.of(language).group('pages')['surveys']}</h1>" in said
    assert texts.of(language).made_heading in said
    assert gaps(page) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_survey_the_page_says_so(published, open_page, language):
    page = open_page("surveys", sprache=language)

    assert not page.exception
    assert texts.of(language).surveys_empty in words(page)
    assert texts.of(language).made_heading not in words(page)


def test_a_comparison_names_who_was_not_asked_and_what_cannot_be_told_apart(surveyed, open_page):
    said = words(open_page("surveys", thema="survey_coworking", frage="coworking_interest_share"))

    assert (
        "; Dießen am Ammersee und Wittenberge; "
        in said[said.index("Nicht unterscheidbar") : said.index("Unterscheidbar")]
    )
    assert "Mölln: keine Befragung" in said
    assert "Dießen am Ammersee: zwischen 37 und 48\u202f%, weil 325 Menschen geantwortet haben." in said


def test_groups_stand_beneath_their_survey(surveyed, open_page):
    page = open_page("surveys", thema="survey_coworking", frage="coworking_interest_share", gliederung="age_group")

    assert "Interesse nach Alter: von 40\u202f% (unter 45, Dießen am Ammersee)" in words(page)
    assert [box.label for box in page.selectbox] == ["Thema", "Frage", "Aufteilung", "Hervorheben"]


def test_one_answer_of_several_is_chosen_and_stands_in_the_address(surveyed, open_page):
    page = open_page("surveys", thema="survey_coworking", frage="wishes_share")

    page.selectbox[2].set_value("coffee").run()

    assert page.query_params["antwort"] == "coffee"
    assert "Wünsche – Kaffee" in words(page)
    assert texts.of("de").survey_multiple in words(page)
    assert texts.of("de").all_answers in words(page)


def test_prices_are_a_curve_with_the_hidden_ones_said(surveyed, open_page):
    said = words(open_page("surveys", thema="survey_coworking", frage="price_demand"))

    assert "fänden 12\u202f€ je Tag angemessen" in said
    assert texts.of("de").demand_hidden in said


def test_one_survey_shows_its_questions_by_theme(surveyed, open_page):
    page = open_page("surveys", ansicht="single", befragung="di-citizens")

    assert page.selectbox[1].options == [
        "Leben in der Stadt",
        "Arbeiten",
        "Wege zur Arbeit",
        "Co-Working",
    ]
    assert "Zufriedenheit: von 15,5\u202f% (Bus und Bahn) bis 83,5\u202f% (Natur)" in words(page)
    assert "333 von 371 Gefragten haben geantwortet" in words(page)


def test_a_number_says_its_median_and_its_middle_half(surveyed, open_page):
    said = words(open_page("surveys", ansicht="single", befragung="di-citizens", block="survey_commuting"))

    assert "Fahrzeit je Weg: in der Mitte 53,5 Minuten" in said
    assert "die mittlere Hälfte nennt 40 bis 60 Minuten" in said


def test_a_survey_that_is_hidden_whole_says_why(surveyed, open_page):
    page = open_page("surveys", ansicht="single", befragung="dw-again")

    assert not page.exception
    assert texts.of("de").single_hidden_all in words(page)


def test_a_hidden_question_does_not_hide_the_others(warehouse, open_page):
    hidden = {"survey_id": "di-citizens", "concept": "used_coworking", "item": "", "scale": "single", "sign": "."}
    questions = [*survey_sample.questions(), hidden | {"position": 4060}]
    sample.write_release(warehouse, **survey_sample.tables(survey_questions=questions))

    said = words(open_page("surveys", ansicht="single", befragung="di-citizens", block="survey_coworking"))

    assert texts.of("de").single_hidden_question in said
    assert "Wünsche: am häufigsten „schnelles Internet“" in said


def test_how_surveys_came_about_shows_weighting_and_why_not(warehouse, open_page):
    one, two, *rest = survey_sample.SURVEYS
    surveys = [
        survey_sample.survey(*one, weighting_state="weighted", n_eff=214.4),
        survey_sample.survey(*two, weighting_state="refused", weighting_reason_de="Eine Randklasse ist zu klein."),
        *(survey_sample.survey(*other, completion_rate=None) for other in rest),
    ]
    sample.write_release(warehouse, **survey_sample.tables(surveys=surveys))

    said = words(open_page("surveys"))

    assert "wirksame Fallzahl 214" in said
    assert "Gewichtung verworfen; Eine Randklasse ist zu klein" in said
    assert texts.of("de").made_rate_unknown in said
    assert "3 Probeläufe" in said


def test_sample_data_are_marked_at_every_picture(surveyed, open_page):
    said = words(open_page("surveys", ansicht="single", befragung="di-citizens", block="survey_work"))

    assert said.count(texts.of("de").sample_strip_here) == 1
    assert said.count('<p class="sl-tag">') == 1


def test_structure_and_portrait_know_nothing_of_surveys(surveyed, open_page):
    page = open_page("structure")

    assert not [one for one in page.selectbox[0].options if "Befrag" in one]
    assert "Anwesenheit nicht nötig" not in words(open_page("towns", stadt="wittenberge"))
    assert not open_page("overview").exception


@pytest.mark.parametrize(("found", "said"), [(0, "0 von 2.078 verborgenen Zellen"), (2, "6 von 2.078 verborgenen")])
def test_the_quality_page_says_what_the_attack_found(warehouse, open_page, found, said):
    attacks = ("small_counts", "linked_tables", "previous_release")
    audit = [survey_sample.audit(one, recoverable_cells=found) for one in attacks]
    sample.write_release(warehouse, **survey_sample.tables(disclosure_audit=audit))

    assert said in words(open_page("quality"))


def test_without_surveys_the_quality_page_claims_no_protection(published, open_page):
    assert texts.of("de").disclosure_nothing in words(open_page("quality"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("befragt/coworking_interest_share~total", "Dießen am Ammersee"),
        ("befragt/wishes_share~item~coffee", "Kaffee"),
        ("befragt/price_demand~price", "12"),
        ("frage/di-citizens~town_satisfaction", "Bus und Bahn"),
        ("homeoffice/wi-commuters~working_weeks=41-45", "Kilometer"),
    ],
)
def test_every_picture_has_its_table_as_a_file_marked_as_sample_data(surveyed, fetched, name, says):
    answer = fetched(f"{name}.csv")

    assert answer.status_code == 200
    assert says in answer.content.decode("utf-8-sig")
    assert answer.table.get_column("Beispieldaten").null_count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "befragt/nothing~total",
        "befragt/wishes_share~item~nothing",
        "befragt/wishes_share~nothing",
        "frage/di-citizens~nothing",
        "frage/nothing~town_satisfaction",
        "homeoffice/di-citizens",
        "homeoffice/wi-commuters~working_weeks=9-99",
        "homeoffice/wi-commuters~nothing=1-2",
        "homeoffice/wi-commuters~working_weeks=x",
        "kennzahl/coworking_interest_share",
    ],
)
def test_a_file_that_is_not_there_is_said_in_a_sentence(surveyed, fetched, name):
    answer = fetched(f"{name}.csv")

    assert answer.status_code == 404
    assert answer.text == texts.of("de").no_file


def test_no_file_holds_a_hidden_number(surveyed, fetched):
    content = fetched("frage/di-citizens~town_satisfaction.csv").content.decode("utf-8-sig")

    hidden = [line for line in content.splitlines() if line.startswith("Natur;") and "unzufrieden" in line]
    assert len(hidden) == 2
    assert all(";;" in line and ";.;" in line for line in hidden)
