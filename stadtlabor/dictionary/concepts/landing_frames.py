"""The dictionary as landing tables, all text, for dbt staging."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from stadtlabor.dictionary.concepts.concept import Concept, Level, Theme

# concepts: one row per concept. `keywords` comma list; `minimum`/`maximum` the plausible range of a number.
# concept_answers: one row per concept, level and answer code; level '' is the base, `position` its order.
# concept_items: one row per concept and item.
# concept_recodes: one row per concept, level and what leads to it: `from_code`, or numbers from `from_minimum`
# to under `from_below`. A level that nothing leads to has one row with is_comparable 'false' and its note.
TABLES: Mapping[str, tuple[str, ...]] = {
    "concepts": (
        "concept_id", "theme", "theme_position", "theme_label_de", "theme_label_en", "position",
        "label_de", "label_en", "question_de", "question_en", "scale", "unit", "sensitivity",
        "minimum", "maximum", "keywords", "note_de", "note_en",
    ),
    "concept_answers": (
        "concept_id", "level", "level_label_de", "level_label_en", "code", "label_de", "label_en",
        "position", "is_substantive",
    ),
    "concept_items": ("concept_id", "code", "label_de", "label_en", "position"),
    "concept_recodes": (
        "concept_id", "level", "to_concept", "from_code", "from_minimum", "from_below", "to_code",
        "is_comparable", "note_de", "note_en",
    ),
}  # fmt: skip

Row = tuple[object, ...]


def frames(themes: Sequence[Theme]) -> dict[str, pl.DataFrame]:
    """The four tables of `TABLES`, every column text, an absent value null."""
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for theme in themes:
        for position, concept in enumerate(theme.concepts, 1):
            rows["concepts"].append(_concept(theme, concept, position))
            rows["concept_answers"] += _answers(concept)
            rows["concept_items"] += [
                (concept.id, item.code, item.label_de, item.label_en, n) for n, item in enumerate(concept.items, 1)
            ]
            rows["concept_recodes"] += [row for level in concept.levels for row in _recodes(concept, level)]
    return {
        table: pl.DataFrame(
            [[None if value is None else str(value) for value in row] for row in rows[table]],
            schema=dict.fromkeys(columns, pl.String),
            orient="row",
        )
        for table, columns in TABLES.items()
    }


def _concept(theme: Theme, concept: Concept, position: int) -> Row:
    return (
        concept.id, theme.theme, theme.position, theme.label_de, theme.label_en, position,
        concept.label_de, concept.label_en, concept.question_de, concept.question_en, concept.scale,
        concept.unit, concept.sensitivity, concept.minimum, concept.maximum, ",".join(concept.keywords),
        concept.note_de, concept.note_en,
    )  # fmt: skip


def _answers(concept: Concept) -> Iterator[Row]:
    labels = {answer.code: (answer.label_de, answer.label_en) for answer in concept.answers}
    for position, answer in enumerate(concept.answers, 1):
        words = (answer.label_de, answer.label_en)
        yield (concept.id, "", "", "", answer.code, *words, position, _text(answer.is_substantive))
    for level in concept.levels:
        if level.to_concept is not None:
            continue
        for position, coarse in enumerate(level.answers, 1):
            de, en = labels.get(coarse.code, (None, None))
            head = (concept.id, level.level, level.label_de, level.label_en)
            yield (*head, coarse.code, coarse.label_de or de, coarse.label_en or en, position, "true")


def _recodes(concept: Concept, level: Level) -> Iterator[Row]:
    to = (concept.id, level.level, level.to_concept)
    notes = (level.note_de, level.note_en)
    if not level.is_reachable:
        yield (*to, None, None, None, None, "false", *notes)
    for answer in level.answers:
        for source in answer.sources:
            yield (*to, source, None, None, answer.code, "true", *notes)
        if answer.below is not None:
            yield (*to, None, answer.minimum, answer.below, answer.code, "true", *notes)


def _text(flag: bool) -> str:
    return "true" if flag else "false"
