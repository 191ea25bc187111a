"""What of the surveys leaves the warehouse, and what never does."""

import json

import duckdb
import pytest

from tests.dbt.survey.conftest import read

PERSONAL = {"records", "true_counts"}


@pytest.fixture(scope="module")
def nodes(surveys):
    found = json.loads(surveys.manifest.read_text("utf-8"))["nodes"].values()
    return {node["name"]: node for node in found if node["resource_type"] == "model"}


def rows_of(node):
    return node["config"].get("meta", {}).get("rows")


def parents(node):
    return {name.split(".")[-1] for name in node["depends_on"]["nodes"]}


def reads_what_it_must_not(nodes):
    """Published models → the models of records or true counts that they read."""
    published = [
        node for node in nodes.values() if {"release", "indicators"} & set(node["fqn"]) and rows_of(node) != "records"
    ]
    found = {}
    for node in published:
        private = {name for name in parents(node) if name in nodes and rows_of(nodes[name]) in PERSONAL}
        if staging := {"stg_landing__answers", "stg_landing__responses"} & parents(node):
            private |= staging
        if private:
            found[node["name"]] = private
    return found


def test_every_core_model_of_surveys_says_what_its_rows_are(nodes):
    core = [node for node in nodes.values() if node["fqn"][1:3] == ["core", "survey"]]

    assert len(core) > 20
    kinds = {"words", "records", "true_counts", "protected", "participation"}
    assert {node["name"] for node in core if rows_of(node) not in kinds} == set()


def test_no_published_model_reads_records_or_true_counts(nodes):
    assert reads_what_it_must_not(nodes) == {}


def test_the_rule_would_notice_a_short_cut(nodes):
    bent = {
        **nodes,
        "survey_counts": {
            **nodes["survey_counts"],
            "depends_on": {"nodes": ["model.stadtlabor.core__survey_cells", "model.stadtlabor.stg_landing__answers"]},
        },
    }

    assert reads_what_it_must_not(bent) == {"survey_counts": {"core__survey_cells", "stg_landing__answers"}}


def test_only_the_protection_reads_true_counts(nodes):
    readers = {node["name"] for node in nodes.values() if "core__survey_cells" in parents(node)}

    assert readers == {"core__survey_protection"}


def test_only_the_coding_of_answers_reads_free_text(nodes):
    readers = {node["name"] for node in nodes.values() if "stg_landing__answers" in parents(node)}

    assert readers == {"core__survey_codes", "core__survey_given", "core__survey_routed_away"}
    assert all(rows_of(nodes[name]) == "records" for name in readers)


def texts_of(release):
    """Every text of every cell of the release."""
    with duckdb.connect(str(release), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where data_type = 'VARCHAR' and not internal"
        ).fetchall()
        found = set()
        for table, column in columns:
            found |= {text for (text,) in connection.execute(f'select distinct "{column}" from {table}').fetchall()}
    return "\n".join(text for text in found if text)


def test_free_text_and_pseudonyms_never_leave(surveys):
    said = read(
        surveys.private,
        "select distinct value from landing.answers where answer_kind in ('text', 'other') and length(value) > 12",
    )
    keys = read(surveys.private, "select distinct response_key from landing.responses")
    published = texts_of(surveys.release)

    assert len(said) > 20
    assert [text for (text,) in said if text in published] == []
    assert [key for (key,) in keys if key in published] == []


def test_the_tools_own_wording_is_not_published(surveys):
    asked = read(
        surveys.private,
        "select distinct question_text from landing.questions where length(question_text) > 40 "
        "and question_text not in (select question_de from landing.concepts)",
    )

    assert len(asked) > 20
    assert [text for (text,) in asked if text in texts_of(surveys.release)] == []


def test_no_count_of_a_handful_is_published_anywhere(surveys):
    assert surveys.rows("select * from survey_cells where respondent_count between 1 and 4") == []
    assert surveys.rows("select * from survey_counts where count between 1 and 4") == []
    assert surveys.rows("select * from survey_cells where is_sensitive and respondent_count between 1 and 9") == []


def test_a_published_share_is_the_published_count_by_the_published_base(surveys):
    assert (
        surveys.rows(
            "select * from survey_counts where count is not null and abs(share - 100.0 * count / base_n) > 1e-9"
        )
        == []
    )
    assert surveys.rows("select * from survey_counts where count is null and share is not null") == []


def test_how_many_were_asked_is_not_given_where_it_tells_who_was_not(surveys):
    rows = surveys.rows(
        "select survey_id, asked from survey_questions inner join surveys using (survey_id) "
        "where asked is not null and completed - asked between 1 and 9"
    )

    assert rows == []


def test_nothing_is_weighted_where_a_class_of_the_margins_is_hidden(surveys):
    rows = surveys.rows(
        "select weighting_state, weighting_reason_de, n_eff from surveys "
        "where survey_id = 'diessen-buergerbefragung-2022'"
    )
    weighted = surveys.rows("select count(*) from survey_counts where weighted_share is not null")

    assert rows == [("refused", "Eine Randklasse ist nicht veröffentlicht.", None)]
    assert weighted == [(0,)]


def test_the_reports_statements_on_surveys_are_decided_and_marked_as_sample(surveys):
    rows = surveys.rows(
        "select statement_id, verdict, is_synthetic from statements "
        "where statement_id in ('S01','S02','S03','S04','S09','S16','S19','S20','S21','S31','S32')"
    )

    assert len(rows) == 11
    assert {verdict for _, verdict, _ in rows} == {"agrees"}
    assert all(is_synthetic for *_, is_synthetic in rows)
