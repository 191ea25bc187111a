"""What a release prints of surveys beside the cells of their tables, as an outsider uses it against them.

Most of it bounds sums of counts: how many were asked and did not answer, and quantiles of numbers that stand in
classes as well. Weights are no such sums; that they are printed where a cell that they rest on is hidden is a finding.
"""

from collections.abc import Iterator
from math import ceil

import duckdb

from stadtlabor.disclosure.surveys.count_tables import BASE, MANY, TOTAL, Bound

# Whoever gave an answer that leads to a question was put it, and nobody else: `inner` was asked so many times.
ASKED = """
    select distinct
        asked.survey_id, nested.outer_question, list(nested.outer_answer order by nested.outer_answer), asked.asked
    from {database}.survey_questions as asked
    inner join warehouse.core.core__survey_nested as nested
        on asked.survey_id = nested.survey_id and asked.question_id = nested.inner_question
    inner join warehouse.core.core__survey_item_nonresponse as put
        on asked.survey_id = put.survey_id and asked.concept = put.concept_id and coalesce(asked.item, '') = put.item
    inner join warehouse.core.core__survey_cells as led
        on nested.survey_id = led.survey_id and nested.outer_question = led.question
        and nested.outer_answer = led.answer and led.breakdown = 'total'
    where asked.asked is not null
    group by asked.survey_id, nested.inner_question, nested.outer_question, asked.asked, put.asked_count
    having sum(led.respondent_count) = put.asked_count
"""
ANSWERED = """
    select survey_id, question_id, cast(round(asked * (1 - item_nonresponse / 100)) as bigint) as most
    from {database}.survey_questions
    where asked is not null and item_nonresponse is not null
"""
# The classes of a number with their limits, as the dictionary has them, and the quantiles beside.
QUANTILES = """
    select distinct
        numbers.survey_id, numbers.statistic, numbers.value, numbers.base_n, cells.question, cells.breakdown,
        cells.breakdown_value, cells.answer, classes.from_minimum, classes.from_below
    from {database}.survey_numbers as numbers
    inner join warehouse.core.core__survey_recodes as classes
        on numbers.survey_id = classes.survey_id and numbers.concept = classes.concept_id
        and classes.from_minimum is not null
    inner join warehouse.core.core__survey_tables as tables
        on classes.survey_id = tables.survey_id and classes.to_concept_id = tables.concept_id
        and classes.item = tables.item and classes.to_level = tables.level
        and numbers.breakdown = coalesce(tables.breakdown_concept_id, 'total')
    inner join {database}.survey_cells as cells
        on tables.survey_id = cells.survey_id and tables.table_id = cells.table_id and classes.to_code = cells.answer
        and coalesce(numbers.breakdown_value, 'total') = cells.breakdown_value
    where numbers.value is not null
"""
_POSITIONS = {"p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}

# A number that tells of hidden cells by itself: survey, what it is.
BESIDE_HIDDEN = """
    with margins as (select distinct survey_id, concept_id from warehouse.staging.stg_landing__survey_margins),

    hidden as (
        select cells.survey_id, cells.question, tables.concept_id, tables.breakdown, tables.breakdown_concept_id
        from release.survey_cells as cells
        inner join warehouse.core.core__survey_tables as tables using (survey_id, table_id)
        where cells.respondent_count is null
    ),

    by_margin as (
        select hidden.* from hidden left join margins
            on hidden.survey_id = margins.survey_id and hidden.breakdown_concept_id = margins.concept_id
        where hidden.breakdown = 'total' or margins.concept_id is not null
    )

    select distinct surveys.survey_id, 'n_eff' as number
    from release.surveys
    inner join by_margin using (survey_id)
    inner join margins on by_margin.survey_id = margins.survey_id and by_margin.concept_id = margins.concept_id
    where surveys.n_eff is not null

    union all
    select distinct counts.survey_id, 'weighted_share of ' || counts.table_id
    from release.survey_counts as counts
    inner join by_margin on counts.survey_id = by_margin.survey_id and counts.table_id = by_margin.question
    where counts.weighted_share is not null

    union all
    -- Asked, but neither answered nor left out: of a question that leaves rare answers out these are who gave them, and
    -- none of them tells as much where an answer that was offered is not shown.
    select questions.survey_id, 'asked of ' || questions.question_id
    from release.survey_questions as questions
    inner join warehouse.core.core__survey_breakdowns as breakdowns on questions.concept = breakdowns.concept_id
    where breakdowns.leaves_out_rare
        and round(questions.asked * (1 - questions.item_nonresponse / 100)) - questions.answered
            between case
                when exists (
                    select 1
                    from warehouse.core.core__survey_offered as offered
                    left join release.survey_cells as cells
                        on offered.survey_id = cells.survey_id and offered.concept_id = cells.question
                        and offered.code = cells.answer and cells.breakdown = 'total'
                    where offered.survey_id = questions.survey_id and offered.concept_id = questions.concept
                        and cells.respondent_count is null
                ) then 0 else 1
            end and $k - 1

    union all
    -- From the questions that print it; else it tells of those that do not.
    select surveys.survey_id, 'item_nonresponse'
    from release.surveys
    left join release.survey_questions as questions using (survey_id)
    group by surveys.survey_id, surveys.item_nonresponse
    having abs(surveys.item_nonresponse - sum(questions.asked * questions.item_nonresponse) / sum(questions.asked))
        > 0.5 + 1e-6
"""


def bounds(connection: duckdb.DuckDBPyConnection, database: str) -> list[Bound]:
    """What the numbers of an attached release say of counts; `warehouse` is attached for what the dictionary says."""
    found = [
        Bound(survey, tuple(((question, answer),) for answer in answers), asked, asked)
        for survey, question, answers, asked in connection.execute(ASKED.format(database=database)).fetchall()
    ]
    found += [
        Bound(survey, (((question, BASE),),), 0, most)
        for survey, question, most in connection.execute(ANSWERED.format(database=database)).fetchall()
    ]
    return [*found, *_of_quantiles(connection, database)]


def _of_quantiles(connection: duckdb.DuckDBPyConnection, database: str) -> Iterator[Bound]:
    """A quantile is the smallest stated number that so many stated or less."""
    rows = connection.sql(QUANTILES.format(database=database)).pl()
    places = ["survey_id", "statistic", "value", "base_n", "question", "breakdown", "breakdown_value"]
    for (survey, statistic, value, base, question, breakdown, column), classes in sorted(rows.group_by(places)):
        least = ceil(_POSITIONS[statistic] * base - 1e-9)
        other = () if breakdown == TOTAL else ((breakdown, column),)
        below = classes.filter(classes["from_below"] <= value)["answer"]
        up_to = classes.filter(classes["from_minimum"] <= value)["answer"]
        for answers, low, high in ((below, 0, least - 1), (up_to, least, MANY)):
            if len(answers):
                yield Bound(survey, tuple(((question, answer), *other) for answer in sorted(answers)), low, high)


def beside_hidden(connection: duckdb.DuckDBPyConnection, k: int) -> list[str]:
    """The printed numbers that tell of hidden ones by themselves, in words."""
    rows = connection.execute(BESIDE_HIDDEN, {"k": k}).fetchall()
    return [f"{number} of {survey} tells of what is hidden" for survey, number in sorted(rows)]
