"""The lab journal, and what the overview, the portrait and the statements tell of the labs."""

from datetime import date

import pytest

from dashboard import charts, texts
from dashboard.pages.overview import sections
from dashboard.pages.spaces import space_compare
from dashboard.release import journal_queries, space_queries, store
from tests.dashboard.conftest import gaps, words
from tests.dashboard.samples import booking_sample, event_sample, journal_sample, sample, survey_sample


@pytest.fixture
def told(warehouse):
    """A release with surveys, events and a journal; no space."""
    sample.write_release(warehouse, **survey_sample.tables(), **event_sample.tables())
    return warehouse


def marks(chart):
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def drawn(language="de", highlighted=None):
    now = store.current()
    frames = (getattr(journal_queries, name)(now) for name in ("labs", "phases", "activities"))
    events = now.tables["events"].clear()
    chart = charts.phases(*frames, events, now.towns(), language, "light", highlighted)
    return [one for one in marks(chart) if "strip" in one]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("asked", [{}, {"stadt": "moelln"}, {"ergebnis": "did_not_come_about"}, {"stadt": "gemeinsam"}])
def test_the_journal_opens_and_says_nothing_empty(told, open_page, language, asked):
    page = open_page("journal", sprache=language, **asked)

    said = words(page)
    assert not page.exception
    assert texts.of(language).ledger_heading in said
    assert gaps(page) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_journal_the_page_says_so(published, open_page, language):
    assert texts.of(language).journal_empty in words(open_page("journal", sprache=language))


def test_what_did_not_come_about_is_told_as_what_was_learned(told, open_page):
    said = words(open_page("journal", ergebnis="did_not_come_about"))

    assert "3 von 6 Einträgen: 3 nicht." in said
    assert "nicht zustande gekommen – was daraus gelernt wurde" in said
    assert "Ein kostenloser Probetag" in said
    assert f"<dt>{texts.of('de').card_learned}</dt>" in said
    assert f"<dt>{texts.of('de').card_advice}</dt>" not in said
    assert "Äpfel mit QR-Code" not in said


def test_a_card_leads_to_its_numbers_and_names_its_section(told, open_page):
    said = words(open_page("journal", thema="surveys"))

    link = (
        './befragungen?thema=survey_work&amp;frage=presence_not_required_share" target="_self">Anwesenheit nicht nötig'
    )
    assert link in said
    assert "Bericht, Abschnitt 3.5" in said


def test_a_link_keeps_the_language(told, open_page):
    assert "./befragungen?sprache=en&amp;thema=survey_work" in words(open_page("journal", sprache="en"))


def test_a_towns_own_entry_names_its_source_and_sample_rows_are_marked_one_by_one(warehouse, open_page):
    own = journal_sample.learning(*journal_sample.LEARNINGS[0], section=None, source="Protokoll vom 3. Mai")
    made_up = journal_sample.learning(*journal_sample.LEARNINGS[1], is_synthetic=True)
    sample.write_release(warehouse, **journal_sample.tables(learnings=[own, made_up]))

    said = words(open_page("journal"))

    assert "Quelle: Protokoll vom 3. Mai" in said
    assert said.split("sl-cards")[1].count(texts.of("de").sample_tag) == 1


def test_markup_in_an_entry_stays_text(warehouse, open_page):
    bad = journal_sample.learning(*journal_sample.LEARNINGS[0], title_de="<script>alert(1)</script>")
    sample.write_release(warehouse, **journal_sample.tables(learnings=[bad]))

    assert "&lt;script&gt;" in words(open_page("journal"))


def test_an_unknown_period_is_dotted_and_never_a_bar(told):
    labs = {one["title"]: one for one in drawn() if one["strip"] == "lab"}

    unknown, known = labs["Themenwoche"], labs["Co-Working auf Zeit"]
    assert not unknown["is_drawn"]
    assert unknown["upon"] == "Zeitraum nicht überliefert"
    assert [known[name] for name in ("is_drawn", "is_open_start", "is_open_end")] == [True, False, False]
    assert str(known["day"]).startswith("2022-06-21")


