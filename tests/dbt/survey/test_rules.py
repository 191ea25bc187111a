"""Rules of the survey models on made-up surveys of forty respondents; rows say only what they are about."""

import pytest

from stadtlabor.disclosure.surveys.audit import attack_release
from tests.dbt import building

TOWNS = [{"town_id": "diessen", "ags": "09181114", "land": "Bayern", "slot": 1}, {"slot": 2}]


class Made:
    """A survey to be filled: every respondent answers every question unless a test says otherwise."""

    def __init__(self, survey_id, size=40, **said):
        self.survey_id = survey_id
        self.said = {
            "town_id": "moelln", "population": "citizens", "title": survey_id, "producer": "Stadt",
            "licence": "CC0", "is_synthetic": "false", "period_from": "2023-03-01", "period_to": "2023-03-31",
            **said,
        }  # fmt: skip
        self.people = [f"{survey_id}-{number}" for number in range(size)]
        self.tables = {name: [] for name in (
            "responses", "answers", "questions", "survey_questions_mapping", "survey_answers_mapping",
            "survey_routing", "survey_margins",
        )}  # fmt: skip
        self.add("responses", *({"response_key": key, "status": "completed"} for key in self.people))
        self.mapped = 0

    def add(self, table, *rows):
        self.tables[table] += [{"delivery_id": self.survey_id, **row} for row in rows]

    def ask(self, question, concept, given, means=(), items=(), kind="choice", asked_if=None):
        """`given`: one value per respondent, None for no answer; a tuple is (value, kind)."""
        self.mapped += 1
        head = {"mapping": self.mapped, "question": question, "concept": concept}
        parts = [{"part": part, "item": item} for part, item in dict(items).items()] or [{}]
        self.add("survey_questions_mapping", *({**head, **part} for part in parts))
        self.add("survey_answers_mapping", *(
            {"mapping": self.mapped, "concept": concept, "answer": answer, "code": code}
            for answer, code in dict(means).items()
        ))  # fmt: skip
        if asked_if:
            self.add("survey_routing", *(
                {"mapping": self.mapped, "asked_question": asked_if[0], "asked_answer": answer}
                for answer in asked_if[1]
            ))  # fmt: skip
        for key, values in zip(self.people, given, strict=True):
            for value in values if isinstance(values, list) else [values]:
                if value is not None:
                    text, its_kind = value if isinstance(value, tuple) else (value, kind)
                    self.add("answers", {
                        "response_key": key, "question": question, "subquestion": "", "cell": question,
                        "value": text, "answer_kind": its_kind,
                    })  # fmt: skip


def cycled(size, **counts):
    """`size` answers: each code as often as said, the rest None."""
    listed = [code for code, count in counts.items() for _ in range(count)]
    return [*listed, *[None] * (size - len(listed))]


INTEREST = {"ja": "yes", "vielleicht": "maybe", "nein": "no"}


