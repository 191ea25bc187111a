"""`ddi-codebook.xml`: the surveys' published variables by DDI-Codebook 2.5 (ddialliance.org).

Hidden numbers are not there: in their place stands their sign (`catStat` and `notes` of the type "sign").
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

import polars as pl

from dashboard import texts
from dashboard.release.snapshot import Release
from dashboard.renderers.open_data.sample_mark import sample_note, sample_title, together

NAMESPACE = "ddi:codebook:2_5"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What no XML document may hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What is counted of an answer: column, kind of statistic, whether it is weighted.
COUNTED = (("count", "freq", "not-wgtd"), ("share", "percent", "not-wgtd"), ("weighted_share", "percent", "wgtd"))
STATISTICS = {"median": {"type": "medn"}} | {
    name: {"type": "other", "otherType": name} for name in ("p25", "p75", "p90")
}
# The sign of a number that is hidden where the row itself says none.
HIDDEN = "."
Element = ElementTree.Element
Row = Mapping[str, object]


def codebook_of(release: Release) -> bytes:
    """The codebook as XML; a `stdyDscr` per survey, a `var` per table of its answers and per number asked for."""
    book = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", LANGUAGE: "de"})
    _titles(_add(_add(book, "docDscr"), "citation"), _whole_titles(release))
    surveys = release.tables["surveys"].sort("survey_id").to_dicts()
    for number, survey in enumerate(surveys, 1):
        _study(book, survey, f"S{number}")
    data = _add(book, "dataDscr")
    for number, survey in enumerate(surveys, 1):
        _variables(data, release, survey, f"S{number}")
    for number, variable in enumerate(data.iter("var"), 1):
        variable.set("ID", f"V{number}")
    ElementTree.indent(book)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(book, encoding="utf-8")


def _whole_titles(release: Release) -> dict[str, str]:
    sample = together(release.tables["surveys"]["is_synthetic"])
    return {
        say.language: sample_title(say, say.group("open_data_groups")["surveys"], sample)
        for say in map(texts.of, texts.LANGUAGES)
    }


def _study(book: Element, survey: Row, name: str) -> None:
    say = texts.of("de")
    study = _add(book, "stdyDscr", ID=name)
    _titles(_add(study, "citation"), {"de": str(survey["title"] or survey["survey_id"])}, str(survey["survey_id"]))
    info = _add(study, "stdyInfo")
    for language in texts.LANGUAGES:
        _add(info, "abstract", _abstract(texts.of(language), survey), language)
    summary = _add(info, "sumDscr", ID=f"{name}D")
    for event, column in (("start", "period_from"), ("end", "period_to")):
        if survey[column]:
            _add(summary, "collDate", str(survey[column]), date=str(survey[column]), event=event)
    _add(summary, "universe", _population(say, survey), "de")
    _add(summary, "dataKind", say.open_data_kind, "de")
    collected = _add(_add(study, "method"), "dataColl")
    for language in texts.LANGUAGES:
        _add(collected, "weight", _weighting(texts.of(language), survey), language)


def _abstract(say: texts.Texts, survey: Row) -> str:
    return sample_note(
        say, f"{say.open_data_wording} {say.open_data_interval}", together([bool(survey["is_synthetic"])])
    )


def _weighting(say: texts.Texts, survey: Row) -> str:
    kind = say.group("open_data_weighting")[str(survey["weighting_state"] or "none")]
    return " ".join(filter(None, (kind, str(survey[f"weighting_reason_{say.language}"] or ""))))


def _population(say: texts.Texts, survey: Row) -> str:
    return say.group("populations").get(str(survey["population"]), str(survey["population"]))


def _variables(data: Element, release: Release, survey: Row, study: str) -> None:
    """The variables of a survey: its tables by themselves, without breakdowns, and the numbers asked for."""
    own = (pl.col("survey_id") == survey["survey_id"]) & (pl.col("breakdown") == "total")
    tables = release.tables["survey_counts"].filter(own).sort("table_id", "answer_order")
    for (table_id,), rows in tables.group_by("table_id", maintain_order=True):
        # The rows of a grid may be one table each, or all of them one.
        for (item,), answers in rows.group_by("item", maintain_order=True):
            about = {"name": _with_item(str(table_id), str(item or "")), "concept": rows["concept"][0], "item": item}
            variable = _variable(data, release, survey, study, about)
            _add_base(variable, answers["base_n"][0])
            for row in answers.iter_rows(named=True):
                _add_category(variable, row)
    numbers = release.tables["survey_numbers"].filter(own)
    for (concept,), rows in numbers.group_by("concept", maintain_order=True):
        about = {"name": f"{concept}.number", "concept": concept, "item": ""}
        _add_quantiles(_variable(data, release, survey, study, about), rows)


def _with_item(table_id: str, item: str) -> str:
    return table_id if not item or f".{item}" in table_id else f"{table_id}.{item}"


def _variable(data: Element, release: Release, survey: Row, study: str, about: Row) -> Element:
    variable = _add(data, "var", name=str(about["name"]), sdatrefs=f"{study}D")
    for language in texts.LANGUAGES:
        _add(variable, "labl", _label(release, "concept", about, language) or str(about["concept"]), language)
    questions = {language: _label(release, "question", about, language) for language in texts.LANGUAGES}
    if any(questions.values()):
        asked = _add(variable, "qstn")
        for language, question in questions.items():
            _add(asked, "qstnLit", question, language)
    for language in texts.LANGUAGES:
        _add(variable, "universe", _universe(texts.of(language), release, survey, about), language)
    return variable


def _label(release: Release, kind: str, about: Row, language: str) -> str:
    """The dictionary's words for a concept or its question, with the row of a grid; empty where it has none."""
    labels = release.tables["survey_labels"].filter(pl.col("concept") == about["concept"])
    own, item = (
        labels.filter((pl.col("kind") == one) & pl.col("code").eq_missing(code))[f"label_{language}"].to_list()[:1]
        for one, code in ((kind, ""), ("item", about["item"] or None))
    )
    return " – ".join([*own, *item]) if own else ""


