"""A sample delivery of a lab journal: what a town would hand in beside the journal written from the report.

The report dates little of what was done in Wittenberge; these activities fill the gaps, made up and marked so, in the
form of a table kept by hand. Their days are those of the other sample deliveries of the town.
"""

import csv
import io
from pathlib import Path

from stadtlabor.samples import delivery

DELIVERY = "wittenberge-labortagebuch-2022"
FILE = "Labortagebuch_Aktivitaeten.csv"
COLUMNS = ("Kennung", "Labor", "Art", "Titel", "Ort", "Von", "Bis", "Hinweis zur Zeit")
ACTIVITIES = (
    ("beispiel-auftakt", "Veranstaltung", "Auftakt des Labors", "Stadtsalon Safari", "07.07.2022", "", ""),
    ("beispiel-werkstatt-1", "Werkstatt", "Community-Werkstatt 1", "Co-Working-Space", "08.09.2022", "", ""),
    ("beispiel-pendelnde", "Befragung", "Äpfel am Bahnsteig", "Bahnhof", "19.09.2022", "16.10.2022", ""),
    ("beispiel-nutzende", "Befragung", "Umfrage unter Nutzenden", "Co-Working-Space", "04.10.2022", "20.11.2022", ""),
    ("beispiel-werkstatt-2", "Werkstatt", "Community-Werkstatt 2", "Co-Working-Space", "10.11.2022", "", ""),
    ("beispiel-werkstatt-3", "Werkstatt", "Community-Werkstatt 3", "Stadtsalon Safari", "09.03.2023", "", ""),
    ("beispiel-bahnhof", "Konzept", "Arbeit am Konzept für den Bahnhof", "Bahnhof", "April 2023", "Juni 2023",
     "nur die Monate sind notiert"),
    ("beispiel-abschluss", "Veranstaltung", "Abschluss des Labors", "Stadtsalon Safari", "15.06.2023", "", ""),
    # Kept by hand: a month alone is no date, and nobody knows any more what was meant.
    ("beispiel-fruehstueck", "Veranstaltung", "Frühstück im Co-Working", "Co-Working-Space", "Mai", "", ""),
)  # fmt: skip
MANIFEST = {
    "id": DELIVERY,
    "kind": "journal",
    "town": "wittenberge",
    "title": "Beispieldaten: Labortagebuch Wittenberge, Aktivitäten",
    "producer": "StadtLabor Kleinstadt (erzeugt)",
    "licence": "CC0, synthetic",
    "received": "2026-11-22",
    "synthetic": True,
    "note": "Künstlich erzeugt: Der Bericht nennt nur Anfang und Ende des Labors und den Monat des Probearbeitens "
    "(3.5); alle Tage hier sind erfunden. Form wie eine von Hand geführte Tabelle.",
    "journal": {"source": "Beispiel, von Hand geführt"},
}


def generate(out: Path) -> list[str]:
    """Write the delivery as a folder below `out`; returns a line for people. Always the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((name, "labor", *rest) for name, *rest in ACTIVITIES)
    data = text.getvalue().encode("cp1252")
    delivery.write(out, MANIFEST, {FILE: data}, "entries")
    return [f"{DELIVERY}: {len(ACTIVITIES)} activities, as journal"]
