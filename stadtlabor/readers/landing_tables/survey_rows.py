"""Columns of a survey: responses, answers and questions."""

# One row per response (person who opened the questionnaire). `response_key` is a pseudonym of the tool's own number,
# `status` completed, incomplete or test by the tool's own rule, told in `status_reason`. Times are
# ISO local time as the tool wrote them, null where it recorded none.
RESPONSES = (
    "response_key",
    "status",
    "status_reason",
    "started_at",
    "submitted_at",
    "duration_seconds",
    "last_page",
    "language",
)

# One row per answer given. `cell` names the column it stands in (heading and number, unique in the
# file), so that distinct (response_key, cell) = the file's non-empty answer cells; a cell with
# several answers gives several rows (`part` 1, 2, …). `question`/`subquestion` are the tool's
# codes, or texts where it has none ('' for no subquestion), `value` the answer as written, `code`
# the tool's answer code where the codebook tells it, `marked` or `not_marked` for a box with a
# column of its own, `answer_kind` choice, number, text, other (free text beside a choice),
# no_answer (the tool's own code for it) or not_asked.
ANSWERS = (
    "response_key",
    "question",
    "subquestion",
    "cell",
    "part",
    "value",
    "code",
    "answer_kind",
)

# One row per question and subquestion. `question_type` single, multiple, scale, number, text, date,
# ranking or other; `options` a JSON list of {"code": …, "label": …} from the codebook or as found;
# `asked_if` the tool's routing as JSON where a codebook tells it; `is_free_text` true or false.
QUESTIONS = (
    "question",
    "subquestion",
    "position",
    "question_text",
    "subquestion_text",
    "question_type",
    "options",
    "asked_if",
    "is_free_text",
)
