"""Every event and every indicator of events against the naive count, in hundreds of random towns."""

from collections import defaultdict

import pytest

from stadtlabor.indicators import catalogue
from tests.dbt.events import oracle

# Months of a lab come from the journal and are checked there.
INDICATORS = {one.entry.indicator_id for one in catalogue.load() if one.theme == "events"} - {"lab_months"}
WHOLE = ("opening_lead", "event_autumn_ratio")


@pytest.fixture(scope="module")
def counted(worlds):
    """town_id → its events, one by one."""
    return {one.town_id: oracle.events(one) for one in worlds}


@pytest.fixture(scope="module")
def values(released):
    """indicator → (town, breakdown, breakdown_value) → (sign, interval)."""
    found = defaultdict(dict)
    for indicator, *key, value, sign, low, high in released.rows(
        "select indicator_id, town_id, breakdown, breakdown_value, value, sign, interval_low, interval_high "
        "from indicator_values inner join indicator_catalogue using (indicator_id) where theme = 'events'"
    ):
        assert value == (low if sign == "" else None)
        found[indicator][tuple(key)] = (sign, (low, high))
    return found


def test_every_indicator_has_an_oracle():
    assert {*oracle.OF_HELD, *oracle.OF_ALL, *WHOLE} == INDICATORS


def test_each_event_stands_once_with_the_counts_that_may_be_told(released, counted):
    found = defaultdict(dict)
    for town, title, held, synthetic, *cells in released.rows(
        "select town_id, lower(trim(title)), is_held, is_synthetic, registered, registered_sign, attended, "
        "attended_sign, walk_ins, walk_ins_sign, taken_up, taken_up_sign, organisations, organisations_sign, "
        "attended_low, attended_high from events"
    ):
        shown = tuple(sign or count for count, sign in zip(cells[:10:2], cells[1:10:2], strict=True))
        number = int(title.split()[-1])
        assert number not in found[town]
        found[town][number] = (held, synthetic, *shown, *cells[10:])

    expected = {
        town: {
            event.number: (
                event.is_held, event.is_synthetic, event.seen.registered, event.seen.attended, event.seen.walk_ins,
                event.seen.taken_up, event.seen.organisations, event.seen.low, event.seen.high,
            )
            for event in events
        }
        for town, events in counted.items()
    }  # fmt: skip
    assert dict(found) == expected


def near(ends):
    """The same but for rounding; an end that is not told is None."""
    return tuple(None if end is None else pytest.approx(end, rel=1e-9) for end in ends)


def expected_ranges(events, indicator):
    week = oracle.opening_week(events)
    groups = defaultdict(list)
    for event in events:
        for family in oracle.families(event, week):
            groups[family].append(event)
    for family, group in groups.items():
        held = [event for event in group if event.is_held]
        yield (
            family,
            oracle.OF_HELD[indicator](held) if indicator in oracle.OF_HELD else oracle.OF_ALL[indicator](group),
        )


@pytest.mark.parametrize("indicator", sorted(INDICATORS - set(WHOLE)))
def test_an_indicator_says_what_the_count_says(values, counted, indicator):
    given = {breakdown for _, breakdown, _ in values[indicator]}
    checked = 0
    for town, events in counted.items():
        for family, ends in expected_ranges(events, indicator):
            if family[0] not in given:
                continue
            found = values[indicator].get((town, *family))
            if ends is None:
                assert found == (("x", (None, None)) if family[0] == "total" else None), (town, family)
                continue
            assert found is not None, (town, family)
            assert found[0] == ("" if ends[0] is not None and ends[0] == ends[1] else "."), (town, family)
            assert found[1] == near(ends), (town, family)
            checked += 1
    assert checked > 100
    assert {"total", "format", "theme", "target_group"} <= given


@pytest.mark.parametrize(
    ("indicator", "count"), [("opening_lead", oracle.opening_lead), ("event_autumn_ratio", oracle.autumn_ratio)]
)
def test_what_is_said_of_a_town_alone(values, counted, indicator, count):
    signs = set()
    for town, events in counted.items():
        ends = count(events)
        sign, interval = values[indicator].get((town, "total", None), ("x", (None, None)))
        signs.add(sign)
        if ends is None:
            assert sign in ("x", "."), town
            assert interval == (None, None), town
        elif ends == "/":
            assert (sign, interval) == ("/", (None, None)), town
        else:
            assert interval == near(ends), town
            assert sign == ("" if ends[0] == ends[1] else "."), town
    assert "" in signs
    assert len(signs) > 1


def test_a_town_without_events_says_so(released):
    assert (
        released.rows("select count(*) from indicator_values where indicator_id = 'events_held' and sign = ''")[0][0]
        > 200
    )


def test_every_passport_says_that_visits_are_not_persons(released):
    passports = {
        indicator: (german, english)
        for indicator, german, english in released.rows(
            "select indicator_id, caveat_de, caveat_en from indicator_catalogue"
        )
        if indicator in INDICATORS
    }

    assert set(passports) == INDICATORS
    assert all(german.startswith("Besuche sind nicht Personen") for german, _ in passports.values())
    assert all(english.startswith("Visits are not persons") for _, english in passports.values())
