"""Both languages hold the same strings, every string is used, and every word a page may need is there."""

import ast
import re
from pathlib import Path

import holidays
import pytest

from dashboard import texts
from dashboard.article.sitemap import ADDRESSES
from dashboard.words import numbers

DASHBOARD = Path(texts.__file__).parent.parent
SOURCES = [path for pattern in ("*.py", "*.jinja") for path in DASHBOARD.rglob(pattern)]

# What a reader of these pages is never told, by the rules of how the towns want to be compared.
FORBIDDEN = re.compile(
    r"signifikant|repräsentativ|besser|schlechter|\bPlatz\b|Spitzenreiter|Insight|Performance|Dashboard"
    r"|significan|representative|\bbetter\b|\bworse\b|\bleader",
    re.IGNORECASE,
)


def flat(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, entry in texts.of(language).entries.items():
        found |= {name: entry} if isinstance(entry, str) else {f"{name}.{key}": said for key, said in entry.items()}
    return found


def test_both_languages_say_the_same_things():
    assert set(flat("de")) == set(flat("en"))


@pytest.mark.parametrize("name", sorted(flat("de")))
def test_both_languages_fill_in_the_same_values(name):
    assert placeholders(flat("de")[name]) == placeholders(flat("en")[name])


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_page_has_a_title_of_its_own(language):
    assert len({texts.of(language).title(name) for name in ADDRESSES}) == len(ADDRESSES)


def test_no_string_is_empty_but_that_of_the_sign_that_is_none():
    assert [name for language in ("de", "en") for name, said in flat(language).items() if not said] == ["signs."] * 2


@pytest.mark.parametrize(("language", "close"), [("de", "100\u202f%"), ("en", "100%")])
def test_a_per_cent_sign_is_set_as_the_numbers_set_theirs(language, close):
    assert close in texts.of(language).survey_multiple
    assert [name for name, said in flat(language).items() if re.search(r"[\d}] %", said)] == []


def asked_for() -> set[str]:
    """Attributes of anything called `say` or returned by `texts.of`, and the groups asked for by name."""
    asked: set[str] = set()
    whom = re.compile(r"(\bsay|texts\.of\([^()]*(\(\))?\))$")
    for path in SOURCES:
        written = path.read_text("utf-8")
        if path.suffix == ".jinja":
            asked |= set(re.findall(r"\bsay\.(\w+)", written)) | set(re.findall(r"say\.group\(\"(\w+)\"", written))
            continue
        for node in ast.walk(ast.parse(written)):
            if isinstance(node, ast.Attribute) and whom.search(ast.unparse(node.value)):
                asked.add(node.attr)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "group":
                asked |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    return asked - {"group", "language", "title"}


def test_every_string_is_used():
    assert sorted(set(texts.of("de").entries) - asked_for()) == []


def test_every_string_that_is_asked_for_exists():
    assert sorted(asked_for() - set(texts.of("de").entries)) == []


def test_asking_for_a_string_that_is_not_there_is_an_error():
    with pytest.raises(AttributeError, match="no_such_string"):
        _ = texts.of("de").no_such_string
    with pytest.raises(KeyError, match="site_name"):
        texts.of("de").group("site_name")


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_sign_and_page_has_its_words(language):
    say = texts.of(language)

    assert set(say.group("signs")) >= set(numbers.SIGNS_WITHOUT_VALUE) | {"", "()"}
    assert set(say.group("pages")) == set(ADDRESSES)
    assert set(say.group("verdicts")) == {"agrees", "differs", "not_computable"}
    assert set(say.group("delivery_states")) == {"accepted", "refused", "refused_previous_kept"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_string_ranks_or_praises(language):
    assert [said for said in flat(language).values() if FORBIDDEN.search(said)] == []
    assert FORBIDDEN.search("Mölln ist der Spitzenreiter")


# Whom a text speaks to: it tells, and addresses nobody. At the head of a sentence "Sie" and "Ihr" mean others.
ADDRESSED = re.compile(
    r"\b(du|dich|dir|dein\w*|ihr\s+(seid|habt|könnt))\b"
    r"|(?<![.!?:;„–]\s)(?<!^)\b(Sie|Ihnen|Ihr|Ihre[mnrs]?)\b",
    re.MULTILINE,
)
# English where German has a word. Names of formats, licences and the project's own terms stay.
ENGLISH = re.compile(
    r"\b(the|and|with|table|download|downloads|feedback|score|ranking|chart|charts|event|events|user|users|link"
    r"|tool|tools|highlight|highlights|update|updates|slide|slides|feature|features|setting|settings|team|teams"
    r"|meeting|location|share|shares|filter|tab|tabs|button|buttons|default|survey|data|quality|search|help"
    r"|cluster|level|peer|peers|range|median of|learnings?|insights?|overview|dataset|file|files|value|values)\b",
    re.IGNORECASE,
)
# Where the other language's word is what a reader types into the search field, or the name of a thing.
SPEAKS_ENGLISH = re.compile(r"^(search_words\.|switch_language$|licences\.)")


def german() -> dict[str, str]:
    return {name: said for name, said in flat("de").items() if not SPEAKS_ENGLISH.search(name)}


def test_german_addresses_nobody():
    assert {name: said for name, said in german().items() if ADDRESSED.search(said)} == {}
    assert ADDRESSED.search("Wenn Sie klicken")
    assert ADDRESSED.search("Das hast du gesagt")
    assert not ADDRESSED.search("Das sind Befragte. Sie haben geantwortet.")


def test_german_says_what_german_has_a_word_for():
    # What stands in quotation marks is a word of a file or of the report.
    plain = {name: re.sub(r"{\w+}|„[^“]*“", "", said) for name, said in german().items()}

    assert {name: said for name, said in plain.items() if ENGLISH.search(said)} == {}
    assert ENGLISH.search("Regionaldatenbank Deutschland, table 13111")


# What shows words on a page; what is not a word (an id, a key, a width, a sign) may stand in the code.
SHOWN_BY = {"Heading", "Paragraph", "Empty", "Count", "Intro", "Notes", "Bullets", "Notice", "button", "selectbox"}
WORDS = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}\s+[A-Za-zÄÖÜäöüß]{2,}|[ÄÖÜäöüß]")


def spoken_in_code(written: str) -> list[str]:
    """Constants with words in them that are handed to what shows them, or that hold an umlaut."""
    found = []
    for node in ast.walk(ast.parse(written)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SHOWN_BY:
            found += [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    return [str(one) for one in found if isinstance(one, str) and WORDS.search(one)]


def test_no_page_speaks_past_the_texts():
    found = {path.name: spoken_in_code(path.read_text("utf-8")) for path in SOURCES if path.suffix == ".py"}

    assert {name: said for name, said in found.items() if said} == {}
    assert spoken_in_code("yield Heading('Wie gerechnet wird')")
    assert not spoken_in_code("st.button(say.present, key='sl-present')")


def test_templates_hold_no_words_of_their_own():
    def own_words(written: str) -> list[str]:
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<style>.*?</style>|<[^>]*>", " ", written, flags=re.DOTALL)
        labels = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"{]*)"', written)
        return [word for word in [*text.split(), *labels] if re.search(r"[A-Za-zÄÖÜäöüß]{2,}", word)]

    found = {path.name: own_words(path.read_text("utf-8")) for path in SOURCES if path.suffix == ".jinja"}

    assert {name: said for name, said in found.items() if said} == {}
    assert own_words('<p aria-label="Hilfe">{{ words }} mehr</p>') == ["mehr", "Hilfe"]


def placeholders(said: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", said))


def test_every_public_holiday_of_a_land_has_its_name():
    # Two years in which no Land had a day of its own for an anniversary: such a day keeps its German name.
    usual = {
        name
        for land in holidays.Germany.subdivisions
        for name in holidays.Germany(
            subdiv=land, years=(2021, 2023), language="de", categories=("public", "catholic")
        ).values()
    }

    assert sorted(usual - set(texts.of("en").group("public_holidays"))) == []
