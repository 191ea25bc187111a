"""The pages by their names: where each lies, and which stand in which row."""

# The address of each page, the same in both languages so that a link keeps working.
ADDRESSES = {
    "overview": "",
    "towns": "staedte",
    "surveys": "befragungen",
    "coworking": "co-working",
    "events": "veranstaltungen",
    "structure": "struktur",
    "journal": "labortagebuch",
    "statements": "aussagen",
    "quality": "datenqualitaet",
    "methods": "methoden",
    "benchmark": "benchmark",
    "passport": "steckbrief",
    "search": "suche",
    "help": "hilfe",
    "accessibility": "barrierefreiheit",
}

# The pages of the first row in this order; those on the data themselves stand under "Daten" in a second row.
MAIN = ("overview", "towns", "surveys", "coworking", "events", "structure", "benchmark", "journal")
DATA = ("statements", "quality", "methods")
# Found at the foot of each page, not in the navigation.
AT_FOOT = ("help", "accessibility")

# Pages made of official figures, or of words alone: what else comes to stand on them is marked by its own picture.
OFFICIAL_PAGES = ("overview", "towns", "structure", "benchmark", "passport", *AT_FOOT, "search")

# Selections that go along from page to page; the others belong to one page.
CARRIED = ("sprache", "stadt", "gemeinde", "gruppe")
