"""A selection and the address keep together, also where a reader is quicker than the address."""

import pytest
from streamlit.runtime.state.query_params import QueryParams

pytestmark = pytest.mark.usefixtures("published")
THEME, FIRST, SECOND = "housing", "housing__rent", "housing__vacancy"


@pytest.fixture
def told(monkeypatch):
    """What is sent to the browser as its new address."""
    found = []
    send = QueryParams._send_query_param_msg

    def sent(self):
        found.append(self.to_dict())
        send(self)

    monkeypatch.setattr(QueryParams, "_send_query_param_msg", sent)
    return found


@pytest.fixture
def page(open_page):
    return open_page("structure", thema=THEME)


def test_a_choice_stands_in_the_address(page):
    _choose(page, SECOND)

    assert (_chosen(page), page.query_params["indikator"]) == (SECOND, SECOND)


def test_a_choice_is_not_lost_where_the_browser_still_has_the_address_before_the_last_one(page):
    _choose(page, "moelln", "stadt")

    del page.query_params["stadt"]
    _choose(page, "wittenberge", "stadt")

    assert (_chosen(page, "stadt"), page.query_params["stadt"]) == ("wittenberge", "wittenberge")


def test_a_choice_that_stands_in_an_old_address_is_told_again_since_another_may_be_on_its_way(page, told):
    _choose(page, SECOND)
    _choose(page, FIRST)
    told.clear()

    page.query_params["indikator"] = SECOND
    _choose(page, SECOND)

    assert told == [{"thema": THEME, "indikator": SECOND}]


def test_a_link_or_the_back_button_changes_the_choice_and_is_not_told_back(page, told):
    _choose(page, SECOND)
    told.clear()

    del page.query_params["indikator"]
    page.run()
    assert _chosen(page) == FIRST

    page.query_params["indikator"] = SECOND
    page.run()
    assert _chosen(page) == SECOND
    assert told == []


def test_an_address_that_names_nothing_known_gives_the_first_choice(page):
    _choose(page, SECOND)

    page.query_params["indikator"] = "nothing"
    page.run()

    assert _chosen(page) == FIRST
    assert "indikator" not in page.query_params


def _box(page, name):
    return next(box for box in page.selectbox if box.key == f"choice-{name}")


def _choose(page, value, name="indikator"):
    _box(page, name).set_value(value).run()


def _chosen(page, name="indikator"):
    return _box(page, name).value
