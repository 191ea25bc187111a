"""Every page in both languages, and what it says where something is missing, hidden or broken."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import texts
from dashboard.article.sitemap import ADDRESSES
from dashboard.pages import VIEWS
from dashboard.renderers.markup import part
from tests.dashboard.conftest import TIMEOUT, words
from tests.dashboard.samples import sample

LANGUAGES = ("de", "en")


@pytest.mark.parametrize(
    ("name", "address", "title"),
    [
        ("structure", {}, "Struktur – StadtLabor Kleinstadt"),
        ("structure", {"sprache": "en"}, "Structure – StadtLabor Kleinstadt"),
        ("towns", {"stadt": "moelln"}, "Mölln – Städte – StadtLabor Kleinstadt"),
        ("passport", {"kennzahl": "population"}, "Einwohnerzahl – Steckbrief einer Kennzahl – StadtLabor Kleinstadt"),
        ("search", {}, "Suche – StadtLabor Kleinstadt"),
        ("search", {"wort": " Pendler "}, "Pendler – Suche – StadtLabor Kleinstadt"),
    ],
)
def test_the_browsers_tab_says_what_the_page_is_about(published, open_page, monkeypatch, name, address, title):
    titles: list[str] = []
    monkeypatch.setattr("streamlit.set_page_config", lambda **given: titles.append(given.get("page_title", "")))

    open_page(name, **address)

    assert titles[-1] == title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_entry_without_a_release_says_what_to_do(warehouse, language):
    page = _entry(language)

    assert not page.exception
    assert texts.of(language).no_release_title in words(page)
    assert texts.of(language).site_claim_any in words(page)
    assert "make build" in words(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_entry_with_a_broken_release_says_so_without_a_traceback(published, language):
    (published / "releases" / "sample-1" / "release.duckdb").write_bytes(b"not a database")

    page = _entry(language)

    assert not page.exception
    assert texts.of(language).failed_title in words(page)
    assert "Traceback" not in words(page)


def test_the_entry_with_a_pointer_to_nothing_says_what_to_do(warehouse):
    sample.point_to(warehouse, "gone")

    assert texts.of("de").no_release_title in words(_entry("de"))


def test_a_page_that_fails_keeps_its_frame_and_says_so(published, monkeypatch):
    def fail(visit):
        raise ValueError("a fault of the page")

    monkeypatch.setitem(VIEWS, "overview", fail)
    page = _entry("de")

    assert not page.exception
    assert texts.of("de").failed_title in words(page)
    assert "Veröffentlichung sample-1" in words(page)
    assert "a fault of the page" not in words(page)


def test_the_entry_shows_the_overview_and_the_releases_id(published):
    page = _entry("de")

    assert "<h1>Überblick</h1>" in words(page)
    assert "Veröffentlichung sample-1 vom 22. November 2026, 10:30" in words(page)
    assert "Was fünf Kleinstädte über digitale Arbeit herausgefunden haben" in words(page)


def test_an_unknown_language_is_german(published, open_page):
    assert "Die Städte und ihre Labore" in words(open_page("overview", sprache="fr"))


def test_a_choice_is_written_into_the_address_as_an_id(published, open_page):
    page = open_page("structure")

    page.selectbox[0].set_value("commuting").run()
    page.selectbox[1].set_value("commuting__balance").run()

    assert page.query_params["thema"] == "commuting"
    assert page.query_params["indikator"] == "commuting__balance"


def test_the_first_choice_leaves_the_address_bare(published, open_page):
    page = open_page("structure", stadt="moelln")

    page.selectbox[2].set_value("").run()

    assert dict(page.query_params) == {}


def test_a_secret_value_keeps_its_town_and_shows_its_sign(published, open_page):
    page = open_page("structure", thema="tourism", indikator="tourism__beds")

    assert "Zeichen: . unbekannt oder geheim zu halten" in words(page)
    assert _cell(words(page), "Dippoldiswalde") == "."


def test_a_value_that_was_never_delivered_is_not_called_secret(warehouse, open_page):
    values = [sample.value("housing__rent", town, "2022-05-15", 7.5) for town in sample.ORDER[1:]]
    sample.write_release(warehouse, indicator_values=values)

    said = words(open_page("structure", thema="housing", indikator="housing__rent"))

    assert _cell(said, "Dießen am Ammersee") == "nicht geliefert"
    assert "Zeichen: . unbekannt" not in said


def test_an_indicator_without_any_value_says_so(published, open_page, warehouse):
    values = [sample.value("housing__rent", town, "2022-05-15", None) for town in sample.ORDER]
    sample.write_release(warehouse, "sample-2", indicator_values=values)

    page = open_page("structure", thema="housing", indikator="housing__rent")

    assert not page.exception
    assert texts.of("de").empty_indicator in words(page).replace("&amp;", "&")


def test_a_release_without_indicators_has_no_broken_page(warehouse, open_page):
    sample.write_release(warehouse, indicator_catalogue=[], indicator_values=[], peer_bands=[])

    for name in ADDRESSES:
        assert not open_page(name).exception
    assert texts.of("de").empty_indicators in words(open_page("structure"))
    assert texts.of("de").portrait_empty in words(open_page("towns"))


def test_a_release_without_statements_or_deliveries_says_so(warehouse, open_page):
    sample.write_release(
        warehouse,
        statements=[],
        statement_evidence=[],
        deliveries=[],
        delivery_files=[],
        delivery_checks=[],
        quarantine_summary=[],
    )

    assert texts.of("de").statements_empty in words(open_page("statements"))
    assert texts.of("de").quality_empty in words(open_page("quality"))


def test_the_statements_are_filtered_by_their_verdict(published, open_page):
    said = words(open_page("statements", ergebnis="differs"))

    assert "S28 · Abschnitt 6.2" in said
    assert "S24 · Abschnitt 6.2" not in said
    assert "Dießen am Ammersee 75,1\u202f% (Stand 2015, 30. Juni 2015)" in said


def test_evidence_names_the_answer_it_is_of_and_the_sample_mark(warehouse, open_page):
    indicator = {
        **sample.default_tables()["indicator_catalogue"][0],
        "indicator_id": "employer_share",
        "figures": "employer",
    }
    answer = {"concept": "employer", "kind": "answer", "level": "", "position": 1}
    evidence = {"statement_id": "S03", "indicator_id": "employer_share", "town_id": "wittenberge", "period": "2022"}
    sample.write_release(
        warehouse,
        indicator_catalogue=[indicator],
        survey_labels=[
            {**answer, "code": "rail", "label_de": "Deutsche Bahn", "label_en": "Deutsche Bahn"},
            {**answer, "code": "town", "label_de": "Stadtverwaltung", "label_en": "Town hall", "position": 2},
        ],
        statements=[sample.statement("S03", verdict="agrees", is_synthetic=True)],
        statement_evidence=[
            {**evidence, "breakdown": "answer", "breakdown_value": "town", "value": 41.0, "sign": "", "unit_de": "%"},
            {**evidence, "breakdown": "answer", "breakdown_value": "rail", "value": 30.0, "sign": "", "unit_de": "%"},
        ],
    )

    said = words(open_page("statements"))

    # In the order of the answers, never of the values.
    assert said.index("Deutsche Bahn 30") < said.index("Stadtverwaltung 41")
    assert said.count("(Wittenberge, 2022)") == 1
    assert texts.of("de").sample_tag in said


def test_a_date_and_a_base_stay_on_their_line(published, open_page):
    page = open_page("structure", thema="commuting", indikator="commuting__out_share")
    held = "\n".join(str(element.proto.body) for element in page.get("html"))

    assert "30.\u00a0Juni 2015" in held
    assert "30. Juni 2015" not in held
    assert part("paragraph", words="Mölln 61 % (n = 272, 3 June 2022)").endswith(
        "(n\u00a0=\u00a0272, 3\u00a0June 2022)</p>"
    )
    assert "<b>" not in part("paragraph", words="<b>30. Juni</b>")


def test_a_refused_delivery_is_named_with_its_reason(published, open_page):
    said = words(open_page("quality"))

    assert "abgewiesen" in said
    assert "Spalte „AGS“ fehlt in der Datei zahlen.csv." in said
    assert "210 von 253 gelieferten Zeilen der Statistik, Kalender und Chroniken angenommen, 43 zurückgestellt;" in said
    assert "Der Gemeindeschlüssel gehört zu keiner der Städte." in said


def test_a_failed_check_of_the_computation_is_shown(warehouse, open_page):
    failed = {"name": "x", "kind": "data test", "model": "m", "description": "A sum is kept.", "status": "fail"}
    sample.write_release(warehouse, model_checks=[failed | {"failures": 3}])

    said = words(open_page("quality"))

    assert "Bestandene Prüfungen der Berechnung: 0 von 1" in said
    assert "A sum is kept." in said


def test_the_search_finds_by_source_table_without_case_and_umlauts(published, open_page):
    page = open_page("methods", suche="SALDO 13111")

    assert "1 von 8 Kennzahlen" in words(page)
    assert [box.label for box in page.expander] == ["Pendlersaldo"]


def test_sample_data_are_marked_on_the_page_and_in_the_picture(warehouse, open_page):
    values = [sample.value("housing__rent", town, "2022-05-15", 7.5, is_synthetic=True) for town in sample.ORDER]
    info = sample.default_tables()["release_info"][0] | {"has_synthetic": True}
    sample.write_release(warehouse, indicator_values=values, release_info=[info])

    page = open_page("structure", thema="housing", indikator="housing__rent")

    assert texts.of("de").sample_strip_here in words(page)
    assert texts.of("de").sample_strip in words(open_page("methods"))


def test_real_data_carry_no_mark(published, open_page):
    # The help page explains what the mark means.
    assert [name for name in ADDRESSES if "Beispieldaten" in words(open_page(name))] == ["help"]


def test_a_page_of_official_figures_carries_no_mark_of_others_sample_data(warehouse, open_page):
    info = sample.default_tables()["release_info"][0] | {"has_synthetic": True}
    sample.write_release(warehouse, release_info=[info])

    assert "Beispieldaten" not in words(open_page("structure"))
    assert texts.of("de").sample_strip in words(open_page("quality"))


def test_what_a_delivery_says_of_itself_is_never_markup(warehouse, open_page):
    hostile = "<img src=x onerror=alert(1)>"
    sample.write_release(warehouse, deliveries=[sample.delivery("official-figures", title=hostile, note=hostile)])

    said = words(open_page("quality"))

    assert hostile not in said
    assert "&lt;img src=x" in said


def _entry(language: str) -> AppTest:
    page = AppTest.from_file("../../../dashboard/server/app.py", default_timeout=TIMEOUT)
    page.query_params["sprache"] = language
    return page.run()


def _cell(said: str, town: str) -> str:
    # The last table of the page is the reader's; those that unfold beneath a picture come before it.
    row = said.split(f'role="rowheader">{town}</th>')[-1]
    return row.split("<td")[1].split(">")[1].split("<")[0]