def _universe(say: texts.Texts, release: Release, survey: Row, about: Row) -> str:
    """Who was asked, with how many were and how many answered; what is hidden stands as its sign."""
    asked = release.tables["survey_questions"].filter(
        (pl.col("survey_id") == survey["survey_id"])
        & (pl.col("concept") == about["concept"])
        & (pl.col("item").fill_null("") == (about["item"] or ""))
    )
    if asked.is_empty():
        return _population(say, survey)
    question = asked.row(0, named=True)
    told = {name: _told(question[name], str(question["sign"] or HIDDEN)) for name in ("asked", "answered")}
    return say.open_data_universe.format(population=_population(say, survey), **told)


def _add_base(variable: Element, base: object) -> None:
    if base is not None:
        _add(variable, "sumStat", str(base), type="vald")


def _add_category(variable: Element, row: Row) -> None:
    category = _add(variable, "catgry")
    _add(category, "catValu", str(row["answer"]))
    for language in texts.LANGUAGES:
        _add(category, "labl", str(row[f"answer_label_{language}"]), language)
    for column, kind, weighted in COUNTED:
        if row[column] is not None:
            _add(category, "catStat", str(row[column]), type=kind, wgtd=weighted)
    sign = str(row["sign"] or "") or (HIDDEN if row["count"] is None else "")
    if sign:
        _add(category, "catStat", sign, type="other", otherType="sign")


def _add_quantiles(variable: Element, rows: pl.DataFrame) -> None:
    variable.set("intrvl", "contin")
    variable.set("measUnit", str(rows["unit"][0] or ""))
    _add_base(variable, rows["base_n"][0])
    for row in rows.iter_rows(named=True):
        if row["value"] is not None:
            _add(variable, "sumStat", str(row["value"]), **STATISTICS[row["statistic"]])
    for row in rows.iter_rows(named=True):
        if row["value"] is None or row["sign"]:
            _add(variable, "notes", row["sign"] or HIDDEN, type="sign", subject=row["statistic"])


def _told(number: object, sign: str) -> str:
    return sign if number is None else str(number)


def _titles(citation: Element, titles: Mapping[str, str], identifier: str = "") -> None:
    """The title in German, in English beside it where there is one, and the number."""
    statement = _add(citation, "titlStmt")
    for tag, language in zip(("titl", "parTitl"), titles, strict=False):
        _add(statement, tag, titles[language], language)
    if identifier:
        _add(statement, "IDNo", identifier)
    _add(_add(citation, "prodStmt"), "producer", texts.of("de").site_name)


def _add(parent: Element, tag: str, text: str = "", language: str = "", **attributes: str) -> Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = FORBIDDEN.sub("", text) or None
    if language:
        child.set(LANGUAGE, language)
    return child