def test_a_phase_with_one_known_end_runs_on_dotted(told):
    transfer = [one for one in drawn() if one["strip"] == "phase" and one["title"] == "Transfer"]

    assert {one["is_open_end"] for one in transfer} == {True}
    assert {str(one["end"])[:10] for one in transfer} == {"2022-07-13"}  # 21 days of bar, then dots


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Geschätzt, denn der Bericht nennt keine Daten.", "(Geschätzt, denn der Bericht nennt keine Daten.)"),
        ("Nach dem Bericht gerundet.", "(geschätzt; Nach dem Bericht gerundet.)"),
        (None, "(geschätzt)"),
    ],
)
def test_an_estimate_is_called_one_once(warehouse, open_page, note, said):
    tables = journal_sample.tables()
    sample.write_release(
        warehouse, **tables | {"lab_phases": [row | {"note_de": note} for row in tables["lab_phases"]]}
    )

    page = words(open_page("journal"))

    assert said in page
    assert "geschätzt; Geschätzt" not in page


def test_what_is_estimated_is_pale(told):
    phases = [one for one in drawn() if one["strip"] == "phase"]

    assert {one["title"]: one["is_pale"] for one in phases} == {
        "Erkundung": True,
        "Verdichtung": False,
        "Transfer": True,
    }


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2022, 6, 21), date(2022, 12, 21), "21. Juni – 21. Dezember 2022"),
        (date(2022, 6, 21), None, "ab 21. Juni 2022, das Ende ist nicht überliefert"),
        (None, date(2023, 6, 30), "bis 30. Juni 2023, der Anfang ist nicht überliefert"),
        (None, None, "Zeitraum nicht überliefert"),
        (date(2023, 1, 19), date(2023, 1, 19), "19. Januar 2023"),
    ],
)
def test_a_period_says_what_is_known_of_it(start, end, said):
    assert charts.period_words(start, end, "de") == said


def test_without_any_day_the_timeline_is_a_sentence(warehouse, open_page):
    def undated(rows):
        return [row | {"period_from": None, "period_to": None} for row in rows]

    tables = journal_sample.tables(
        labs=undated(journal_sample.labs()),
        lab_phases=undated(journal_sample.phases()),
        lab_activities=undated(journal_sample.activities()),
    )
    sample.write_release(warehouse, **tables)

    assert texts.of("de").phases_none in words(open_page("journal"))
    assert not open_page("overview").exception


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_overview_tells_each_lab_and_three_findings(told, open_page, language):
    page = open_page("overview", sprache=language)

    said, say = words(page), texts.of(language)
    assert not page.exception
    assert said.count(f"{say.card_tried}:") == said.count(f"{say.line_outcome}:") == 5
    assert say.overview_phases in said
    assert say.overview_findings in said
    assert say.overview_no_space in said  # no bookings in this release
    assert "Interesse" in said


def test_the_overview_and_the_portraits_show_spaces_and_name_them(warehouse, open_page):
    sample.write_release(warehouse, **booking_sample.tables())
    spaces = space_queries.spaces(store.current())
    shown = {row["space_id"]: row for row in spaces.iter_rows(named=True)}

    said, say = words(open_page("overview")), texts.of("de")

    assert say.overview_no_space not in said
    assert any(space_compare.called(row, "de") in said for row in shown.values())
    for row in shown.values():
        portrait = words(open_page("towns", stadt=row["town_id"]))
        assert say.portrait_space_none.format(town=row["name"]) not in portrait


def test_a_portrait_shows_up_to_three_questions_with_one_strip(told, open_page):
    page = open_page("towns", stadt="diessen")

    said = words(page).split(texts.of("de").portrait_surveys)[1].split(texts.of("de").portrait_space)[0]
    assert 1 <= said.count("sl-level-3") <= 3
    assert said.count("sl-strip") == 1


def test_the_overview_of_an_earlier_release_is_whole(published, open_page):
    page = open_page("overview")

    said, say = words(page), texts.of("de")
    assert not page.exception
    assert "Befragung und Werkstatt in Mölln" in said
    assert [sentence in said for sentence in (say.overview_no_survey, say.overview_no_space)] == [True, True]
    assert say.overview_phases not in said


def test_a_portrait_is_whole(told, open_page):
    page = open_page("towns", stadt="wittenberge")

    said, say = words(page), texts.of("de")
    assert not page.exception
    assert "Befragungen von Nutzenden und Bahnpendelnden" in said
    assert "1. Juli 2022 – 30. Juni 2023" in said
    assert "Äpfel mit QR-Code am Bahnsteig" in said
    assert "Wittenberge: die meisten kamen zu „Transferwerkstatt“ (16 Besuche), zu den übrigen je 8 bis 15" in said
    assert say.portrait_space_none.format(town="Wittenberge") in said


