"""Words that a town delivered are text in a label, whatever Streamlit reads as markup."""

import pytest

from dashboard.renderers.live.session import plain


@pytest.mark.parametrize(
    "words",
    ["Bürgerbefragung Mölln (2022)", "Wie oft? Täglich, nie; selten", "1,5 % – 3 Tage", "Ort: Mölln", "A/B-Test"],
)
def test_ordinary_titles_stay_as_they_are(words: str) -> None:
    assert plain(words) == words


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("**x**", r"\*\*x\*\*"),
        ("[x](y)", r"\[x\](y)"),
        ("a :red[b]", "a \\:\u2060red\\[b\\]"),
        ("https://x.example", "https\\:\u2060//x.example"),
        ("www.x.example", "www\u2060.x.example"),
        ("a@x.example", "a@\u2060x.example"),
        ("a -> b", "a -\u2060\\> b"),
        ("1. x", r"1\. x"),
        ("- x", r"\- x"),
        ("$x^2$ `y`", r"\$x\^2\$ \`y\`"),
    ],
)
def test_markup_is_said_as_it_is_written(words: str, label: str) -> None:
    assert plain(words) == label
