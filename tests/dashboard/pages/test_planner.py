"""The desk planner on the page: its sliders, its sentences in both languages, its address, its files."""

import html
import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import texts
from dashboard.pages.planner import planner_inputs, planner_surveys, planner_words
from dashboard.pages.planner.planner_inputs import ASSUMED, Choice
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.release.release_cache import Cache
from dashboard.words.numbers import Numbers
from stadtlabor.statistics.planner import Assumptions, CannotPlanError, Outcome, Plan, Range, Tariff
from tests.dashboard.conftest import TIMEOUT, words
from tests.dashboard.samples import planner_sample, sample


@pytest.fixture
def planned(warehouse):
    sample.write_release(warehouse, **planner_sample.tables())
    return warehouse


@pytest.fixture
def now(planned):
    return visiting("de")


def visiting(language):
    return Visit(language, "light", texts.of(language), Numbers(language), store.current())


@pytest.fixture
def open_planner(planned):
    def opened(space="wi-space", **address):
        page = AppTest.from_function(_page, args=(space,), default_timeout=TIMEOUT)
        for key, value in address.items():
            page.query_params[key] = value
        page.run()
        assert not page.exception
        return page

    return opened


def _page(space: str) -> None:
    from dashboard.pages.planner import section
    from dashboard.renderers.live import draw, frame, session

    now = session.begin()
    frame.dress(now.theme)
    draw.show(section.show(now, space), now)


def slider(page, label):
    return next(one for one in page.slider if one.label == label)


def answer(page):
    """The two sentences; everything else the page says comes in other pieces."""
    (found,) = re.findall('<p class="sl-count".*?</p>', "".join(str(one.proto.body) for one in page.get("html")), re.S)
    return html.unescape(re.sub("[ \n]+", " ", re.sub("<[^>]+>", " ", found)).strip())


def test_the_answer_is_two_sentences_with_the_plan_as_it_was(open_planner):
    said = answer(open_planner())

    assert said.startswith("Mit 9 Arbeitsplätzen, Montag bis Freitag von 9 bis 17 Uhr, läge die Auslastung bei ")
    assert re.search(r"wahrscheinlich zwischen \d+ und \d+\u202f%", said)
    # In Wittenberge the space was free; the middle of the prices named there is 10 euros.
    assert " Bei 10\u202f€ je Tag blieben von den bisherigen Besuchen " in said
    assert re.search(r"Einnahmen von rund [\d.]+\u202f€ im Jahr deckten \d+\u202f% ", said)
    assert len(re.findall(r"\.(?: |$)", said)) == 2


def test_the_answer_in_english(open_planner):
    said = answer(open_planner(sprache="en"))

    assert said.startswith("With 9 desks, Monday to Friday from 09:00 to 17:00, ")
    assert "At €10 per day, " in said
    assert re.search(r"takings of about €[\d,]+ a year would cover \d+%", said)
    assert not [word for word in ("None", "NaN", "{", "Arbeitspl") if word in said]


def test_a_slider_changes_the_answer_and_the_address(open_planner):
    page = open_planner()
    before = answer(page)

    slider(page, texts.of("de").planner_choose_desks).set_value(1).run()

    assert not page.exception
    assert answer(page).startswith("Mit einem Arbeitsplatz, ")
    assert answer(page) != before
    assert page.query_params["plaetze"] == "1"
    slider(page, texts.of("de").planner_choose_desks).set_value(9).run()
    assert "plaetze" not in page.query_params
    assert answer(page) == before


def test_every_assumption_has_a_slider_that_says_so_and_stands_in_the_address(open_planner):
    page, labels = open_planner(), texts.of("de").group("planner_inputs")
    reasons = texts.of("de").group("planner_reasons")

    for name, (address, low, _, _) in ASSUMED.items():
        assert labels[name].startswith("Annahme: ")
        assert reasons[name].replace('"', "&#34;") in words(page)
        slider(page, labels[name]).set_value(int(low)).run()
        assert page.query_params[address] == f"{low:g}"
    assert not page.exception
    # Nothing is rented, run, staffed or furnished.
    assert answer(page).endswith(" im Jahr ein; Kosten sind keine angenommen.")