def surveys():
    fine = Made("fine", town_id="diessen")
    fine.ask("q", "coworking_interest", cycled(40, very=8, rather=12, rather_not=8, not_at_all=9, unknown=3))
    coarse = Made("coarse")
    coarse.ask("q", "coworking_interest", cycled(40, ja=15, vielleicht=10, nein=15), INTEREST)
    coarse.ask("age", "age_group", cycled(40, under_30=20, age_30_49=20))
    commuters = Made("commuters", population="commuters")
    commuters.ask("p", "presence_required", cycled(40, always=25, never=15))
    routed = Made("routed", period_from="2023-05-01", period_to="2023-05-31")
    routed.ask("w", "employed", cycled(40, yes=30, no=10))
    routed.ask("m", "commute_minutes", [*["30"] * 20, *["500"] * 4, *[("ca. 20", "text")] * 3, *[None] * 13],
               kind="number", asked_if=("w", ["yes"]))  # fmt: skip
    gaps = Made("gaps", period_from="2023-06-01", period_to="2023-06-30")
    gaps.ask(
        "k", "knows_coworking",
        [*["1"] * 20, *["2"] * 14, *[("-1", "no_answer")] * 2, *[("-9", "no_answer")] * 4],
        {"1": "yes", "2": "no"},
    )  # fmt: skip
    gaps.ask(
        "r", "remote_possible",
        [*["1"] * 20, *["2"] * 10, *[("-1", "no_answer")] * 6, *[("-9", "no_answer")] * 4],
        {"1": "regularly", "2": "no", "-1": "unknown"},
    )  # fmt: skip
    few = Made("few", period_from="2023-10-01", period_to="2023-10-31")
    few.ask(
        "r", "remote_possible",
        [*["1"] * 20, *["2"] * 14, *[("-1", "no_answer")] * 2, *[("-9", "no_answer")] * 4],
        {"1": "regularly", "2": "no", "-1": "unknown"},
    )  # fmt: skip
    joined = Made("joined", period_from="2023-07-01", period_to="2023-07-31")
    joined.ask(
        "wishes", "town_wishes",
        [*[["Läden", "Jugend"]] * 12, *[["Läden"]] * 10, *[[("ein Kino", "other")]] * 10, *[None] * 8],
        items={"Läden": "shops", "Jugend": "youth", "Ärzte": "doctors"},
    )  # fmt: skip
    refused = Made("refused", period_from="2023-08-01", period_to="2023-08-31")
    refused.ask("g", "gender", cycled(40, female=35, male=5))
    refused.add("survey_margins", *({"concept": "gender", "answer": code, "count": 500} for code in ("female", "male")))
    nearly = Made("nearly", period_from="2023-09-01", period_to="2023-09-30")
    nearly.ask("w", "employed", cycled(40, yes=37, no=3))
    nearly.ask("c", "commutes", cycled(40, yes=20, no=17), asked_if=("w", ["yes"]))
    silent = Made("silent", period_from="2023-11-01", period_to="2023-11-30")
    silent.ask("w", "employed", [*["yes"] * 26, *["no"] * 10, *[None] * 4])
    silent.ask("c", "commutes", [*["yes"] * 12, *["no"] * 12, *[None] * 16], asked_if=("w", ["yes"]))
    silent.ask("d", "commute_days", [*["5"] * 12, *[None] * 28], kind="number", asked_if=("c", ["yes"]))
    silent.ask("k", "knows_coworking", ["yes", "no"] * 20)
    older = Made("older", period_from="2023-12-01", period_to="2023-12-31")
    older.ask("g", "gender", cycled(40, female=35, male=3))
    older.ask("k", "knows_coworking", cycled(40, yes=20, no=10))
    older.add("survey_margins", *({"concept": "gender", "answer": code, "count": 500} for code in ("female", "male")))
    return [fine, coarse, commuters, routed, gaps, few, joined, refused, nearly, silent, older]


