# ruff: noqa: E501
"""A journal for a sample release: five labs in the report's words, their phases and dates where it names any."""

from datetime import date
from typing import Any

Row = dict[str, Any]

# town, title, tried, what came of it, what was learned, first and last day, section
LABS = [
    ("diessen", "Befragung und Arbeitskreis", "Survey and task force",
     "Eine Online-Befragung zu Arbeitsalltag und Ort, danach zwei Bürgerwerkstätten.",
     "Viele pendeln weit. Zu den Werkstätten kamen wenige; der Arbeitskreis blieb.",
     "Fachleute aus der Bürgerschaft früh einbeziehen.", None, None, "3.1"),
    ("dippoldiswalde", "Befragungen der Bürgerschaft", "Citizen surveys",
     "Zwei Räume auf Zeit waren vorgeschlagen; gefragt wurde dann die Bürgerschaft.",
     "Das Interesse an Co-Working war gering, die Räume kamen nicht zustande.",
     "Erst nach dem Bedarf fragen, dann einen Raum suchen.", None, None, "3.2"),
    ("moelln", "Themenwoche", "Theme week",
     "Eine Woche an drei Orten: neue Arbeitswelten, Co-Working, E-Sport, dritte Orte.",
     "Zur Eröffnung kamen viele, zu den übrigen Terminen wenige. Das Thema blieb im Gespräch.",
     "Einzelne Termine über das Jahr statt einer Woche.", None, None, "3.3"),
    ("oestrich-winkel", "Co-Working auf Zeit", "Pop-up co-working",
     "Sieben Plätze in einem früheren Wohnhaus, ein halbes Jahr kostenlos.",
     "Im Sommer wenig, ab September mehr Nachfrage; viele würden bezahlen.",
     "Geld und Betrieb auf Dauer sind die größte Aufgabe.", date(2022, 6, 21), date(2022, 12, 21), "3.4"),
    ("wittenberge", "Befragungen, Probearbeiten, Bahnhof", "Surveys, trial co-working, station",
     "Befragungen von Nutzenden und Bahnpendelnden, Probearbeiten, Konzept für den Bahnhof.",
     "Viele Antworten dank Äpfeln mit QR-Code. Den Probetag nutzte niemand, den Austausch gern.",
     "Das Format umbenennen: Es vernetzt.", date(2022, 7, 1), date(2023, 6, 30), "3.5"),
]  # fmt: skip

PHASES = {
    "exploration": ("Erkundung", "Exploration", date(2021, 9, 1), date(2022, 5, 31)),
    "consolidation": ("Verdichtung", "Consolidation", None, None),
    "transfer": ("Transfer", "Transfer", date(2022, 6, 21), None),
}

# town, kind (de, en), title, first and last day, where the date is not known
ACTIVITIES = [
    ("diessen", "Befragung", "survey", "Online-Befragung", date(2022, 3, 14), date(2022, 4, 24), ""),
    ("diessen", "Arbeitskreis", "task force", "Ständiger Arbeitskreis", None, None, "Der Bericht nennt keinen Zeitpunkt."),
    ("dippoldiswalde", "Befragung", "survey", "Erste Befragung", date(2022, 5, 9), date(2022, 6, 12), ""),
    ("moelln", "Themenwoche", "theme week", "Themenwoche an drei Orten", date(2023, 3, 20), date(2023, 3, 24), ""),
    ("oestrich-winkel", "Raum", "space", "Co-Working auf Zeit", date(2022, 6, 21), date(2022, 12, 21), ""),
    ("wittenberge", "Befragung", "survey", "Befragung der Bahnpendelnden", date(2022, 9, 19), date(2022, 10, 16), ""),
    ("wittenberge", "Konzept", "concept", "Betriebskonzept für den Bahnhof", None, date(2023, 6, 30), "Der Beginn ist nicht überliefert."),
]  # fmt: skip

OUTCOMES = {
    "came_about": ("kam zustande", "came about"),
    "partly": ("kam zum Teil zustande", "came about in part"),
    "did_not_come_about": ("nicht zustande gekommen", "did not come about"),
    "open": ("noch offen", "still open"),
}
AGAIN = {
    "yes": ("ja", "yes"),
    "differently": ("ja, aber anders", "yes, but differently"),
    "no": ("nein", "no"),
    "unknown": ("dazu steht nichts", "nothing is said"),
}