def test_the_address_sets_everything(open_planner):
    page = open_planner(plaetze="3", offen="8.5-12", tage="26", preis="1.5", je="stunde", miete="0", befragung="ohne")

    assert answer(page).startswith("Mit 3 Arbeitsplätzen, Dienstag und Samstag von 8:30 bis 12 Uhr, ")
    assert " Bei 1,50\u202f€ je Stunde brächten die Besuche " in answer(page)
    assert slider(page, texts.of("de").group("planner_inputs")["rent_eur"]).value == 0
    assert dict(page.query_params)["offen"] == ["8.5-12"] or page.query_params["offen"] == "8.5-12"


@pytest.mark.parametrize("address", [
    {"plaetze": "0"}, {"plaetze": "999"}, {"plaetze": "3.5"}, {"offen": "17-9"}, {"offen": "2-5"}, {"tage": "89"},
    {"preis": "-1"}, {"preis": "1e9"}, {"je": "woche"}, {"befragung": "<b>"}, {"wochen": "99"}, {"miete": "abc"},
])  # fmt: skip
def test_what_the_address_says_wrongly_is_passed_over(open_planner, address):
    page = open_planner(**address)

    assert answer(page).startswith(("Mit 9 Arbeitsplätzen, Montag bis Freitag von 9 bis 17", "Mit 4 Arbeits"))


def test_without_a_price_the_costs_stay(open_planner):
    assert "Ohne Preis nimmt der Raum nichts ein; Kosten von rund " in answer(open_planner(preis="0"))


def test_changing_the_unit_changes_the_price_with_it(open_planner):
    page = open_planner()

    page.radio[0].set_value("stunde").run()

    assert not page.exception
    assert " Bei 1,25\u202f€ je Stunde " in answer(page)


def test_taking_the_last_weekday_away_leaves_it(open_planner):
    page = open_planner(tage="3")

    page.button_group[0].set_value([]).run()

    assert not page.exception
    assert ", Mittwoch von 9 bis 17 Uhr, " in answer(page)


def test_the_own_towns_survey_is_used_and_another_ones_is_named(open_planner, now):
    assert [one.survey_id for one in planner_surveys.surveys(now.release, "wittenberge", "de")] == ["wi-users"]

    page = open_planner("mo-space")

    (box,) = page.selectbox
    assert box.value == "wi-users"
    assert "Wittenberge" in box.options[0]
    # Whoever paid 8 euros then stays at 8 euros.
    assert "Bei 8\u202f€ je Tag blieben alle bisherigen Besuche; " in answer(page)
    assert "Gemessen wurde bei 8\u202f€ je Tag." in words(page)
    assert "sagt die Befragung aus Wittenberge" in words(page)
    assert "sagt die Befragung aus" not in words(open_planner("wi-space"))


def test_where_no_survey_asked_the_price_is_without_effect_and_it_says_so(warehouse):
    sample.write_release(warehouse, **planner_sample.tables(demand_curve=[]))
    page = AppTest.from_function(_page, args=("mo-space",), default_timeout=TIMEOUT).run()

    assert not page.exception
    assert "wenn trotz des Preises alle kämen: Was er ändert, ist hier außen vor." in answer(page)
    assert texts.of("de").planner_how_no_survey in words(page)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_space_that_cannot_be_planned_for_says_why(open_planner, language):
    page = open_planner("di-hidden", sprache=language)

    assert texts.of(language).group("planner_cannot")["hidden"] in words(page)
    assert not page.slider


@pytest.mark.parametrize("language", ["de", "en"])
def test_how_it_is_reckoned_is_written_out(open_planner, language):
    said = words(open_planner(sprache=language))

    say = texts.of(language)
    assert say.planner_how_demand.format(weeks=12, hidden=0, hours="@").split("@")[0] in said
    assert say.planner_how_full_never[:40] in said
    assert say.planner_how_not[:40] in said
    assert not re.findall(r"\b(?:None|NaN|nan|inf|Traceback)\b|{[a-z_]+}", re.sub("<style>.*?</style>", "", said))


def test_sample_data_are_marked(open_planner):
    assert texts.of("de").sample_strip_here in words(open_planner())


@pytest.mark.parametrize("ending", ["csv", "png", "svg", "xlsx"])
def test_the_picture_is_a_file_to_take_away_with_its_plan(planned, fetched, ending):
    answered = fetched(f"platzplaner/wi-space~plaetze=3~offen=8,5-12.{ending}")

    assert answered.status_code == 200
    if ending == "csv":
        assert "Arbeitsplätze" in answered.content.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["no-space", "di-hidden"])
def test_of_what_cannot_be_planned_there_is_no_file(planned, fetched, name):
    assert fetched(f"platzplaner/{name}.csv").status_code == 404


