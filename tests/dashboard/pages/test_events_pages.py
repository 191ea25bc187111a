"""The page of events: its choices, what it says of hidden numbers, a sixth town, and its files."""

import pytest

from dashboard import texts
from tests.dashboard.conftest import gaps, words
from tests.dashboard.samples import event_sample, sample
from tests.dashboard.samples.event_sample import FEW, event


@pytest.fixture
def eventful(warehouse):
    sample.write_release(warehouse, **event_sample.tables())
    return warehouse


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "asked", [{}, {"stadt": "moelln"}, {"format": "workshop"}, {"nach": "venue", "thema": "coworking"}]
)
def test_the_page_opens_and_says_nothing_empty(eventful, open_page, language, asked):
    page = open_page("events", sprache=language, **asked)

    said = words(page)
    assert not page.exception
    assert f"<h1>{texts.of(language).group('pages')['events']}</h1>" in said
    assert texts.of(language).visits_are_not_persons in said
    assert gaps(page) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_events_the_page_says_so(published, open_page, language):
    assert texts.of(language).events_empty in words(open_page("events", sprache=language))


def test_a_choice_without_events_says_so(eventful, open_page):
    page = open_page("events", format="trial_coworking", thema="esports")

    assert texts.of("de").events_none_chosen in words(page)
    assert [box.label for box in page.selectbox] == ["Format", "Thema", "Hervorheben"]


def test_the_choices_stand_in_the_address(eventful, open_page):
    page = open_page("events")

    page.selectbox[0].set_value("workshop").run()
    page.selectbox[2].set_value("moelln").run()

    assert page.query_params["format"] == "workshop"
    assert page.query_params["stadt"] == "moelln"
    assert "Mölln: 13 bis 16 Besuche an 2 gezählten Terminen" in words(page)


def test_a_hidden_count_is_said_and_stands_nowhere(eventful, open_page):
    said = words(open_page("events", stadt="diessen"))

    assert "Bürgerwerkstatt Maßnahmen" in said
    assert "unter 5 Besuche" in said
    assert "28 bis 31 Besuche" in said


def test_planned_and_actual_are_told_with_what_was_offered_afterwards(eventful, open_page):
    said = words(open_page("events"))

    assert "Länger als geplant: 2 von 3 Veranstaltungen" in said
    assert "6 von höchstens 6 zugelassenen Unternehmen kamen. Das Angebot danach nahm niemand an." in said


def test_without_lengths_the_page_says_so(warehouse, open_page):
    rows = [event("moelln", "2023-03-20", "Vortrag", "talk", 12)]
    sample.write_release(warehouse, **event_sample.tables(events=rows, event_groups=event_sample.groups(rows)))

    assert texts.of("de").lengths_none in words(open_page("events"))


def test_every_row_says_where_it_comes_from(eventful, open_page):
    said = words(open_page("events", stadt="wittenberge"))

    assert "aus dem Bericht (3.5)" in said
    assert "Beispiel, künstlich erzeugt" in said
    assert texts.of("de").events_sample in said


def test_real_events_carry_no_mark_of_sample_data(warehouse, open_page):
    rows = [event("moelln", "2023-03-20", "Vortrag", "talk", 12, is_synthetic=False, row_origin="delivered")]
    sample.write_release(warehouse, **event_sample.tables(events=rows, event_groups=event_sample.groups(rows)))

    said = words(open_page("events"))

    assert texts.of("de").sample_tag not in said.replace(texts.of("de").sample_strip, "")


def test_the_source_is_the_delivery_by_its_title(warehouse, open_page):
    deliveries = [sample.delivery("moelln-events", title="Themenwoche"), sample.delivery("diessen-events", title=None)]
    sample.write_release(warehouse, **event_sample.tables(), deliveries=deliveries)

    assert "Quelle: diessen-events; Themenwoche" in words(open_page("events"))


def test_an_event_without_day_count_or_format_breaks_nothing(warehouse, open_page):
    bare = event("moelln", "2023-03-20", "Ohne alles", "talk", None, format=None, format_de=None, format_en=None)
    bare |= {"event_date": None, "starts_at": None, "ends_at": None, "month": None, "theme": None}
    sample.write_release(warehouse, **event_sample.tables(events=[bare], event_groups=event_sample.groups([bare])))

    page = open_page("events", stadt="moelln")

    assert not page.exception
    assert "Tag nicht überliefert" in words(page)
    assert "nicht gezählt" in words(page)


def test_a_sixth_town_appears_by_its_data_alone(warehouse, open_page):
    sixth = {**sample.default_tables()["towns"][0], "town_id": "seehausen", "name": "Seehausen", "slot": 6, "ags": "1"}
    rows = [*event_sample.events(), event("seehausen", "2023-06-01", "Markt der Ideen", "talk", FEW)]
    sample.write_release(
        warehouse,
        **event_sample.tables(events=rows, event_groups=event_sample.groups(rows)),
        towns=[*sample.default_tables()["towns"], sixth],
    )

    page = open_page("events", stadt="seehausen")

    assert not page.exception
    assert "Seehausen: unter 5" in words(page) or "Seehausen: 1 bis 4 Besuche" in words(page)
    assert "Markt der Ideen" in words(page)


def test_measures_of_events_are_chosen_by_their_id(warehouse, open_page):
    entry = {**sample.default_tables()["indicator_catalogue"][0], "indicator_id": "event_visits", "theme": "events"}
    entry |= {"title_de": "Besuche im Ganzen", "short_de": "Besuche"}
    values = [
        sample.value("event_visits", "moelln", "2023", 117.0),
        sample.value("event_visits", "diessen", "2022", 28.0),
    ]
    tables = event_sample.tables()
    sample.write_release(warehouse, **tables, indicator_catalogue=[entry], indicator_values=values)

    page = open_page("events", kennzahl="event_visits")

    assert not page.exception
    assert "Besuche: von 28 in Dießen am Ammersee bis 117 in Mölln" in words(page)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("zeit", "Eröffnung der Themenwoche"),
        ("zeit~workshop", "Bürgerwerkstatt Arbeitsorte"),
        ("gruppen~venue", "Vereinsheim"),
        ("stadt~moelln", "Abschlussgespräch"),
        ("verlauf~diessen", "Bürgerwerkstatt Maßnahmen"),
        ("dauer", "120"),
    ],
)
def test_every_picture_has_its_table_as_a_file(eventful, fetched, name, says):
    answer = fetched(f"veranstaltungen/{name}.csv")

    assert answer.status_code == 200
    content = answer.content.decode("utf-8-sig")
    assert says in content
    assert answer.table.get_column("Beispieldaten").null_count() == 0


def test_no_file_holds_a_hidden_number(eventful, fetched):
    content = fetched("veranstaltungen/stadt~diessen.csv").content.decode("utf-8-sig")

    (line,) = [line for line in content.splitlines() if line.startswith("Bürgerwerkstatt Maßnahmen")]
    assert ";;unter 5 Besuche;" in line


@pytest.mark.parametrize(
    "name", ["nichts", "stadt~nirgends", "gruppen~nichts", "zeit~nichts", "verlauf~dippoldis", "stadt"]
)
def test_a_file_that_is_not_there_is_said_in_a_sentence(eventful, fetched, name):
    answer = fetched(f"veranstaltungen/{name}.csv")

    assert answer.status_code == 404
    assert answer.text == texts.of("de").no_file