# id, town, theme (code, de, en), title, tried, outcome, why, again, advice, indicators, section
LEARNINGS = [
    ("L01", "wittenberge", "surveys", "Befragen", "Asking", "Äpfel mit QR-Code am Bahnsteig",
     "Pendelnde bekamen Äpfel mit dem Weg zur Befragung.", "came_about", "Wer wartet, hat Zeit und freut sich über einen Apfel.",
     "yes", "Dort fragen, wo Menschen ohnehin warten.", "presence_not_required_share, survey_completed", "3.5"),
    ("L02", "wittenberge", "coworking", "Co-Working", "Co-working", "Ein kostenloser Probetag",
     "Nach dem Austausch konnten Beschäftigte einen Tag im Raum arbeiten.", "did_not_come_about", "Gesucht wurde Austausch, kein dritter Arbeitsort.",
     "differently", "Das Format anders nennen und als Treffen anbieten.", "", "3.5"),
    ("L03", "dippoldiswalde", "coworking", "Co-Working", "Co-working", "Zwei Räume auf Zeit",
     "Zwei Räume in der Stadt waren vorgeschlagen.", "did_not_come_about", "Das Geld fehlte, ein Ort fand sich nicht.",
     "unknown", "Erst fragen, dann suchen.", "coworking_interest_share", "3.2"),
    ("L04", "moelln", "events", "Veranstaltungen", "Events", "Eine ganze Themenwoche",
     "Sechs Termine in fünf Tagen an drei Orten.", "partly", "Nach der Eröffnung verteilte sich das Interesse auf zu viele Termine.",
     "differently", "Einzelne Termine über das Jahr verteilen.", "", "3.3"),
    ("L05", None, "cooperation", "Zusammenarbeit", "Cooperation", "Werkstätten von 24 Stunden in jeder Stadt",
     "Reihum luden die Städte ein, mit Rundgang und gemeinsamem Abend.", "came_about", "Der Austausch braucht Zeit abseits der Tagesordnung.",
     "yes", "Über Nacht bleiben: Das Wichtige wird am Abend gesagt.", "", "2.2"),
    ("L06", None, "cooperation", "Zusammenarbeit", "Cooperation", "Zusammenarbeit mit Hochschulen",
     "Hochschulen sollten die Labore begleiten.", "did_not_come_about", "", "unknown", "", "", "4.2"),
]  # fmt: skip


def labs() -> list[Row]:
    """Rows of labs; English words are the German ones with a mark, so that a test sees which is shown."""
    return [
        {
            "lab_id": f"{town}-lab",
            "town_id": town,
            "title_de": german,
            "title_en": english,
            **both(tried=tried, outcome=outcome, learned=learned),
            "period_from": start,
            "period_to": end,
            "section": section,
            "row_origin": "report",
            "is_synthetic": False,
            "position": place,
        }
        for place, (town, german, english, tried, outcome, learned, start, end, section) in enumerate(LABS, 1)
    ]


def both(**said: str) -> Row:
    """Words in both languages."""
    return {f"{name}_{code}": words and mark + words for name, words in said.items() for code, mark in MARKS.items()}


MARKS = {"de": "", "en": "EN "}


def phases() -> list[Row]:
    """Rows of lab_phases: the same three for each lab, one without dates, one without an end."""
    return [
        {
            "lab_id": f"{town}-lab",
            "town_id": town,
            "phase": phase,
            "phase_de": german,
            "phase_en": english,
            "period_from": start,
            "period_to": end,
            "is_estimated": start is not None,
            "section": "2",
            "row_origin": "report",
            "is_synthetic": False,
        }
        for town, *_ in LABS
        for phase, (german, english, start, end) in PHASES.items()
    ]


def activities() -> list[Row]:
    """Rows of lab_activities."""
    return [
        {
            "activity_id": f"A{place:02}",
            "lab_id": f"{town}-lab",
            "town_id": town,
            "kind": english.replace(" ", "_"),
            "kind_de": german,
            "kind_en": english,
            **both(title=title, date_note=note),
            "period_from": start,
            "period_to": end,
            "section": "3",
            "row_origin": "synthetic" if start and "-21" not in str(start) else "report",
            "is_synthetic": bool(start and "-21" not in str(start)),
        }
        for place, (town, german, english, title, start, end, note) in enumerate(ACTIVITIES, 1)
    ]


def learning(learning_id: str, town: str | None, *rest: Any, **changes: Any) -> Row:
    """One row of learnings, as the tuples above have it."""
    theme, theme_de, theme_en, title, tried, outcome, why, again, advice, indicators, section = rest
    row = {
        "learning_id": learning_id,
        "town_id": town,
        "lab_id": f"{town}-lab" if town else None,
        "theme": theme,
        "theme_de": theme_de,
        "theme_en": theme_en,
        **both(title=title, tried=tried, why=why, advice=advice),
        "outcome": outcome,
        "outcome_de": OUTCOMES[outcome][0],
        "outcome_en": OUTCOMES[outcome][1],
        "again": again,
        "again_de": AGAIN[again][0],
        "again_en": AGAIN[again][1],
        "indicator_ids": indicators,
        "section": section,
        "row_origin": "report",
        "is_synthetic": False,
        "position": int(learning_id[1:]),
    }
    return row | changes


def tables(**changed: list[Row]) -> dict[str, list[Row]]:
    """The four tables of the journal."""
    learnings = [learning(*one) for one in LEARNINGS]
    made = {"labs": labs(), "lab_phases": phases(), "lab_activities": activities(), "learnings": learnings}
    return {**made, **changed}
