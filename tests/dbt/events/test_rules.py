"""What counts as an event, and where its numbers come from: one case each, written by hand."""

import pytest

from stadtlabor.disclosure.events.audit import attack_events
from tests.dbt import building
from tests.dbt.events.by_hand import delivery, event, registration


def people(title, came, stayed=0, **rest):
    """So many lines of a list kept at the door."""
    return [
        *(registration(title, n, checked_in_at="yes", **rest) for n in range(came)),
        *(registration(title, came + n, checked_in_at="no", **rest) for n in range(stayed)),
    ]


EVENTS = [
    # The same number in two deliveries: moved by an hour, and the newer one does not speak of the capacity.
    event("moved", "2022-09-01T17:00:00", delivery_id="early", capacity=40, attended=11),
    event("moved", "2022-09-01T18:00:00", attended=30),
    # The same title at the same time in the export of another tool.
    event("twice", "2022-09-02T18:00:00", attended=20),
    event("Twice", "2022-09-02T18:00:00", delivery_id="early", event_key="another tool's", registered=30),
    # Two of one title at one time in one export, at two places.
    event("parallel", "2022-09-03T18:00:00", event_key="parallel one", venue="Hall", attended=10),
    event("parallel", "2022-09-03T18:00:00", event_key="parallel two", venue="Bar", attended=15),
    event("called off", status="cancelled", registered=20, attended=12, note="Der Redner war krank."),
    event("tentative", status="tentative"),
    event("tentative but counted", status="tentative", attended=6),
    event("to come", "2030-01-01T18:00:00", registered=12),
    event("listed", registered=99, attended=98, organisations=9),
    event("nobody at the door", registered=3, attended=20),
    event("nobody came", attended=0, capacity=20, registered=10, cost_eur=100),
    event("too many walk-ins", attended=12, walk_ins=13),
    event("few, with a note", attended=3, note="Nur drei waren da."),
    event("few, with another note", attended=3, note="Bei Regen."),
    event("small room", attended=2, capacity=2),
    event("over midnight", "2022-08-31T23:30:00", attended=9),
    # Told by the release that serves.
    event("known before", registered=20, attended=17),
    event("known before, and far", registered=20, attended=9),
    event("corrected a little", attended=18),
    event("corrected a lot", attended=30),
    event("corrected to few", attended=3),
    event("corrected to nearly all", attended=12, taken_up=10, status="tentative"),
]
REGISTRATIONS = [
    *people("listed", 8, 7, organisation_pseudonym="one"),
    registration("listed", 100, checked_in_at="yes", is_walk_in="true", quantity=5, organisation_pseudonym="two"),
    registration("listed", 101, checked_in_at="no", status="cancelled"),
    registration("listed", 102, checked_in_at="yes", status="refunded"),
    # The orders beside the check-in list.
    *(registration("listed", n) for n in range(8)),
    *(registration("nobody at the door", n) for n in range(25)),
    registration("unheard of", 1),
]


@pytest.fixture(scope="module")
def ids(tmp_path_factory):
    """The ids that the release before gave, from a build of the same events."""
    return told(build(tmp_path_factory.mktemp("before")))


def build(folder, **tables):
    built = building.build(
        folder,
        deliveries=[delivery("early", "2022-12-01"), delivery("late", "2023-01-01")],
        events=EVENTS, registrations=REGISTRATIONS, **tables,
    )  # fmt: skip
    assert built.result.ok, built.result.failures
    return built


def told(built):
    columns = ["event_id", "title", "starts_at", "venue", "status", "is_held", "capacity", "registered",
               "registered_sign", "attended", "attended_sign", "attended_low", "attended_high", "walk_ins",
               "walk_ins_sign", "organisations", "organisations_sign", "fill_share", "no_show_share",
               "cost_per_visit", "note", "record_note_de", "event_date", "sources"]  # fmt: skip
    rows = built.rows(f"select {', '.join(columns)} from events")
    found = {}
    for row in rows:
        one = dict(zip(columns, row, strict=True))
        found[one["title"] if one["title"] != "parallel" else f"parallel {one['venue']}"] = one
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def built(ids, tmp_path_factory):
    before = [
        {"event_id": ids["known before"]["event_id"], "registered": 20},
        {"event_id": ids["known before, and far"]["event_id"], "registered": 20},
        {"event_id": ids["corrected a little"]["event_id"], "attended": 16},
        {"event_id": ids["corrected a lot"]["event_id"], "attended": 16},
        {"event_id": ids["corrected to few"]["event_id"], "attended": 6},
        {"event_id": ids["corrected to nearly all"]["event_id"], "attended": 20, "taken_up": 10},
    ]
    return build(tmp_path_factory.mktemp("events"), previous_events=before)