def test_a_portrait_without_anything_says_so_part_by_part(published, open_page):
    said, say = words(open_page("towns", stadt="moelln")), texts.of("de")

    for sentence in ("surveys", "space", "events", "learned"):
        assert getattr(say, f"portrait_{sentence}_none").format(town="Mölln") in said


@pytest.mark.parametrize("name", ["overview", "towns", "events", "journal", "statements"])
def test_a_sixth_town_without_lab_survey_or_events_breaks_nothing(warehouse, open_page, name):
    sixth = {**sample.default_tables()["towns"][0], "town_id": "seehausen", "name": "Seehausen", "slot": 6, "ags": "1"}
    sixth |= {"lab_de": None, "lab_en": None}
    sample.write_release(
        warehouse, **survey_sample.tables(), **event_sample.tables(), towns=[*sample.default_tables()["towns"], sixth]
    )

    page = open_page(name, stadt="seehausen")

    assert not page.exception
    assert gaps(page) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Sieben Plätze für ein halbes Jahr. Danach war Schluss.", "Sieben Plätze für ein halbes Jahr."),
        ("Das kam am 3. Mai zustande und blieb. Es kamen viele.", "Das kam am 3. Mai zustande und blieb."),
        ("Räume für z. B. Vereine und andere Gruppen. Mehr nicht.", "Räume für z. B. Vereine und andere Gruppen."),
        ("Ohne Punkt am Ende", "Ohne Punkt am Ende"),
        ("", ""),
    ],
)
def test_the_overview_says_the_first_sentence(text, first):
    assert sections.first_sentence(text) == first


def test_statements_are_counted_in_a_sentence_and_filtered_by_town(published, open_page):
    assert "Von 3 Aussagen des Berichts stimmt 1 mit den gelieferten Daten überein" in words(open_page("statements"))

    said = words(open_page("statements", stadt="diessen"))

    assert "Gezeigt: 1 von 3." in said
    assert "S28 · Abschnitt 6.2 · Dießen am Ammersee" in said
    assert "./struktur?stadt=diessen&amp;thema=commuting&amp;indikator=commuting__out_share" in said


def test_a_statement_says_why_it_cannot_be_computed(published, open_page):
    said, say = words(open_page("statements", ergebnis="not_computable")), texts.of("de")

    assert say.statement_no_data in said
    assert say.statement_reading_missing in said
    assert say.statement_reading not in said.replace(say.statement_reading_missing, "")


def test_evidence_names_its_base_and_a_hidden_number_its_range(warehouse, open_page):
    base = {"statement_id": "S24", "town_id": "moelln", "period": "2022", "breakdown": "total", "unit_de": "%"}
    values = [
        sample.value("housing__vacancy", "moelln", "2022", 61.0, base_n=272),
        sample.value("housing__rent", "moelln", "2022", None),
    ]
    evidence = [
        base | {"indicator_id": "housing__vacancy", "value": 61.0, "sign": ""},
        base
        | {
            "indicator_id": "housing__rent",
            "sign": ".",
            "interval_low": 1.0,
            "interval_high": 4.0,
            "unit_de": "Besuche",
        },
    ]
    sample.write_release(warehouse, indicator_values=values, statement_evidence=evidence)

    said = words(open_page("statements"))

    assert "Mölln 61,0\u202f% (n = 272, 2022)" in said
    assert "Mölln 1 bis 4 Besuche (2022)" in said


def test_evidence_says_once_what_its_figures_share_and_no_decimal_of_a_small_base(warehouse, open_page):
    values = [
        sample.value("housing__vacancy", "moelln", "2022", 61.4, base_n=272),
        sample.value("housing__vacancy", "wittenberge", "2022", 38.2, base_n=76),
    ]
    shown = {"statement_id": "S24", "indicator_id": "housing__vacancy", "period": "2022", "breakdown": "total"}
    evidence = [
        shown | {"town_id": row["town_id"], "value": row["value"], "sign": "", "unit_de": "%"} for row in values
    ]
    sample.write_release(warehouse, indicator_values=values, statement_evidence=evidence)

    said = words(open_page("statements"))

    assert "(2022): Mölln 61,4\u202f% (n = 272); Wittenberge 38\u202f% (n = 76)" in said


def test_the_timeline_of_the_labs_is_a_file(told, fetched):
    answer = fetched("labore/zeit.csv")

    assert answer.status_code == 200
    assert "Zeitraum nicht überliefert" in answer.content.decode("utf-8-sig")
    assert fetched("labore/nichts.csv").status_code == 404
