"""The catalogue of survey indicators: complete, in careful words, and refused by name where it is not."""

import pytest
from ruamel.yaml import YAML

from stadtlabor.dictionary import concepts
from stadtlabor.indicators import survey_indicators

FORBIDDEN = ("repräsentativ", "signifikant", "fehlerspanne", "representative", "significant", "margin of error")
DECIDED_BY_SURVEYS = {"S01", "S02", "S03", "S04", "S16", "S19", "S20", "S21", "S31", "S32"}


def test_every_statement_a_survey_can_decide_has_an_indicator():
    named = {name for one in survey_indicators.catalogue().indicators for name in one.statements}

    assert named >= DECIDED_BY_SURVEYS


def test_every_indicator_says_that_respondents_chose_themselves_and_no_more():
    frame = survey_indicators.frame(survey_indicators.catalogue())
    texts = " ".join(text for row in frame.rows() for text in row if text).lower()

    assert all("selbst zur Teilnahme entschieden" in text for text in frame["caveat_de"])
    assert [word for word in FORBIDDEN if word in texts] == []


def test_the_table_has_words_units_and_a_base_for_each():
    frame = survey_indicators.frame(survey_indicators.catalogue())
    optional = {"concept_id", "level", "answers", "populations", "asked_of_concept", "asked_of_answers", "prices"}
    needed = [column for column in frame.columns if column not in optional | {"statements"}]

    assert frame.select(needed).null_count().sum_horizontal().item() == 0
    assert frame["indicator_id"].is_unique().all()


def test_concepts_asked_of_people_are_all_published_or_known_not_to_be():
    # Who people are is used for margins and bases, not published as a result of its own.
    background = {concept.id for theme in concepts.themes() if theme.theme == "person" for concept in theme.concepts}
    published = {one.concept for one in survey_indicators.catalogue().indicators}

    assert set(concepts.concepts()) - published - background == {"employed"}


def changed(tmp_path, change):
    tree = YAML(typ="safe").load(survey_indicators.PATH.read_text(encoding="utf-8"))
    change(tree)
    path = tmp_path / "survey_indicators.yml"
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(tree, stream)
    return path


def entry(tree, name):
    return next(one for one in tree["indicators"] if one["indicator_id"] == name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda tree: entry(tree, "commute_share").update(concept="commuting"), "no concept 'commuting'"),
        (lambda tree: entry(tree, "commute_share").update(answers=["maybe"]), "no answers"),
        (lambda tree: entry(tree, "commute_share").pop("answers"), "answers are for the rules"),
        (lambda tree: entry(tree, "commute_share").update(rule="median", answers=[]), "does not work on a single"),
        (lambda tree: entry(tree, "commute_minutes").pop("unit_de"), "leaves the unit"),
        (lambda tree: entry(tree, "coworking_interest_share").update(level="yes_maybe_no"), "cannot be recoded"),
        (lambda tree: entry(tree, "willingness_to_pay_demand").pop("prices"), "prices are for"),
        (lambda tree: entry(tree, "employer_share").update(concept=None), "do not go together"),
        (
            lambda tree: entry(tree, "remote_possible_deutsche_bahn_share")["asked_of"].update(answers=["bahn"]),
            "asked_of names unknown",
        ),
        (lambda tree: tree["indicators"].append(entry(tree, "commute_share")), "defined twice"),
        (lambda tree: entry(tree, "commute_share").update(tittle_de="x"), "Extra inputs"),
    ],
)
def test_a_faulty_entry_is_refused_by_name(tmp_path, change, message):
    with pytest.raises(ValueError, match=message):
        survey_indicators.load(changed(tmp_path, change))
