"""Units with their factors, and periods in ISO form."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtlabor.values import periods
from stadtlabor.values.stated import Period
from stadtlabor.values.units import split_unit


@pytest.mark.parametrize(
    ("written", "unit", "factor"),
    [
        ("Anzahl", "Anzahl", "1"), ("%", "%", "1"), ("", "", "1"), (None, "", "1"),
        ("1000", "Anzahl", "1000"), ("1 000", "Anzahl", "1000"), ("1.000", "Anzahl", "1000"),
        ("1000 t", "t", "1000"), ("Tsd. EUR", "EUR", "1000"), ("Tsd EUR", "EUR", "1000"),
        ("Tausend EUR", "EUR", "1000"), ("TEUR", "EUR", "1000"), ("EUR 1000", "EUR", "1000"),
        ("in 1.000 Euro", "Euro", "1000"), ("Mill. EUR", "EUR", "1000000"), ("Mio. t km", "t km", "1000000"),
        ("Mrd. EUR", "EUR", "1000000000"), ("EUR mn.", "EUR", "1000000"),
        ("EUR je 1000 Einwohner", "EUR je 1000 Einwohner", "1"), ("je 1000 Einw.", "je 1000 Einw.", "1"),
        ("100 kg", "100 kg", "1"), ("2015=100", "2015=100", "1"), ("Person-km", "Person-km", "1"),
        ("1000000", "Anzahl", "1000000"), ("US-$ 1000", "US-$", "1000"), ("US-$ Mio.", "US-$", "1000000"),
        ("1000 US-$", "US-$", "1000"), ("US-$", "US-$", "1"),
    ],
)  # fmt: skip
def test_a_unit_is_split_from_its_factor(written, unit, factor):
    assert split_unit(written) == (unit, factor)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("31.12.2015", "2015-12-31"), ("2015-12-31", "2015-12-31"), ("2015", "2015"), ("2015-06", "2015-06"),
        ("2023-10P6M", "2023-10P6M"), ("2019/20", "2019/20"), ("2019/2021", "2019/2021"), ("Juni 2020", "2020-06"),
        ("2019-20", "2019/20"), ("2019–20", "2019/20"), ("2019 – 2021", "2019/2021"), ("2019 / 20", "2019/20"),
        ("2019-2021", "2019/2021"), ("1999-00", "1999/2000"), ("2011-12", "2011-12"), ("2015-20", None),
        ("2020/19", None), ("2020-2019", None), ("2023P2Y", "2023P2Y"), ("2023-10-15P2W", "2023-10-15P2W"),
        ("31.02.2015", None), ("2015-13", None), ("männlich", None), ("01001", None), ("0815", None),
        ("10942115", None), ("", None), ("2015-2-3", None),
    ],
)  # fmt: skip
def test_periods_become_iso_where_they_are_periods(written, iso):
    assert periods.iso(written) == iso


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Jahr: 2016", "2016"), ("30.06.2015;;;", "2015-06-30"), ("Stichtag: 31.12.2020", "2020-12-31"),
        ("2015", "2015"), ("regionale Tiefe: Gemeinden", None), ("- Stichtag 31.12. -", None),
    ],
)  # fmt: skip
def test_a_title_line_may_state_the_period(title, found):
    assert periods.find(title) == found


@given(st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31)))
def test_german_dates_keep_their_day(day):
    assert periods.iso(f"{day:%d.%m.}{day.year}") == day.isoformat()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2015-06-30", "2015-06-30", "2015-06-30"), ("2015-01-01", "2015-12-31", "2015"),
        ("2016-02-01", "2016-02-29", "2016-02"), ("2015-01-01", "2023-12-31", "2015-01-01/2023-12-31"),
    ],
)  # fmt: skip
def test_a_manifest_s_period_is_named_as_short_as_it_can_be(manifest_of, first, last, said):
    manifest = manifest_of(period={"from": first, "to": last})

    assert periods.written(manifest.period if manifest else None) == said
    if "/" not in said:
        assert periods.bounds(said) == Period.model_validate({"from": first, "to": last})
