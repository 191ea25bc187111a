"""What a selection shows is made once, stands again the same, and is never another's."""

import pytest

from dashboard.parts.pieces import passport
from dashboard.renderers import access
from tests.dashboard.conftest import words

pytestmark = pytest.mark.usefixtures("published")
RENT = {"thema": "housing", "indikator": "housing__rent"}


@pytest.fixture
def made(monkeypatch):
    """How often the pieces of a selection were made."""
    found = []
    show = passport.show
    monkeypatch.setattr(passport, "show", lambda *given: found.append(1) or show(*given))
    return found


def test_the_second_reader_sees_the_same_without_its_being_made_again(open_page, made):
    first, second = open_page("structure", **RENT), open_page("structure", **RENT)

    assert words(second) == words(first)
    assert [element.type for element in second.main] == [element.type for element in first.main]
    assert "housing__rent" in words(second)
    assert len(made) == 1


@pytest.mark.parametrize("other", [{"stadt": "moelln"}, {"sprache": "en"}, {"indikator": "housing__vacancy"}])
def test_another_selection_is_shown_for_itself(open_page, made, other):
    first, second = open_page("structure", **RENT), open_page("structure", **RENT | other)

    assert words(second) != words(first)
    assert len(made) == 2


def test_where_a_sign_in_is_asked_for_nothing_is_kept(open_page, made, monkeypatch):
    monkeypatch.setattr(access, "is_open", lambda: False)
    monkeypatch.setattr(access, "right", lambda *given: "")

    for _ in range(2):
        open_page("structure", **RENT)

    assert len(made) == 2