@pytest.fixture(scope="module")
def events(built):
    return told(built)


def shown(one, *names):
    return tuple(one[name] for name in names)


def test_an_event_delivered_again_counts_once_and_is_completed_from_the_older_record(events):
    assert shown(events["moved"], "attended", "capacity", "fill_share", "sources") == (30, 40, 75.0, "early, late")
    assert f"{events['moved']['starts_at']:%H:%M}" == "18:00"
    assert "zählt einmal" in events["moved"]["record_note_de"]


def test_the_same_title_at_the_same_time_in_two_tools_is_one_event(events):
    assert shown(events["twice"], "registered", "attended", "sources") == (30, 20, "early, late")
    assert "zählt einmal" in events["twice"]["record_note_de"]


def test_two_events_of_one_title_in_one_export_are_two(events):
    assert (events["parallel Hall"]["attended"], events["parallel Bar"]["attended"]) == (10, 15)


def test_a_cancelled_event_is_kept_apart(events):
    assert shown(events["called off"], "is_held", "attended", "attended_sign", "registered", "note") == (
        False, None, "x", 20, "Der Redner war krank.",
    )  # fmt: skip


def test_what_is_tentative_or_to_come_was_not_held_unless_somebody_counted(events):
    held = {name: events[name]["is_held"] for name in ("tentative", "tentative but counted", "to come")}

    assert held == {"tentative": False, "tentative but counted": True, "to come": False}


def test_a_list_at_the_door_is_counted_and_goes_before_the_record(events):
    """8 came, 7 stayed away, 5 walked in on one line, one came on a refunded ticket, one cancelled: 16 and 14."""
    assert shown(events["listed"], "attended", "walk_ins", "registered_sign") == (14, 5, ".")
    assert events["listed"]["organisations_sign"] == "."
    assert "es gilt die Liste" in events["listed"]["record_note_de"]


def test_a_list_that_nobody_kept_at_the_door_counts_nobody(events):
    assert shown(events["nobody at the door"], "registered", "attended", "walk_ins_sign") == (25, 20, "x")


def test_nobody_is_a_true_zero(events):
    assert shown(events["nobody came"], "attended", "attended_sign", "fill_share", "no_show_share") == (
        0,
        "",
        0.0,
        100.0,
    )
    assert events["nobody came"]["cost_per_visit"] is None


def test_a_part_larger_than_its_whole_is_left_out_and_said(events):
    assert shown(events["too many walk-ins"], "attended", "walk_ins", "walk_ins_sign") == (12, None, "x")
    assert "größer angegeben" in events["too many walk-ins"]["record_note_de"]


def test_a_note_that_could_tell_a_hidden_number_is_left_out(events):
    assert events["few, with a note"]["note"] is None
    assert events["few, with another note"]["note"] == "Bei Regen."


def test_a_room_for_two_is_not_told(events):
    assert shown(events["small room"], "attended_sign", "attended_low", "attended_high", "capacity") == (
        ".",
        1,
        4,
        None,
    )


def test_an_event_belongs_to_the_local_day_on_which_it_begins(events):
    assert str(events["over midnight"]["event_date"]) == "2022-08-31"


def test_registrations_that_were_out_before_stay_and_hide_who_came(events, ids):
    assert shown(ids["known before"], "registered_sign", "attended") == (".", 17)
    assert shown(events["known before"], "registered", "attended_sign", "attended_low", "attended_high") == (
        20, ".", 16, 24,
    )  # fmt: skip
    assert shown(events["known before, and far"], "registered", "attended") == (20, 9)


def test_a_number_that_changed_by_a_handful_stays_as_it_was(events):
    assert events["corrected a little"]["attended"] == 16
    assert events["corrected a lot"]["attended"] == 30
    assert shown(events["corrected to few"], "attended_sign", "attended_low", "attended_high") == (".", 1, 4)


def test_visits_that_would_complete_a_part_that_is_out_are_not_told(events):
    """10 took the offer up and that is known; 12 who came would leave two who did not."""
    assert shown(events["corrected to nearly all"], "attended", "attended_sign", "attended_low", "is_held") == (
        None, "x", None, True,
    )  # fmt: skip
    assert "bereits veröffentlichten" in events["corrected to nearly all"]["record_note_de"]


def test_a_registration_of_no_event_is_nobody_s(built):
    assert built.rows("select count(*) from events where registered = 1") == [(0,)]


def test_the_attack_finds_nothing(built):
    assert attack_events(built.release).findings == []


def test_a_town_s_own_words_stand_for_themselves(released):
    labels = released.rows("select format, format_de, format_en from events where format in ('brunch', 'opening')")

    assert set(labels) == {("brunch", "brunch", "brunch"), ("opening", "Eröffnung", "Opening")}
