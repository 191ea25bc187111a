-- Which tables are others in coarser classes: whoever attacks the release knows it from the dictionary.
select
    survey_id,
    fine,
    coarse,
    from_code,
    to_code
from {{ ref('core__survey_links') }} as links
-- Of a survey that keeps the last release's tables none of an answer that has come since.
where
    exists (
        select 1
        from {{ ref('core__survey_published_cells') }} as cells
        where cells.survey_id = links.survey_id
            and (
                (cells.question = links.fine and cells.answer = links.from_code)
                or (cells.breakdown = links.fine and cells.breakdown_value = links.from_code)
            )
    )