# What the last release told of `older` under finer rules.
TOLD = [
    {"survey_id": "older", "subject": "survey", "statistic": name, "value": value, "respondent_count": 40,
     "is_synthetic": "false"}
    for name, value in {"n_effective": "11.614695904908", "item_nonresponse_pct": "90.0"}.items()
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    tables = {}
    for made in surveys():
        for name, rows in made.tables.items():
            tables.setdefault(name, []).extend(rows)
        tables.setdefault("surveys", []).append({"delivery_id": made.survey_id, **made.said})
        tables.setdefault("deliveries", []).append(
            {"delivery_id": made.survey_id, "kind": "survey", "format": "google_forms", "is_synthetic": "false"}
        )
    made = building.build(tmp_path_factory.mktemp("made"), towns=TOWNS, previous_survey_numbers=TOLD, **tables)
    assert made.result.ok, made.result.failures
    return made


def share(built, indicator, survey, breakdown="total", value=None):
    found = built.rows(
        "select numerator, base_n, sign from indicator_values where indicator_id = $i and sources = $s "
        "and breakdown = $b and breakdown_value is not distinct from $v",
        i=indicator, s=survey, b=breakdown, v=value,
    )  # fmt: skip
    assert len(found) == 1, found
    return found[0]


def test_towns_that_asked_differently_meet_in_the_coarser_classes(built):
    """Four steps and yes-maybe-no both become interested or not; “maybe” and “do not know” are no interest."""
    assert share(built, "coworking_interest_share", "fine") == (20, 37, "()")
    assert share(built, "coworking_interest_share", "coarse") == (15, 40, "()")


def test_what_cannot_be_recoded_is_not_forced(built):
    """Under 30, 30 to 49: no class of twenty years; the survey is shown by its own classes and not by age."""
    tables = built.rows(
        "select distinct table_id from survey_cells where survey_id = 'coarse' and table_id like '%age%'"
    )
    assert tables == [("age_group@thirty_fifty",)]


def test_a_survey_of_commuters_need_not_ask_whether_they_commute(built):
    assert share(built, "presence_not_required_share", "commuters") == (15, 40, "()")


def test_numbers_out_of_range_and_words_are_no_number_and_no_gap(built):
    """30 of 40 were asked; 20 gave a number, 4 an impossible one, 3 words, 3 nothing."""
    base = built.rows("select base_n, sign from survey_numbers where survey_id = 'routed' and statistic = 'median' "
                      "and breakdown = 'total'")  # fmt: skip
    asked = built.rows("select asked, answered, item_nonresponse from survey_questions where survey_id = 'routed' "
                       "and concept = 'commute_minutes'")  # fmt: skip

    assert base == [(20, "/")]
    assert asked == [(30, 20, pytest.approx(10.0))]


def test_how_many_were_asked_is_hidden_where_it_counts_the_few_who_were_not(built):
    """Three are not in work; “37 of 40 were asked” would say so."""
    rows = built.rows(
        "select concept, asked, item_nonresponse from survey_questions where survey_id = 'nearly' order by concept"
    )
    counts = built.rows("select count from survey_counts where table_id = 'employed' and survey_id = 'nearly'")

    assert rows == [("commutes", None, None), ("employed", 40, 0.0)]
    assert {count for (count,) in counts} <= {None}


def test_by_a_question_that_leads_to_others_everybody_stands_in_a_column(built):
    """Four did not say whether they work, two of those who work not whether they commute."""
    rows = built.rows(
        "select distinct breakdown, breakdown_value, breakdown_label_de, base_n from survey_counts "
        "where survey_id = 'silent' and concept = 'knows_coworking' and breakdown <> 'total' order by all"
    )

    assert rows == [
        ("commutes", "other_or_not_stated", "pendelt nicht oder ohne Angabe", 14),
        ("commutes", "yes", "ja", 12),
        ("employed", "other_or_not_stated", "nicht erwerbstätig oder ohne Angabe", 14),
        ("employed", "yes", "ja", 26),
    ]


def test_a_gap_of_the_tool_is_an_answer_only_where_the_mapping_says_so(built):
    rows = built.rows("select survey_id, concept, answered, item_nonresponse from survey_questions "
                      "where survey_id in ('few', 'gaps') order by survey_id, concept")  # fmt: skip

    # Two without a view would follow from who was asked, answered and left it out.
    assert rows == [
        ("few", "remote_possible", 34, None),
        ("gaps", "knows_coworking", 34, 15.0),
        ("gaps", "remote_possible", 30, 10.0),
    ]


def test_of_several_answers_in_a_cell_the_base_is_whoever_named_anything(built):
    """Own words count for the base; an item nobody named is a zero."""
    assert share(built, "town_wishes_share", "joined", "item", "shops") == (22, 32, "()")
    assert share(built, "town_wishes_share", "joined", "item", "youth") == (12, 32, "()")
    assert share(built, "town_wishes_share", "joined", "item", "doctors") == (0, 32, "()")


def test_a_weighting_that_would_not_bear_is_refused_with_its_reason(built):
    rows = built.rows("select survey_id, weighting_state, weighting_reason_de from surveys "
                      "where survey_id in ('fine', 'refused') order by survey_id")  # fmt: skip
    weighted = built.rows("select count(*) from survey_counts where weighted_share is not null")

    assert rows == [
        ("fine", "none", None),
        ("refused", "refused", "Eine Randklasse hat weniger als 10 Befragte."),
    ]
    assert weighted == [(0,)]


def test_a_tool_that_keeps_no_break_offs_has_no_completion_rate(built):
    rows = built.rows("select distinct completion_rate from surveys")
    signs = built.rows("select distinct sign from indicator_values where indicator_id = 'survey_completion_rate' "
                       "and sources is not null")  # fmt: skip

    assert rows == [(None,)]
    assert signs == [("x",)]


def test_what_finer_rules_told_is_dropped_and_refuses_no_survey(built):
    """Three men are hidden, so no effective size; missing answers are those of the questions printed beside."""
    told = built.rows("select n_eff, item_nonresponse, weighting_state from surveys where survey_id = 'older'")
    of_questions = built.rows(
        "select round(sum(asked * item_nonresponse) / sum(asked)) from survey_questions where survey_id = 'older'"
    )

    assert told == [(None, *of_questions[0], "refused")]
    assert attack_release(built.release, built.warehouse, None).findings == []
