"""The subjects: each theme and each folder of files has one owner, and a new theme is one registration."""

from collections import Counter

import polars as pl
import pytest

from dashboard import texts
from dashboard.pages import SUBJECTS
from dashboard.pages.benchmark import selection
from dashboard.parts import locations, subjects
from dashboard.parts.visit import Visit
from dashboard.words.numbers import Numbers


@pytest.fixture
def visit(release):
    return Visit("de", "light", texts.of("de"), Numbers("de"), release)


@pytest.fixture(autouse=True)
def as_before():
    yield
    subjects.register(*SUBJECTS)


def test_every_theme_of_the_texts_has_one_owner():
    themes = texts.of("de").group("themes")

    assert {theme: len([one for one in SUBJECTS if one.owns(theme)]) for theme in themes} == dict.fromkeys(themes, 1)


def test_every_folder_of_files_has_one_maker():
    folders = Counter(folder for one in SUBJECTS for folder in (*one.files, *one.tables))

    assert set(folders.values()) == {1}


def test_a_new_theme_is_one_registration(visit, monkeypatch):
    class Swimming(subjects.Subject):
        themes = ("swimming",)

        def place(self, indicator):
            return "overview", {"becken": indicator.indicator_id}

        def remarks(self, indicator, visit):
            return ["Im Winter ist geschlossen."]

    catalogue = visit.release.tables["indicator_catalogue"]
    renamed = pl.when(pl.col("theme") == "housing").then(pl.lit("swimming")).otherwise("theme").alias("theme")
    monkeypatch.setitem(visit.release.tables, "indicator_catalogue", catalogue.with_columns(renamed))
    indicator = visit.release.indicator("housing__rent", "de")
    assert subjects.of("swimming").place(indicator) is None

    subjects.register(*SUBJECTS, Swimming())

    assert subjects.of("swimming").place(indicator) == ("overview", {"becken": "housing__rent"})
    assert subjects.of("swimming").remarks(indicator, visit) == ["Im Winter ist geschlossen."]
    assert "swimming" in selection.by_theme(visit)
    assert [one.selection for one in locations.links("housing__rent", visit)] == [{"becken": "housing__rent"}]
