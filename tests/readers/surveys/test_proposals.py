"""A guessed concept is a proposal: right in nine of ten over the files at hand, and never made on one leg alone."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from stadtlabor.base import places
from stadtlabor.inspect.inspection import inspect
from stadtlabor.readers.surveys.guess import Asked, propose
from stadtlabor.readers.surveys.scaffold import propose_for, questions_of

JUDGED = YAML(typ="safe").load((Path(__file__).parent / "judged_proposals.yml").read_text("utf-8"))
SHARED = places.PROJECT.parent / "shared"


def files() -> list[Path]:
    """The survey files at hand; the shared ones where they are there."""
    folders = (places.PROJECT / "raw", SHARED / "data" / "surveys", SHARED / "cases")
    named = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".csv", ".sav")]
    return [path for path in named if "befragung" in str(path).casefold() or "raw" not in path.parts]


def test_nine_of_ten_proposals_over_the_files_at_hand_are_right():
    made = []
    for path in files():
        found = inspect(path)
        if found.reader is None or found.reader.kind != "survey" or found.result is None:
            continue
        for asked in questions_of(found.result):
            if proposal := propose_for(asked):
                made.append((proposal.concept.id, " ".join(asked.text.split())))
    judged = {
        (concept, text): what == "right" for what in JUDGED for concept, texts in JUDGED[what].items() for text in texts
    }

    unjudged = set(made) - set(judged)
    assert unjudged == set(), "read question and answers, and put them into judged_proposals.yml"
    assert len(made) >= 40
    assert sum(judged[one] for one in made) >= 0.9 * len(made)


AGES = ("18 bis 24", "25 bis 34", "35 bis 44")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # The words fit, the answers do not; the answers fit, the words do not.
        (Asked("Wie alt sind Sie?", ["single"], ["jung", "mittel", "alt"]), None),
        (Asked("Wie alt ist Ihr ältestes Kind?", ["single"], AGES), None),
        (Asked("Wie alt sind Sie?", ["single"], AGES), "age_group"),
        (Asked("Was your partner also working from home?", ["single"], ["Yes", "No"]), None),
        (Asked("Ist Ihre Partnerin erwerbstätig?", ["single"], ["Ja", "Nein"]), None),
        (Asked("How many children live with you?", ["number"], numbers={0.0: 20, 1.0: 9, 2.0: 8}), None),
        (Asked("How many hours a day do you commute?", ["number"], numbers={1.0: 20, 2.0: 9}), None),
        (Asked("Are you currently employed as a teacher in this school?", ["single"], ["Yes", "No"]), None),
        (Asked("Are you currently in work?", ["single"], ["Yes", "No"]), "employed"),
        # How good something is may be asked of anything.
        (Asked("Wie zufrieden sind Sie mit dem Essen?", ["scale"], ["sehr zufrieden", "eher zufrieden"]), None),
        # Two concepts that are equally near.
        (Asked("Tage", ["number"], numbers={1.0: 20}), None),
        # One answer alone is a box of a question that is not here.
        (Asked("Fahrrad", ["single"], ["Fahrrad"]), None),
        # Numbers beyond what the concept knows.
        (Asked("An wie vielen Tagen in der Woche pendeln Sie?", ["number"], numbers={20.0: 9, 1.0: 1}), None),
    ],
)  # fmt: skip
def test_a_proposal_needs_the_words_of_the_question_and_its_answers(asked, expected):
    found = propose(asked)

    assert (found.concept.id if found else None) == expected


YES, HOW_FAR, ON_FOOT = ["ja", "nein"], {0.0: 5, 1.0: 5, 3.0: 5}, ["Auto", "Fahrrad", "Bus", "Bahn"]
TRADES = ["Industrie", "Handel", "Bau und Handwerk"]


@pytest.mark.parametrize(
    ("text", "type_", "options"),
    [
        # Of whom or what.
        ("Welches Geschlecht hat Ihre Führungskraft?", "single", ["weiblich", "männlich", "divers"]),
        ("Wie alt ist Ihr Haus?", "single", AGES),
        ("Hat Ihr Arbeitgeber schon einmal von Co-Working gehört?", "single", YES),
        ("Pendelt Ihr Partner regelmäßig zur Arbeit in einen anderen Ort?", "single", YES),
        # When.
        ("Wie alt waren Sie bei Ihrem Umzug?", "single", AGES),
        ("In welchem Alter sind Sie nach Mölln gezogen?", "single", AGES),
        ("In welcher Branche haben Sie früher gearbeitet?", "single", TRADES),
        ("Were you employed before the pandemic?", "single", ["Yes", "No"]),
        # Where.
        ("An wie vielen Tagen in der Woche arbeiten Sie im Büro?", "number", ()),
        ("Haben Sie im Urlaub in einem Co-Working-Space gearbeitet?", "single", YES),
        ("Welches Verkehrsmittel nutzen Sie in der Freizeit?", "single", ON_FOOT),
        # A wish, or whether there is such a thing.
        ("An wie vielen Tagen pro Woche möchten Sie künftig von zu Hause arbeiten?", "number", ()),
        ("In welcher Branche würden Sie gern arbeiten?", "single", TRADES),
        ("Gibt es in Ihrer Stadt einen Co-Working-Space?", "single", YES),
        ("Do you know anyone who uses a coworking space?", "single", ["Yes", "No"]),
    ],
)
def test_what_is_asked_of_another_time_place_or_person_is_not_proposed(text, type_, options):
    assert propose(Asked(text, [type_], options, numbers=HOW_FAR if type_ == "number" else {})) is None
