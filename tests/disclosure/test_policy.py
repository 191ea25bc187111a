"""Each threshold of disclosure control is defined once, and everything that needs it follows."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from dashboard import texts
from stadtlabor.disclosure.policy import EDITIONS, POLICY, RULES, Policy, loaded
from tests.statistics.macros import render

PROJECT = Path(__file__).resolve().parents[2]
NUMBERS = "|".join(str(number) for number in (POLICY.k, POLICY.k_sensitive, POLICY.small_base, POLICY.bracket_base))
# A count held against a number, in SQL or in a data test's condition.
COMPARED = re.compile(
    rf"""(?:count\)?|base_n|base|numerator|contributors\ \}}\}},\ 0\)|gap|"count"|\w_id\))
    \s*(?:<|<=|>|>=)\s*(?:{NUMBERS})\b
    |between\ 1\ and\ {POLICY.k - 1}\b|then\ {POLICY.k_sensitive}\ else\ {POLICY.k}\b""",
    re.VERBOSE,
)
# A name that says it is a threshold, given a number.
NAMED = re.compile(
    r"^\s*(?:K|K_SENSITIVE|(?:MIN|FEWEST|LEAST|SMALLEST|MAX)_?\w*(?:CONTRIBUTOR|USER|PERSON|PEOPLE|SHOWN|COUNT|RANGE|SHARE_OF)\w*"
    r"|k|k_sensitive|min_users|small_base|bracket_base|largest_share|two_largest_share|least_hours)"
    r"(?:: \w+)? ?[:=] ?[\d.]+",
    re.MULTILINE,
)


def sources(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in sorted(PROJECT.glob(pattern)) if path.name != "policy.py"]


def test_no_model_and_no_data_test_states_a_threshold_of_its_own():
    found = {path.name: COMPARED.findall(path.read_text("utf-8")) for path in sources("dbt/**/*.sql", "dbt/**/*.yml")}

    assert {name: lines for name, lines in found.items() if lines and name not in ("release.yml",)} == {}


def test_no_module_and_no_setting_of_dbt_defines_a_threshold_again():
    modules = sources("stadtlabor/*.py", "stadtlabor/disclosure/*.py", "dashboard/**/*.py", "dbt/**/*.py")
    found = {path.name: NAMED.findall(path.read_text("utf-8")) for path in [*modules, *sources("dbt/dbt_project.yml")]}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("again", ["case when base_n < 30 then", "user_count < 5", "x between 1 and 4", '"count" >= 5'])
def test_a_threshold_written_out_in_sql_would_be_noticed(again):
    assert COMPARED.search(again)


@pytest.mark.parametrize("again", ["K = 5", "MIN_CONTRIBUTORS = 5", "FEWEST_SHOWN = 5  # why", "  k: 5"])
def test_a_threshold_defined_anew_would_be_noticed(again):
    assert NAMED.search(again)


def test_macros_follow_the_policy():
    other = Policy(k=7, small_base=40, bracket_base=70, largest_share=0.4)

    assert "< 40 then '/'" in render("small_base_sign('n')", other)
    assert "< 70 then '()'" in render("small_base_sign('n')", other)
    reason = render("dominance_reason('n', 'a', 'b', 't')", other)
    assert "< 7 then 'few_contributors'" in reason
    assert "> 0.4 *" in reason


def test_every_variable_that_dbt_asks_for_is_handed_to_it():
    asked = {
        name
        for path in sources("dbt/**/*.sql", "dbt/**/*.yml")
        for name in re.findall(r"\bvar\('(\w+)'\)", path.read_text("utf-8"))
    }

    assert asked - {"indicators"} <= set(asdict(POLICY))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_pages_name_the_thresholds_that_hold(language):
    say = texts.of(language)
    signs = say.survey_signs_note

    assert re.findall(r"\d+", signs) == [str(POLICY.small_base), str(POLICY.bracket_base), str(POLICY.small_base)]
    for words in (say.under_five, say.event_few, say.each_few, say.take_up_few):
        assert re.findall(r"\d+", words) == [str(POLICY.k)]


def changed(name, **values):
    return {**RULES, name: {**RULES[name], **values}}


def test_the_team_hides_nothing_and_the_public_edition_shows_no_day():
    assert (EDITIONS["team"].k, EDITIONS["team"].small_base, EDITIONS["team"].largest_share) == (1, 1, 1.0)
    assert EDITIONS["team"].shows_hidden
    assert EDITIONS["team"].shows_days
    assert POLICY == EDITIONS["public"] == Policy()
    assert not POLICY.shows_hidden
    assert not POLICY.shows_days


@pytest.mark.parametrize(
    ("rules", "edition", "message"),
    [
        ({name: rule for name, rule in RULES.items() if name != "k"}, "public", "policy.yml: k is missing"),
        ({**RULES, "kk": RULES["k"]}, "public", "policy.yml: kk is no rule"),
        (changed("k", public="five"), "public", "k, public: 'five' is not of the kind int"),
        (changed("k", public=1), "public", "2 ≤ k ≤ k_sensitive"),
        (changed("shows_hidden", public=True), "public", "the public edition shows nothing that is hidden"),
        (changed("round_to", team=5), "team", "round_to, team"),
    ],
)
def test_a_policy_that_cannot_hold_is_refused_by_its_rule(rules, edition, message):
    with pytest.raises(ValueError, match=message):
        loaded(rules, edition)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_rule_has_its_words(language):
    assert all(rule[language].strip() for rule in RULES.values())
