# Tables of columns and answers, one question a line.
# ruff: noqa: E501
"""An independent, naive computation of every survey indicator, straight from the files.

It knows the sample deliveries' columns by heart, shares no code with readers, gate, mapping or dbt, and
takes from the project only the list of indicators (what counts, of whom). One `Row` per number:
`survey_rows(folder)` gives all of them. What the gate sets aside is set aside here by the same words:

    a record with another number of fields than the header, and a repeated record, are no response
    a response whose time lies outside the survey's period is no response
    an answer that is no number, or outside the plausible range, or unknown, is no answer; own words typed
    into a choice are its answer "other", where the concept has one
"""

import csv
import datetime as dt
import io
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

INDICATORS = Path(__file__).parents[2] / "stadtlabor" / "indicators" / "survey_indicators.yml"


@dataclass
class Ask:
    """One question: its columns, what is understood, and to whom it was put."""

    concept: str
    columns: dict[str, str]  # '' or item → heading (or column number as text)
    codes: dict[str, str] = field(default_factory=dict)  # as written → concept's code
    joined: str = ""  # separator where several answers stand in one cell
    marked: str = ""  # what a ticked box holds; '' for anything
    only_if: tuple[str, set[str]] | None = None  # (concept, codes)
    own_words: bool = False  # whether "Sonstiges" is typed into the answer's own cell


