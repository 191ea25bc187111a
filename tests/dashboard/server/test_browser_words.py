"""The words of Streamlit's own controls: each is replaced in both languages, and each is still one that it says."""

import json
import re

import pytest

from dashboard import texts
from dashboard.server import browser_words, web
from dashboard.server.preload import FILES
from tests.dashboard.server.test_web import PAGE

# How the words stand in the files that Streamlit sends.
SAID = {
    "Selectbox.*.js": ("`No results`", '"aria-label":`Open`'),
    "Slider.*.js": ("— ${i===0?`start`:`end`}",),
}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_hint_has_its_words(language):
    words = texts.of(language).group("hints")

    assert set(words) == {*browser_words.NAMES.values(), "nothing"}
    for pattern, name in browser_words.NAMES.items():
        assert ("$1" in words[name]) == ("(.+)" in pattern)


def test_a_page_puts_its_own_language():
    page = web.dressed_page(PAGE, "de", "")

    names, nothing = re.search(r"var names=(\[.*?\]),nothing=(\[.*?\]);\n", page).groups()
    assert dict(json.loads(names))["^Open$"] == "Auswahl öffnen"
    assert json.loads(nothing) == ["No results", "Nichts gefunden"]


@pytest.mark.parametrize("kind", SAID)
def test_streamlit_still_says_what_is_replaced(kind):
    (file,) = FILES.glob(kind)

    assert [words for words in SAID[kind] if words not in file.read_text("utf-8")] == []
