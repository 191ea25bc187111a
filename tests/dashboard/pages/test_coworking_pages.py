"""The page on co-working: what it says of each kind of space, of one that cannot be told of, and of none."""

import polars as pl
import pytest

from dashboard import texts
from tests.dashboard.conftest import gaps, words
from tests.dashboard.samples import booking_sample, sample

SPACES = [one.space_id for one in booking_sample.RECORDS]


@pytest.fixture
def booked(warehouse):
    sample.write_release(warehouse, **booking_sample.tables())
    return warehouse


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("space", SPACES)
def test_every_space_opens_and_says_nothing_empty(booked, open_page, space, language):
    page = open_page("coworking", raum=space, sprache=language)

    said = words(page)
    assert not page.exception
    assert f"<h1>{texts.of(language).group('pages')['coworking']}</h1>" in said
    assert texts.of(language).spaces_heading in said
    assert gaps(page) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_space_of_rooms_alone_is_not_called_hidden_or_closed(warehouse, open_page, language):
    tables = booking_sample.tables()
    rooms = {"desks": 0, "open_days": 0, "utilisation": None, "utilisation_sign": "x", "booked_seat_hours": None}
    spaces = [row | rooms if row["space_id"] == "ow-popup" else row for row in tables["spaces"]]
    sample.write_release(warehouse, **{**tables, "spaces": spaces})
    page = open_page("coworking", raum="ow-popup", sprache=language)

    say, said = texts.of(language), words(page)
    assert not page.exception
    assert say.space_no_desks in said
    assert say.space_no_desks_what in said
    assert say.space_hidden_all not in said
    assert f" · {say.space_open_days.format(count=0)}" not in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_bookings_the_page_says_so(published, open_page, language):
    page = open_page("coworking", sprache=language)

    assert not page.exception
    assert texts.of(language).coworking_empty in words(page)
    assert texts.of(language).spaces_heading not in words(page)


def test_the_first_sentences_say_what_it_answers_and_on_what_data(booked, open_page):
    said = words(open_page("coworking"))

    assert "Wann und wofür wurden die Arbeitsräume gebucht" in said
    assert "Buchungen von 4 Räumen aus 3 Städten, 19. September 2022 – 31. Dezember 2023." in said


def test_a_single_space_of_a_single_town_is_told_in_the_singular(warehouse, open_page):
    sample.write_release(warehouse, **booking_sample.tables([booking_sample.ONE_DAY]))

    assert "Buchungen von einem Raum aus einer Stadt, 15. März 2023." in words(open_page("coworking"))


def test_the_address_chooses_space_year_and_measure(booked, open_page):
    page = open_page("coworking", raum="ed-night", jahr="2023", vergleich="booking_cancellation_rate")

    assert [box.value for box in page.selectbox][:2] == ["ed-night", "2023"]
    assert page.selectbox[-1].value == "booking_cancellation_rate"


def test_the_town_in_the_address_chooses_its_first_space_until_another_is_chosen(booked, open_page):
    page = open_page("coworking", stadt="moelln")
    assert page.selectbox[0].value == "mo-day"

    page.selectbox[0].set_value("ed-night").run()

    assert (page.selectbox[0].value, page.query_params["raum"]) == ("ed-night", "ed-night")


def test_the_first_space_leaves_the_address_bare(booked, open_page):
    page = open_page("coworking", raum="ow-popup")

    page.selectbox[0].set_value("ed-night").run()

    assert "raum" not in page.query_params


def test_a_short_record_has_no_choice_of_years(booked, open_page):
    page = open_page("coworking", raum="ow-popup")

    assert page.selectbox[0].label == "Raum"
    assert "Jahr" not in [box.label for box in page.selectbox]


def test_what_the_source_cannot_tell_is_told_with_its_reason(booked, open_page):
    said = words(open_page("coworking", raum="ow-popup"))

    assert "nicht ermittelbar: Die Quelle behält stornierte Buchungen nicht." in said
    assert "nicht ermittelbar: Die Quelle sagt nicht, wer gekommen ist." in said


def test_who_booked_is_told_as_far_as_it_may_be(booked, open_page):
    said = words(open_page("coworking", raum="ow-popup"))

    assert "38 Personen haben gebucht, im Mittel an 6,0 Tagen" in said
    assert "6 von 7 Arbeitsplätzen zugleich gebucht" in said
    assert "verborgen, damit niemand zu erkennen ist" in said