@dataclass
class Survey:
    """One file read: people are completed responses, concept → code, number, set or item → code."""

    delivery: str
    town: str
    population: str
    asks: list[Ask]
    started: int = 0
    people: list[dict] = field(default_factory=list)

    @property
    def completed(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Row:
    """One number: `numerator` and `denominator` are counts; for medians only `value` and the base."""

    indicator_id: str
    town: str
    delivery: str
    breakdown: str
    breakdown_value: str
    numerator: float | None
    denominator: int
    value: float | None


RANGES = {
    "home_office_days": (0, 7),
    "home_office_days_possible": (0, 7),
    "commute_days": (0, 7),
    "commute_minutes": (1, 240),
    "commute_km": (0, 400),
    "willingness_to_pay": (0, 100),
    "willingness_to_pay_month": (0, 600),
}
NOT_SUBSTANTIVE = {"unknown", "no_statement"}
# (concept, level) → fine code → coarse code; a coarse code stands for itself.
LEVELS = {
    ("coworking_interest", "two_groups"): {
        "very": "interested", "rather": "interested", "yes": "interested", "rather_not": "not_or_undecided",
        "not_at_all": "not_or_undecided", "maybe": "not_or_undecided", "no": "not_or_undecided",
    },
    ("used_coworking", "yes_no"): {"here": "yes", "elsewhere": "yes"},
    ("willing_to_pay", "yes_no"): {"employer_pays": "yes"},
    ("use_frequency", "two_groups"): {
        "daily": "at_least_weekly", "several_a_week": "at_least_weekly", "weekly": "at_least_weekly",
        "monthly": "less_often", "rarely": "less_often", "once": "less_often",
    },
    ("commute_mode", "three_modes"): {
        "car": "by_car", "carpool": "by_car", "rail": "public_transport", "bus": "public_transport",
        "bicycle": "active", "on_foot": "active",
    },
    ("sector", "three_sectors"): {
        "agriculture": "primary", "manufacturing": "secondary", "construction_crafts": "secondary",
        "trade": "tertiary", "transport": "tertiary", "hospitality": "tertiary", "it_media": "tertiary",
        "finance_consulting": "tertiary", "public_administration": "tertiary", "education_research": "tertiary",
        "health_social": "tertiary",
    },
}  # fmt: skip


# ---- the files, each as its tool writes it: [(status, time, {heading or number: cell})]


def limesurvey(folder):
    header, records = _table(folder, "results-survey482913.csv", "utf-8-sig", ",")
    for cells in records:
        row = dict(zip(header, cells, strict=True))
        yield ("completed" if row["submitdate"] else "incomplete"), None, row


def google_sheet(folder):
    _, records = _table(folder, "Digitale Arbeitswelten (Antworten) - Formularantworten 1.csv", "utf-8", ",")
    for cells in records:
        time = dt.datetime.strptime(cells[0], "%d.%m.%Y %H:%M:%S")
        yield "completed", time, {str(number): cell for number, cell in enumerate(cells)}


def google_form(folder):
    _, records = _table(folder, "Digitale Arbeitswelten 2023.csv", "utf-8", ",")
    for cells in records:
        time = dt.datetime.strptime(cells[0].rsplit(" ", 1)[0], "%Y/%m/%d %I:%M:%S %p")
        yield "completed", time, {str(number): cell for number, cell in enumerate(cells)}


def nextcloud(folder):
    _, records = _table(folder, "Nutzerbefragung Co-Working-Space (responses).csv", "utf-8-sig", ",")
    for cells in records[1:]:
        time = dt.datetime.fromisoformat(cells[3]).replace(tzinfo=None)
        yield "completed", time, {str(number): cell for number, cell in enumerate(cells)}


def sosci(folder):
    header, records = _table(folder, "data_pendler-wittenberge_2022-10-24_09-12.csv", "utf-16", "\t")
    for cells in records:
        row = dict(zip(header, cells, strict=True))
        status = "test" if row["MODE"] != "interview" else "completed" if row["FINISHED"] == "1" else "incomplete"
        row = {heading: "" if cell == "-9" else cell for heading, cell in row.items()}
        yield status, dt.datetime.fromisoformat(row["LASTDATA"]), row


def qualtrics(folder):
    header, records = _table(folder, "Pop-up Co-Working-Space_January 9, 2023_10.15.csv", "utf-8-sig", ",")
    for cells in records[2:]:
        row = dict(zip(header, cells, strict=True))
        done = "completed" if row["Finished"] == "True" else "incomplete"
        status = "test" if row["Status"] == "Survey Preview" else done
        yield status, dt.datetime.fromisoformat(row["EndDate"]), row


def _table(folder, name, encoding, delimiter):
    text = (folder / name).read_bytes().decode(encoding)
    header, *records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    kept = []
    for record in records:
        if len(record) == len(header) and record not in kept:
            kept.append(record)
    return header, kept


# ---- what the columns mean


def _words(text):
    return text.split()


def _numbered(prefix, names, form="{}{}"):
    return {name: form.format(prefix, number) for number, name in enumerate(names.split(), 1)}


def _a(names):
    """LimeSurvey's answers A1, A2 … in order; '-oth-' is other."""
    codes = {f"A{number}": name for number, name in enumerate(names.split(), 1) if name != "other"}
    return codes | ({"-oth-": "other"} if "other" in names.split() else {})


def _n(names, unsure=""):
    """SoSci's answers 1, 2 … in order; -1 is the residual option."""
    return {str(number): name for number, name in enumerate(names.split(), 1)} | ({"-1": unsure} if unsure else {})


SQ = "{}[SQ{:03d}]"
WORKS = ("employed", {"yes"})
FREE = ("presence_required", {"some_days", "never"})
AWAY = ("commutes", {"yes"})
KEEN = ("coworking_interest", {"very", "rather"})
SATISFIED = "very_satisfied satisfied neutral dissatisfied very_dissatisfied unknown"
SECTORS = (
    "agriculture manufacturing construction_crafts trade transport hospitality it_media finance_consulting "
    "public_administration education_research health_social other"
)

DIESSEN = [
    Ask("town_satisfaction", _numbered("Q01", "public_transport internet leisure culture shopping medical_care childcare_schools housing nature", SQ), _a(SATISFIED)),
    Ask("reason_to_live_here", _numbered("Q02", "nature family born_here job connection schools community", SQ) | {"other": "Q02[other]"}),
    Ask("town_wishes", _numbered("Q03", "public_transport internet leisure coworking meeting_places shops housing youth cycling", SQ) | {"other": "Q03[other]"}),
    Ask("employed", {"": "Q04"}, _a("yes no")),
    Ask("sector", {"": "Q05"}, _a(SECTORS), only_if=WORKS),
    Ask("presence_required", {"": "Q06"}, _a("always some_days never"), only_if=WORKS),
    Ask("home_office_days", {"": "Q07"}, only_if=WORKS),
    Ask("home_office_days_possible", {"": "Q08"}, only_if=FREE),
    Ask("equipment", _numbered("Q09", "separate_room laptop fast_internet printer ergonomic_desk quiet nothing", SQ), only_if=FREE),
    Ask("commutes", {"": "Q10"}, _a("yes no"), only_if=WORKS),
    Ask("destination", {"": "Q11"}, _a("muenchen augsburg same_district neighbouring_district changing other"), only_if=AWAY),
    Ask("commute_minutes", {"": "Q12"}, only_if=AWAY),
    Ask("commute_km", {"": "Q13"}, only_if=AWAY),
    Ask("commute_days", {"": "Q14"}, only_if=AWAY),
    Ask("commute_mode", {"": "Q15"}, _a("car carpool rail bus bicycle"), only_if=AWAY),
    Ask("knows_coworking", {"": "Q16"}, _a("yes by_name no")),
    Ask("coworking_interest", {"": "Q17"}, _a("very rather rather_not not_at_all unknown")),
    Ask("coworking_wishes", _numbered("Q18", "fast_internet quiet_desk meeting_room phone_booth coffee_kitchen exchange childcare parking low_price", SQ), only_if=KEEN),
    Ask("age_group", {"": "Q20"}, _a("under_18 age_18_24 age_25_34 age_35_44 age_45_54 age_55_64 age_65_74 age_75_plus")),
    Ask("gender", {"": "Q21"}, _a("female male diverse no_statement")),
    Ask("status", {"": "Q22"}, _a("employed_full_time employed_part_time civil_servant self_employed marginally_employed apprentice student pupil unemployed care_work retired")),
]  # fmt: skip


def _dippoldiswalde(separator, has_used):
    rows = _words("public_transport internet leisure shopping medical_care childcare_schools nature jobs")
    asks = [
        Ask("town_satisfaction", {row: str(number) for number, row in enumerate(rows, 2)},
            {"sehr zufrieden": "very_satisfied", "zufrieden": "satisfied", "mittel": "neutral", "unzufrieden": "dissatisfied", "sehr unzufrieden": "very_dissatisfied"}),
        Ask("employed", {"": "10"}, {"Ja": "yes", "Nein": "no"}),
        Ask("commutes", {"": "11"}, {"Ja": "yes", "Nein": "no"}, only_if=WORKS),
        Ask("destination", {"": "12"}, {"Dresden": "dresden", "anderer Ort im Landkreis": "same_district", "Freiberg oder Umgebung": "neighbouring_district", "wechselnde Orte": "changing", "Tschechien": "other"}, only_if=AWAY, own_words=True),
        Ask("commute_minutes_class", {"": "13"}, {"unter 15 Minuten": "under_15", "15 bis 30 Minuten": "min_15_29", "30 bis 45 Minuten": "min_30_44", "45 bis 60 Minuten": "min_45_59", "über 60 Minuten": "min_60_plus"}, only_if=AWAY),
        Ask("commute_mode", {"": "14"}, {"Auto": "car", "Fahrgemeinschaft": "carpool", "Bus oder Zug": "bus", "Fahrrad": "bicycle"}, only_if=AWAY, own_words=True),
        Ask("remote_possible", {"": "15"}, {"Ja, regelmäßig": "regularly", "Ja, gelegentlich": "occasionally", "Nein": "no", "Weiß nicht": "unknown"}, only_if=WORKS),
        Ask("home_office_days", {"": "16"}, only_if=WORKS),
        Ask("coworking_interest", {"": "18"}, {"Ja": "yes", "Vielleicht": "maybe", "Nein": "no"}),
        Ask("town_wishes", {"": "20"}, {"mehr Bus und Bahn": "public_transport", "schnelleres Internet": "internet", "mehr Freizeitangebote": "leisure", "ein Co-Working-Space": "coworking", "mehr Geschäfte": "shops", "mehr Ärztinnen und Ärzte": "doctors", "Angebote für Jugendliche": "youth", "mehr Arbeitsplätze am Ort": "jobs"}, joined=separator),
        Ask("age_group", {"": "21"}, {"unter 25": "under_25", "25 bis 44": "age_25_44", "45 bis 64": "age_45_64", "65 und älter": "age_65_plus"}),
        Ask("gender", {"": "22"}, {"weiblich": "female", "männlich": "male", "divers": "diverse", "keine Angabe": "no_statement"}),
    ]  # fmt: skip
    return asks + ([Ask("used_coworking", {"": "23"}, {"Ja": "yes", "Nein": "no"})] if has_used else [])


RATED = {"sehr gut": "very_good", "gut": "good", "mittel": "fair", "schlecht": "poor", "sehr schlecht": "very_poor", "kann ich nicht sagen": "unknown"}  # fmt: skip
CONTENT = {"sehr zufrieden": "very_satisfied", "eher zufrieden": "satisfied", "teils, teils": "neutral", "eher unzufrieden": "dissatisfied", "sehr unzufrieden": "very_dissatisfied"}  # fmt: skip
RECOMMENDS = {"ja, sicher": "yes", "eher ja": "rather_yes", "eher nein": "rather_no", "nein": "no"}

USERS = [
    Ask("use_frequency", {"": "4"}, {"fast jeden Tag": "daily", "mehrmals pro Woche": "several_a_week", "etwa einmal pro Woche": "weekly", "etwa einmal im Monat": "monthly", "seltener": "rarely", "bisher nur einmal": "once"}),
    Ask("lab_purpose", {"": "5"}, {"konzentriert arbeiten": "focused_work", "Videokonferenzen": "video_calls", "Besprechungen": "meetings", "Veranstaltungen": "events", "Leute kennenlernen": "networking", "Lernen und Studium": "learning", "ausprobieren": "trying_out"}, joined="; "),
    Ask("lab_rating", {"location": "6", "equipment": "7", "internet": "8", "atmosphere": "9", "opening_hours": "10"}, RATED),
    Ask("lab_satisfaction", {"": "11"}, CONTENT),
    Ask("would_recommend", {"": "12"}, RECOMMENDS),
    Ask("coworking_wishes", {"": "13"}, {"schnelles Internet": "fast_internet", "ruhiger Arbeitsplatz": "quiet_desk", "Besprechungsraum": "meeting_room", "Telefonkabine": "phone_booth", "Küche und Kaffee": "coffee_kitchen", "Austausch mit anderen": "exchange", "Veranstaltungen": "events", "lange Öffnungszeiten": "long_opening_hours", "Lage am Gleis": "near_station", "günstiger Preis": "low_price"}, joined="; "),
    Ask("willing_to_pay", {"": "14"}, {"ja": "yes", "ja, wenn mein Arbeitgeber zahlt": "employer_pays", "nein": "no", "weiß nicht": "unknown"}),
    Ask("willingness_to_pay_month", {"": "15"}, only_if=("willing_to_pay", {"yes", "employer_pays"})),
    Ask("age_group", {"": "17"}, {"unter 30": "under_30", "30 bis 49": "age_30_49", "50 und älter": "age_50_plus"}),
    Ask("status", {"": "18"}, {"angestellt (Vollzeit)": "employed_full_time", "angestellt (Teilzeit)": "employed_part_time", "selbstständig": "self_employed", "Studium": "student", "Ruhestand": "retired", "anderes": "other"}),
]  # fmt: skip

COMMUTERS = [
    Ask("commutes", {"": "PE01"}, _n("yes no")),
    Ask("destination", {"": "PE02"}, _n("hamburg berlin schwerin stendal_magdeburg same_district changing other"), only_if=AWAY),
    Ask("commute_minutes", {"": "PE03_01"}, only_if=AWAY),
    Ask("commute_km", {"": "PE04_01"}, only_if=AWAY),
    Ask("commute_days", {"": "PE05_01"}, only_if=AWAY),
    Ask("employer", {"": "AR01"}, _n("deutsche_bahn municipality state_federal school_university hospital_care large_company small_company association self other"), only_if=AWAY),
    Ask("presence_required", {"": "AR02"}, _n("always some_days never"), only_if=AWAY),
    Ask("remote_possible", {"": "AR03"}, _n("regularly occasionally no", "unknown"), only_if=AWAY),
    Ask("home_office_days", {"": "AR04_01"}, only_if=("remote_possible", {"regularly", "occasionally"})),
    Ask("home_office_days_possible", {"": "AR05_01"}, only_if=FREE),
    Ask("knows_coworking", {"": "CW01"}, _n("yes by_name no")),
    Ask("coworking_interest", {"": "CW02"}, _n("very rather rather_not not_at_all", "unknown")),
    Ask("coworking_wishes", _numbered("CW03", "fast_internet quiet_desk meeting_room phone_booth coffee_kitchen long_opening_hours childcare parking low_price other", "{}_{:02d}"), marked="2", only_if=KEEN),
    Ask("age_group", {"": "SD01"}, _n("under_18 age_18_24 age_25_34 age_35_44 age_45_54 age_55_64 age_65_74 age_75_plus")),
    Ask("gender", {"": "SD02"}, _n("female male diverse", "no_statement")),
]  # fmt: skip

OESTRICH = [
    Ask("lab_heard_from", _numbered("Q1_", "banner flyer press social_media website acquaintances other")),
    Ask("lab_purpose", _numbered("Q2_", "focused_work video_calls meetings events networking trying_out")),
    Ask("use_frequency", {"": "Q3"}, {"mehrmals in der Woche": "several_a_week", "etwa einmal in der Woche": "weekly", "etwa einmal im Monat": "monthly", "seltener": "rarely", "nur einmal": "once"}),
    Ask("lab_rating", _numbered("Q4_", "location equipment internet atmosphere opening_hours care"), RATED),
    Ask("lab_satisfaction", {"": "Q5"}, CONTENT),
    Ask("would_recommend", {"": "Q6"}, RECOMMENDS),
    Ask("lab_continue", {"": "Q7"}, {"ja": "yes", "nein": "no", "weiß nicht": "unknown"}),
    Ask("willing_to_pay", {"": "Q8"}, {"ja": "yes", "ja, wenn der Arbeitgeber zahlt": "employer_pays", "nein": "no", "weiß nicht": "unknown"}),
    Ask("willingness_to_pay", {"": "Q9"}, only_if=("willing_to_pay", {"yes", "employer_pays"})),
    Ask("coworking_wishes", _numbered("Q10_", "fast_internet quiet_desk meeting_room phone_booth coffee_kitchen exchange events long_opening_hours parking low_price")),
    Ask("age_group", {"": "Q12"}, {"18 bis 24": "age_18_24", "25 bis 34": "age_25_34", "35 bis 44": "age_35_44", "45 bis 54": "age_45_54", "55 bis 64": "age_55_64", "65 bis 74": "age_65_74", "75 und älter": "age_75_plus"}),
    Ask("gender", {"": "Q13"}, {"weiblich": "female", "männlich": "male", "divers": "diverse", "keine Angabe": "no_statement"}),
]  # fmt: skip

DAY = dt.date.fromisoformat
SURVEYS = {
    "diessen-buergerbefragung-2022": ("diessen", "citizens", limesurvey, DIESSEN, "2022-03-14", "2022-04-24"),
    "dippoldiswalde-buergerbefragung-2022": ("dippoldiswalde", "citizens", google_sheet, _dippoldiswalde(", ", False), "2022-05-09", "2022-06-12"),
    "dippoldiswalde-buergerbefragung-2023": ("dippoldiswalde", "citizens", google_form, _dippoldiswalde(";", True), "2023-03-06", "2023-04-16"),
    "oestrich-winkel-nutzerbefragung-2022": ("oestrich-winkel", "space_users", qualtrics, OESTRICH, "2022-10-10", "2022-12-21"),
    "wittenberge-nutzerbefragung-2022": ("wittenberge", "space_users", nextcloud, USERS, "2022-10-04", "2022-11-20"),
    "wittenberge-pendlerbefragung-2022": ("wittenberge", "commuters", sosci, COMMUTERS, "2022-09-19", "2022-10-16"),
}  # fmt: skip


def read(folder: Path, delivery: str) -> Survey:
    """One sample delivery, from its folder below `folder`."""
    town, population, reader, asks, first, last = SURVEYS[delivery]
    survey = Survey(delivery, town, population, asks)
    for status, time, row in reader(folder / delivery):
        if status == "test" or (time is not None and not DAY(first) <= time.date() <= DAY(last)):
            continue
        survey.started += 1
        if status == "completed":
            survey.people.append({ask.concept: found for ask in asks if (found := _understood(ask, row))})
    return survey


def _understood(ask, row):
    """A person's answer: a one-element list, a set of items, or item → code; empty where there is none."""
    if ask.concept in RANGES:
        return _number(row[ask.columns[""]], *RANGES[ask.concept])
    if ask.joined:
        parts = row[ask.columns[""]].split(ask.joined)
        return {ask.codes[part] for part in parts if part in ask.codes}
    if not ask.codes:
        return {
            item
            for item, heading in ask.columns.items()
            if row[heading] and row[heading] in (ask.marked or row[heading])
        }
    if set(ask.columns) == {""}:
        written = row[ask.columns[""]]
        code = ask.codes.get(written, "other" if written and ask.own_words else None)
        return [code] if code else []
    return {item: ask.codes[row[heading]] for item, heading in ask.columns.items() if row[heading] in ask.codes}


def _number(text, low, high):
    if not re.fullmatch(r"\d+([.,]\d+)?", text.strip()):
        return []
    value = float(text.replace(",", "."))
    return [value] if low <= value <= high else []


# ---- the rules


def was_asked(ask: Ask, person: dict) -> bool:
    """Whether routing put the question to this person."""
    return ask.only_if is None or bool(set(person.get(ask.only_if[0], [])) & ask.only_if[1])


def single(survey: Survey, concept: str, level: str | None) -> list[str]:
    """Everybody's substantive answer to a single choice, coarsened to a level."""
    codes = [person[concept][0] for person in survey.people if concept in person]
    if level:
        table = LEVELS[concept, level]
        codes = [table.get(code, code) for code in codes]
    return [code for code in codes if code is not None and code not in NOT_SUBSTANTIVE]


def minutes_classes(survey: Survey) -> list[str]:
    """Travel time in classes, whichever way it was asked."""
    asked_classes = single(survey, "commute_minutes_class", None)
    bounds = [(15, "under_15"), (30, "min_15_29"), (45, "min_30_44"), (60, "min_45_59"), (9999, "min_60_plus")]
    minutes = [person["commute_minutes"][0] for person in survey.people if "commute_minutes" in person]
    return asked_classes + [next(code for below, code in bounds if value < below) for value in minutes]


def quantile(values: list[float], p: float) -> float:
    """The smallest stated number with at least this share of all at or below it."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * p), 1) - 1]


def survey_rows(folder: Path) -> list[Row]:
    """Every indicator of every sample survey that asked for it, without regard to small bases."""
    definitions = YAML(typ="safe").load(INDICATORS.read_text(encoding="utf-8"))["indicators"]
    surveys = [read(folder, delivery) for delivery in SURVEYS]
    rows = []
    for one in definitions:
        for survey in surveys:
            if survey.population in one.get("populations", [survey.population]):
                rows += list(_rows(one, _narrowed(one, survey)))
    return rows


def _narrowed(one: dict, survey: Survey) -> Survey:
    if "asked_of" not in one:
        return survey
    concept, answers = one["asked_of"]["concept"], set(one["asked_of"]["answers"])
    people = [person for person in survey.people if set(person.get(concept, [])) & answers]
    return Survey(survey.delivery, survey.town, survey.population, survey.asks, survey.started, people)


def _rows(one: dict, survey: Survey):
    def row(breakdown, value_of, numerator, denominator, value):
        return Row(
            one["indicator_id"], survey.town, survey.delivery, breakdown, value_of, numerator, denominator, value
        )

    def part(breakdown, value_of, numerator, denominator):
        share = 100 * numerator / denominator if denominator else None
        return row(breakdown, value_of, numerator, denominator, share)

    rule, concept = one["rule"], one.get("concept")
    if rule in ("completed", "completion", "item_nonresponse", "reach"):
        yield from _quality(rule, survey, row, part)
        return
    asks = {ask.concept: ask for ask in survey.asks}
    if concept == "commute_minutes_class":
        if {"commute_minutes", "commute_minutes_class"} & set(asks):
            codes = minutes_classes(survey)
            for code in sorted(set(codes)):
                yield part("answer", code, codes.count(code), len(codes))
        return
    if concept not in asks:
        return
    answered = [person[concept] for person in survey.people if concept in person]
    if rule == "share":
        codes = single(survey, concept, one.get("level"))
        yield part("total", "", sum(code in one["answers"] for code in codes), len(codes))
    elif rule == "distribution":
        codes = single(survey, concept, one.get("level"))
        for code in sorted(set(codes)):
            yield part("answer", code, codes.count(code), len(codes))
    elif rule == "top2":
        for item in asks[concept].columns:
            codes = [given[item] if item else given[0] for given in answered if not item or item in given]
            codes = [code for code in codes if code not in NOT_SUBSTANTIVE]
            yield part("item" if item else "total", item, sum(code in one["answers"] for code in codes), len(codes))
    elif rule == "marks":
        ask = asks[concept]
        for item in ask.codes.values() if ask.joined else ask.columns:
            yield part("item", item, sum(item in given for given in answered), len(answered))
    elif rule == "median":
        values = [given[0] for given in answered]
        for name, p in (("median", 0.5), ("p25", 0.25), ("p75", 0.75), ("p90", 0.9)):
            yield row(
                "total" if p == 0.5 else "statistic",
                "" if p == 0.5 else name,
                None,
                len(values),
                quantile(values, p) if values else None,
            )
    elif rule == "demand":
        values = [given[0] for given in answered]
        for price in one["prices"]:
            yield part("price", f"{price:g}", sum(value >= price for value in values), len(values))


def _quality(rule, survey, row, part):
    if rule == "completed":
        yield row("survey", survey.delivery, survey.completed, survey.started, survey.completed)
    elif rule == "completion":
        # Tools that store sent forms only know nobody who left.
        if SURVEYS[survey.delivery][2] in (limesurvey, sosci, qualtrics):
            yield part("survey", survey.delivery, survey.completed, survey.started)
    elif rule == "item_nonresponse":
        asked = missing = 0
        for person in survey.people:
            for ask in survey.asks:
                if not was_asked(ask, person):
                    continue
                is_grid = bool(ask.codes) and "" not in ask.columns
                cells = list(ask.columns) if is_grid else [""]
                asked += len(cells)
                given = person.get(ask.concept, {})
                missing += sum(item not in given for item in cells) if is_grid else not given
        yield part("survey", survey.delivery, missing, asked)
