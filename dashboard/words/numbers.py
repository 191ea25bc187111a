"""Numbers, dates, periods and lists as a reader of the language writes them; the only place that does.

German: 1.234,5 · 52 % · 21. Juni 2022. English: 1,234.5 · 52% · 21 June 2022. The space before a
German unit is the narrow no-break one, the minus the real one (U+2212). Official signs stand where a
value is missing or limited: `-` nothing there, `.` unknown or secret, `...` later, `/` not reliable
enough, `( )` limited, `x` blocked. In the team's edition `▨ intern` stands behind what the public one hides.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from dashboard import texts

# Within the class below, `date` is a method.
Day = date

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
LOCALES = {"de": "de_DE", "en": "en_GB"}

# Units short enough to stand behind every number; others are named once, in the subtitle.
SHORT_UNITS = ("%", "€", "km²", "m²")

# The sign of a value that the public edition hides, and the hatch that stands beside its word.
INTERNAL, HATCHED = "intern", "▨"

# The signs that stand alone, as official tables print them.
SIGNS_WITHOUT_VALUE = {"/": "/", ".": ".", "-": "–", "...": "...", "x": "x"}

# No official sign: nobody kept the value secret, it was never delivered. Said in words.
NOT_DELIVERED = "not_delivered"

# (unit, its days, from how many of them on): two years and more in years, two months and more in months.
STEPS_OF_AGE: tuple[tuple[Literal["year", "month", "day"], int, int], ...] = (
    ("year", 365, 2),
    ("month", 30, 2),
    ("day", 1, 0),
)

# Below this base a share has no decimal: one person more or less moves it by half a point.
SMALLEST_BASE_FOR_DECIMALS = 200


@dataclass(frozen=True)
class Numbers:
    """The forms of one language ("de" or "en")."""

    language: str

    @property
    def locale(self) -> str:
        """The language's locale with its country."""
        return LOCALES[self.language]

    def decimal(self, value: float, decimals: int = 0) -> str:
        """A plain number with exactly so many decimals."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_decimal(round(value, decimals) + 0.0, format=pattern, locale=self.locale)
        return text.replace("-", MINUS)

    def count(self, value: float | None) -> str:
        """A whole number, empty where there is none."""
        return "" if value is None else self.decimal(value)

    def rough(self, value: float) -> str:
        """A number with two figures that count, for estimates: 1.200, 84, 3,4."""
        figures = 2 - len(str(int(abs(value)))) if abs(value) >= 1 else int(value != 0)
        return self.decimal(round(value, figures), max(figures, 0))

    def signed(self, value: float, decimals: int = 0) -> str:
        """A number with its sign, for differences: +13, −15, 0."""
        text = self.decimal(value, decimals)
        return f"+{text}" if round(value, decimals) > 0 else text

    def quantity(self, value: float, unit: str, decimals: int = 0) -> str:
        """A number with its unit where that is short: "52 %", "6,87 €"; else the number alone."""
        number = self.decimal(value, decimals)
        short = short_unit(unit)
        if short is None:
            return number
        if short == "%" and self.language == "en":
            return number + "%"
        if short == "€" and self.language == "en":
            return MINUS + "€" + number[1:] if number.startswith(MINUS) else "€" + number
        return number + NARROW_SPACE + short

    def measured(self, value: float, unit: str, decimals: int = 0) -> str:
        """A number with its whole unit: "52 %", "6,87 € je m²", "10.596 Personen"."""
        short = short_unit(unit) or ""
        rest = self.counted(unit.removeprefix(short).strip(), round(value, decimals))
        return " ".join(part for part in (self.quantity(value, unit, decimals), rest) if part)

    def counted(self, unit: str, number: float) -> str:
        """A unit as it is said of a number: "Besuche", but "Besuch" of one."""
        say = texts.of(self.language)
        several, one = say.group("units_of_several"), say.group("units_of_one")
        singular = {words: one[name] for name, words in several.items()}
        return singular.get(unit, unit) if number == 1 else unit

    def published(
        self,
        value: float | None,
        sign: str,
        unit: str,
        decimals: int = 0,
        whole_unit: bool = False,
        is_balance: bool = False,
    ) -> str:
        """A value as it is published: the number, the number in brackets, or the sign instead of it.

        More than nothing is marked by a plus where less could be as well: +1,9 beside −69,3.
        """
        if sign == NOT_DELIVERED:
            return texts.of(self.language).group("signs")[sign]
        if value is None or sign in SIGNS_WITHOUT_VALUE:
            return SIGNS_WITHOUT_VALUE.get(sign, SIGNS_WITHOUT_VALUE["."])
        text = (self.measured if whole_unit else self.quantity)(value, unit, decimals)
        text = f"+{text}" if is_balance and round(value, decimals) > 0 else text
        return self.signed_text(text, sign)

    def signed_text(self, text: str, sign: str | None) -> str:
        """A figure with its sign: in brackets, or marked as internal with a hatch and the word."""
        if sign == INTERNAL:
            return f"{text} {HATCHED}\u00a0{texts.of(self.language).internal_word}"
        return f"({text})" if sign == "()" else text

    def told(self, row: Mapping[str, Any], column: str = "utilisation", unit: str = "%") -> str:
        """A row's value with its sign, or that it is hidden."""
        if row[column] is None:
            return texts.of(self.language).hidden
        return self.signed_text(self.quantity(row[column], unit), row.get("sign"))

    def decimals_for(self, value_kind: str, decimals: int, base: int | None) -> int:
        """The decimals an indicator may show: shares of a small base are whole."""
        small = base is not None and base < SMALLEST_BASE_FOR_DECIMALS
        return 0 if value_kind == "share" and small else decimals

    def date(self, day: date) -> str:
        """A day in words: 21. Juni 2022, 21 June 2022."""
        return format_date(day, format="long", locale=self.locale)

    def month(self, day: Day) -> str:
        """The month of a day: Juni 2022, June 2022."""
        return format_skeleton("yMMMM", day, locale=self.locale)

    def short_month(self, day: Day) -> str:
        """A month's name in a few letters, without its year: Jun, Sept."""
        return format_date(day, "LLL", locale=self.locale).rstrip(".")

    def moment(self, moment: datetime) -> str:
        """A day with its time: 21. Juni 2022, 14:05."""
        return f"{self.date(moment.date())}, {format_datetime(moment, 'HH:mm', locale=self.locale)}"

    def period(self, text: str | None) -> str:
        """A period as it is kept ("2015", "2024-01", "2022-03-14/2022-04-24", "2021/2024") as it is read."""
        if text and re.fullmatch(r"\d{4}/\d{4}", text):
            return text.replace("/", "–")
        if text and re.fullmatch(r"\d{4}-\d{2}", text):
            return self.month(date.fromisoformat(f"{text}-01"))
        if text and "/" in text:
            start, end = (date.fromisoformat(part) for part in text.split("/"))
            if start == end:
                return self.date(start)
            if (start.year, start.month) == (end.year, end.month):
                return f"{start.day}{'.' if self.language == 'de' else ''}–{self.date(end)}"
            first = format_skeleton("MMMMd", start, locale=self.locale) if start.year == end.year else self.date(start)
            return f"{first} – {self.date(end)}"
        if text and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return self.date(date.fromisoformat(text))
        return text or ""

    def ago(self, day: Day, today: Day) -> str:
        """How long ago a day was, in whole days, months or years: vor 4 Jahren, 4 years ago."""
        days = (today - day).days
        if days <= 0:
            return texts.of(self.language).today
        unit, length = next(step for step in STEPS_OF_AGE if days >= step[1] * step[2])[:2]
        whole = timedelta(days=days // length * length)
        return format_timedelta(-whole, granularity=unit, threshold=2, add_direction=True, locale=self.locale)

    def tally(self, found: Iterable[str | None], many: Mapping[str, str], one: Mapping[str, str]) -> str:
        """How often each word is among those found, as one list; `many` and `one` are its forms by number."""
        counts = Counter(found)
        phrases = [
            (one if counts[word] == 1 else many)[word].format(count=self.decimal(counts[word]))
            for word in many
            if counts[word]
        ]
        return self.listed(phrases)

    def listed(self, parts: Sequence[str]) -> str:
        """Several words as one list: A, B und C."""
        return format_list(list(parts), locale=self.locale)


def short_unit(unit: str) -> str | None:
    """The part of a unit that stands behind every number, or nothing: "€" of "€ je m²", "%" of "%"."""
    return next((sign for sign in SHORT_UNITS if re.match(rf"{re.escape(sign)}(\W|$)", unit)), None)
