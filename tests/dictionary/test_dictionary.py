"""The concept dictionary as a specification: what a town's clerk and the build may rely on."""

import polars as pl
import pytest

from stadtlabor.dictionary import concepts

FORBIDDEN = ("repräsentativ", "signifikant", "fehlerspanne", "representative", "significant", "margin of error")
ASKED_FOR = {
    "person": {"age_group", "gender", "status"},
    "work": {"employed", "sector", "employer", "home_office_days", "presence_required", "equipment"},
    "commuting": {"commutes", "destination", "commute_minutes", "commute_km", "commute_mode"},
    "coworking": {
        "knows_coworking",
        "coworking_interest",
        "used_coworking",
        "use_frequency",
        "coworking_wishes",
        "willing_to_pay",
        "willingness_to_pay",
    },
    "town": {"town_satisfaction", "reason_to_live_here", "town_wishes"},
    "lab": {"lab_satisfaction", "would_recommend", "lab_purpose"},
}


@pytest.mark.parametrize("theme", ASKED_FOR)
def test_every_variable_of_the_issue_stands_in_its_theme(theme):
    found = next(one for one in concepts.themes() if one.theme == theme)

    assert {concept.id for concept in found.concepts} >= ASKED_FOR[theme]


def test_income_health_and_unemployment_are_sensitive():
    sensitive = {name for name, concept in concepts.concepts().items() if concept.sensitivity == "sensitive"}

    assert sensitive == {"income_class", "health_limitation", "status"}


def test_no_text_claims_more_than_a_self_selected_survey_can():
    texts = " ".join(str(theme.model_dump()) for theme in concepts.themes()).lower()

    assert [word for word in FORBIDDEN if word in texts] == []


def test_every_answer_and_level_answer_has_words_in_both_languages():
    answers = concepts.frames(concepts.themes())["concept_answers"]

    assert answers.select("label_de", "label_en").null_count().row(0) == (0, 0)


def test_keywords_tell_concepts_apart():
    words = [word for concept in concepts.concepts().values() for word in concept.keywords]

    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_fine_ages_meet_four_groups_but_not_the_bounds_at_thirty():
    age = concepts.concepts()["age_group"]

    assert age.recode("age_25_34", "twenty_years") == "age_25_44"
    assert age.recode("age_25_44", "twenty_years") == "age_25_44"
    assert age.recode("no_statement", "twenty_years") is None
    assert age.recode("age_25_34", "thirty_fifty") is None


@pytest.mark.parametrize(
    ("minutes", "code"), [(14, "under_15"), (15, "min_15_29"), (59.5, "min_45_59"), (60, "min_60_plus")]
)
def test_minutes_meet_the_classes_another_town_asked(minutes, code):
    minutes_concept = concepts.concepts()["commute_minutes"]

    assert minutes_concept.recode(minutes, "classes") == code
    assert code in concepts.concepts()["commute_minutes_class"].codes()


def test_every_number_in_its_plausible_range_has_a_class():
    for concept in concepts.concepts().values():
        for level in concept.levels:
            if concept.scale != "number":
                continue
            for value in (concept.minimum, (concept.minimum + concept.maximum) / 2, concept.maximum):
                assert concept.recode(value, level.level) is not None, (concept.id, value)


def test_an_unreachable_level_becomes_one_row_that_says_not_comparable():
    recodes = concepts.frames(concepts.themes())["concept_recodes"]
    row = recodes.row(by_predicate=pl.col("level") == "thirty_fifty", named=True)

    assert row["is_comparable"] == "false"
    assert "Zehnjahresgruppen" in row["note_de"]


def write_theme(folder, name, body):
    (folder / f"{name}.yml").write_text(
        f"theme: {name}\nposition: 1\nlabel_de: T\nlabel_en: T\nconcepts:\n{body}", encoding="utf-8"
    )


SINGLE = """  - id: {id}
    label_de: L
    label_en: L
    question_de: Q
    question_en: Q
    scale: single
    keywords: [k]
    answers: [{{code: a, label_de: A, label_en: A}}, {{code: {second}, label_de: B, label_en: B}}]
"""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (SINGLE.format(id="x", second="a"), "a code stands twice"),
        (SINGLE.format(id="x", second="b").replace("scale: single", "scale: number"), "only a number"),
        (
            SINGLE.format(id="x", second="b")
            + "    levels: [{level: l, label_de: L, label_en: L, answers: "
            + "[{code: p, from: [a]}, {code: q, from: [zz]}]}]\n",
            "takes in unknown",
        ),
        (
            SINGLE.format(id="x", second="b")
            + "    levels: [{level: l, label_de: L, label_en: L, answers: [{code: p}, {code: q}]}]\n",
            "a note must say why",
        ),
        (
            SINGLE.format(id="x", second="b")
            + "    levels: [{level: l, label_de: L, label_en: L, answers: "
            + "[{code: p, label_de: P, label_en: P, from: [a]}, {code: q, label_de: Q, label_en: Q}]}]\n",
            "leaves out",
        ),
        (SINGLE.format(id="x", second="b") * 2, "defined twice"),
        (SINGLE.format(id="x", second="b").replace("keywords", "keyword"), "Extra inputs"),
    ],
)
def test_a_faulty_dictionary_is_refused_by_name(tmp_path, body, message):
    write_theme(tmp_path, "person", body)

    with pytest.raises(ValueError, match=message):
        concepts.load(tmp_path)