def test_a_space_of_which_nothing_may_be_told_has_one_sentence_for_all(booked, open_page):
    said = words(open_page("coworking", raum="mo-hidden"))

    assert texts.of("de").space_hidden_all in said
    assert texts.of("de").space_users_hidden in said
    assert texts.of("de").space_profile_head not in said
    assert "<h3>Kleiner Raum &lt;b&gt;am See&lt;/b&gt;: Die Auslastung bleibt verborgen" in said


def test_one_day_has_sentences_in_place_of_courses(booked, open_page):
    said = words(open_page("coworking", raum="mo-day"))

    assert "In der Woche ab 13. März 2023 waren 55\u202f% der Platzstunden gebucht. Für einen Verlauf" in said
    assert texts.of("de").space_lead_hidden_all in said
    assert texts.of("de").group("space_effect_words")["school_holidays_unknown"] in said


def test_a_source_without_times_of_booking_says_so(warehouse, open_page):
    spaces = [booking_sample.space(booking_sample.POP_UP)]
    for name in ("lead_time_median", "lead_time_p90", "recorded_afterwards"):
        spaces[0] |= {name: None, f"{name}_sign": "x"}
    unknown = [{"space_id": "ow-popup", "class": "unknown", "position": 7, "count": 200, "sign": ""}]
    records = [booking_sample.POP_UP]
    sample.write_release(warehouse, **booking_sample.tables(records, spaces=spaces, space_lead_times=unknown))

    said = words(open_page("coworking"))

    assert texts.of("de").space_lead_none in said
    assert f"nicht ermittelbar: {texts.of('de').space_lead_reason}" in said


def test_both_comparisons_of_weeks_are_told(booked, open_page):
    said = words(open_page("coworking", raum="ow-popup"))

    assert "In den Schulferien lag die Auslastung 10 bis 20 Prozentpunkte niedriger als in der übrigen Zeit" in said
    assert "In den acht Wochen nach den Sommerferien lag die Auslastung 9 bis 18 Prozentpunkte höher" in said
    assert "Ein Raum, ein Sommer: beschreibend." in said


def test_every_denominator_is_spelled_out_and_other_ones_are_warned_of(booked, open_page):
    said = words(open_page("coworking"))

    assert "7 Plätze, 49 Öffnungstage" in said
    assert "20 Plätze, 426 Öffnungstage" in said
    assert "176 Stunden im Monat" in said
    assert "Keine Buchungen geliefert: Dießen am Ammersee, Dippoldiswalde und Wittenberge." in said


def test_the_report_is_held_against_the_bookings(booked, open_page):
    said = words(open_page("coworking"))

    assert "S13 · Abschnitt 3.4" in said
    assert "S19" not in said


def test_sample_data_are_marked_at_every_picture(booked, open_page):
    page = open_page("coworking", raum="ow-popup")

    said = words(page)
    assert said.count(texts.of("de").sample_strip_here) >= 1
    assert texts.of("de").sample_strip in said


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("raum/ow-popup~jahr", "2022-11-01"),
        ("raum/ow-popup~wochen", "2022-09-26"),
        ("raum/ow-popup~stunden", "Montag"),
        ("raum/ow-popup~vorlauf", "weniger als ein Tag"),
        ("raum/ow-popup~zwecke", "Eigene Arbeit"),
        ("raum/ow-popup~arten", "Arbeitsplätze"),
        ("raum/ow-popup~ferien", "Schulferien"),
        ("raum/ed-night~jahr~2023", "2023-12-31"),
        ("raeume/utilisation", "Werkhof rund um die Uhr"),
    ],
)
def test_every_picture_has_its_table_as_a_file_marked_as_sample_data(booked, fetched, name, says):
    answer = fetched(f"{name}.csv")

    assert answer.status_code == 200
    assert says in answer.content.decode("utf-8-sig")
    assert answer.table.get_column("Beispieldaten").null_count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "raum/nothing~jahr",
        "raum/ow-popup",
        "raum/ow-popup~nothing",
        "raum/ow-popup~jahr~2022",
        "raum/ed-night~jahr~1999",
        "raum/ed-night~stunden~2023",
        "raum/mo-hidden~wochen",
        "raeume/nothing",
        "raeume/holiday_effect",
        "raeume/population__inhabitants",
    ],
)
def test_a_file_that_is_not_there_is_said_in_a_sentence(booked, fetched, name):
    answer = fetched(f"{name}.csv")

    assert answer.status_code == 404
    assert answer.text == texts.of("de").no_file


def test_no_file_holds_a_hidden_number(booked, fetched):
    table = fetched("raum/ow-popup~jahr.csv").table

    hidden = table.filter(pl.col("Zeichen") == ".")
    assert hidden.height == 48
    assert hidden.get_column("Auslastung (%)").null_count() == 48