def test_a_choice_is_read_back_from_its_name(now):
    world = planner_inputs.world_of(now.release, "wi-space")
    asked = planner_surveys.surveys(now.release, "wittenberge", "de")
    first = planner_inputs.first_choice(world, asked)
    choice = Choice(
        Plan(4, 8.5, 19, (1, 3, 6), Tariff(2.25, "hour")),
        Assumptions(rent_eur=0, weeks=30, elsewhen_pct=50),
        "",
    )

    space_id, address = planner_inputs.named_in(planner_inputs.named("wi-space", choice, first))

    assert (space_id, planner_inputs.read(address, first, world, asked)) == ("wi-space", choice)
    assert planner_inputs.named("wi-space", first, first) == "wi-space"


def test_the_same_release_gives_the_same_numbers(now, planned):
    once = planner_inputs.world_of(now.release, "wi-space")
    another = replace(now.release, cache=Cache())

    again = planner_inputs.world_of(another, "wi-space")

    assert once is not again
    assert (once.day == again.day).all()
    assert (once.pays == again.pays).all()


def test_a_hidden_space_has_no_world(now):
    with pytest.raises(CannotPlanError):
        planner_inputs.world_of(now.release, "di-hidden")


def outcome(used=(20, 25, 30), days=(1, 4, 9), covered=(8, 12, 15), kept=(40, 50, 60)):
    """An outcome for 7 desks with the given ranges."""
    one = {"rent": 10_000.0, "running": 2_000.0, "staff": 0.0, "desks": 0.0}
    return Outcome((7,), (Range(*used),), (Range(*days),), (Range(0, 1, 2),), (Range(*covered),),
                   (Range(1_000, 1_440, 1_800),), (one,), Range(*kept))  # fmt: skip


CHOICE = Choice(Plan(7, 9, 17, (1, 2, 3, 4, 5), Tariff(10.0)), Assumptions(), "wi-users")


@pytest.mark.parametrize(("days", "said"), [
    ((0, 0.2, 0.4), "und so gut wie nie fände jemand alles besetzt."),
    ((0, 0.3, 1.2), "und an höchstens einem von 100 Öffnungstagen fände jemand alles besetzt."),
    ((0, 0.4, 3), "und an weniger als einem von 100 Öffnungstagen fände jemand alles besetzt, höchstens an 3."),
    ((0, 1, 3), "und an einem von 100 Öffnungstagen fände jemand alles besetzt, höchstens an 3."),
    ((2, 15.2, 24), "und an 15 von 100 Öffnungstagen fände jemand alles besetzt, wahrscheinlich an 2 bis 24."),
])  # fmt: skip
def test_how_often_everything_is_taken_in_words(now, days, said):
    assert planner_words.sentences(outcome(days=days), CHOICE, now)[0].endswith(said)


def test_the_whole_answer_word_for_word(now):
    assert planner_words.sentences(outcome(), CHOICE, now) == [
        "Mit 7 Arbeitsplätzen, Montag bis Freitag von 9 bis 17 Uhr, läge die Auslastung bei 25\u202f% (rund ein "
        "Viertel), wahrscheinlich zwischen 20 und 30\u202f%, und an 4 von 100 Öffnungstagen fände jemand alles "
        "besetzt, wahrscheinlich an 1 bis 9.",
        "Bei 10\u202f€ je Tag blieben von den bisherigen Besuchen 50\u202f% (die Hälfte), wahrscheinlich zwischen 40 "
        "und 60\u202f%; Einnahmen von rund 1.400\u202f€ im Jahr deckten 12\u202f% (rund ein Zehntel) der Kosten von "
        "rund 12.000\u202f€, wahrscheinlich zwischen 8 und 15\u202f%.",
    ]


def test_the_whole_answer_in_english_word_for_word(planned):
    assert planner_words.sentences(outcome(), CHOICE, visiting("en")) == [
        "With 7 desks, Monday to Friday from 09:00 to 17:00, 25% (about a quarter) of the desks' time would be booked, "
        "probably between 20 and 30%, and on 4 of 100 open days somebody would find everything taken, probably on 1 "
        "to 9.",
        "At €10 per day, 50% (half) of the visits so far would remain, probably between 40 and 60%; takings of about "
        "€1,400 a year would cover 12% (about a tenth) of costs of about €12,000, probably between 8 and 15%.",
    ]
