"""German titles and notes on an English page are marked as German, and nothing else is."""

import pytest

from dashboard.release import store
from dashboard.renderers import foreign
from tests.dashboard.conftest import words
from tests.dashboard.samples import sample

TITLE = "Befragung der Bürger & Gäste"
NOTE = 'Von Hand geführt; Enden "offen" gelassen.'


@pytest.fixture
def delivered(warehouse):
    sample.write_release(warehouse, deliveries=[sample.delivery("a-survey", title=TITLE, note=NOTE)])


def test_an_english_page_says_which_words_are_german(delivered, open_page):
    said = words(open_page("quality", sprache="en"))

    assert '<h2><span lang="de">Befragung der Bürger &amp; Gäste</span></h2>' in said
    assert '<span lang="de">Von Hand geführt; Enden &#34;offen&#34; gelassen.</span>' in said


def test_no_mark_stands_within_a_tag(delivered):
    title = "Befragung der Bürger &amp; Gäste"

    assert (
        foreign.marked(f'<div aria-label="Files of {title}"><p>Files of {title}.</p></div>', store.current())
        == f'<div aria-label="Files of {title}"><p>Files of <span lang="de">{title}</span>.</p></div>'
    )


def test_a_german_page_needs_no_mark(delivered, open_page):
    assert '<span lang="de">' not in words(open_page("quality", sprache="de"))


def test_single_words_and_words_of_both_languages_have_no_mark(warehouse):
    held = {"lab_id": "lab", "town_id": "moelln"}
    sample.write_release(
        warehouse,
        deliveries=[sample.delivery("one", title="Regionaldatenbank", producer="Amt", note=None)],
        lab_activities=[
            held | {"activity_id": "1", "title_de": "Offene Tür", "title_en": "Open house"},
            held | {"activity_id": "2", "title_de": "Äpfel am Bahnsteig", "title_en": "Äpfel am Bahnsteig"},
        ],
    )

    assert foreign.german(store.current()) == {"Äpfel am Bahnsteig"}
