"""Both languages hold the same strings, every string is used, and every word a page may need is there."""

import ast
import re
from pathlib import Path

import pytest

from dashboard import frame, numbers, texts

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


def test_no_string_is_empty_but_that_of_the_sign_that_is_none():
    assert [name for language in ("de", "en") for name, said in flat(language).items() if not said] == ["signs."] * 2


def asked_for() -> set[str]:
    """Attributes of anything called `say` or returned by `texts.of`, and the groups asked for by name."""
    asked: set[str] = set()
    whom = re.compile(r"(\bsay|texts\.of\([^()]*(\(\))?\))$")
    for path in SOURCES:
        written = path.read_text("utf-8")
        if path.suffix == ".jinja":
            asked |= set(re.findall(r"\bsay\.(\w+)", written))
            continue
        for node in ast.walk(ast.parse(written)):
            if isinstance(node, ast.Attribute) and whom.search(ast.unparse(node.value)):
                asked.add(node.attr)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "group":
                asked |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    return asked - {"group", "language"}


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
    assert set(say.group("pages")) == set(frame.ADDRESSES)
    assert set(say.group("verdicts")) == {"agrees", "differs", "not_computable"}
    assert set(say.group("delivery_states")) == {"accepted", "refused", "refused_previous_kept"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_string_ranks_or_praises(language):
    assert [said for said in flat(language).values() if FORBIDDEN.search(said)] == []
    assert FORBIDDEN.search("Mölln ist der Spitzenreiter")


def placeholders(said: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", said))
