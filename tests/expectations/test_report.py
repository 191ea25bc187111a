"""The quality report: one page that needs nothing else and shows every delivery with its numbers."""

import re
from html.parser import HTMLParser

import polars as pl

from expectations import report
from tests.expectations.rows import gated

DELIVERY = {
    "delivery_id": "figures-2022",
    "title": "Kennzahlen 2022",
    "producer": "Destatis",
    "received": "2026-11-01",
    "is_synthetic": "false",
    "state": "accepted",
    "state_detail": None,
    "delivered_rows": "1234",
    "accepted_rows": "1233",
    "quarantined_rows": "1",
}


class Page(HTMLParser):
    """Collects the page's elements and its text, and sees that they are closed in order."""

    def __init__(self, markup):
        super().__init__()
        self.elements, self.open, self.attributes, self.words = [], [], [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in {"meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


def text_frame(rows):
    return pl.DataFrame(
        [{name: None if cell is None else str(cell) for name, cell in row.items()} for row in rows],
        schema=dict.fromkeys(rows[0], pl.String),
    )


def written(tmp_path, deliveries, bad_rows=(), **told):
    """The report on these deliveries, with the gate's word on `bad_rows` as the first one's."""
    result = gated("figures", list(bad_rows), **told)
    name = deliveries[0]["delivery_id"]
    checks = text_frame([{"delivery_id": name, **vars(check)} for check in result.checks])
    quarantine = result.quarantine.select(pl.lit(name).alias("delivery_id"), pl.all())
    path = tmp_path / "release" / "quality.html"
    report.write(text_frame(deliveries), checks, quarantine, path)
    page = Page(path.read_text("utf-8"))
    assert page.open == []
    return page


def test_a_delivery_shows_its_numbers_its_checks_in_words_and_its_quarantined_rows(tmp_path):
    page = written(tmp_path, [DELIVERY], [{"period": "irgendwann"}])

    assert "Kennzahlen 2022" in page.text
    assert "eingegangen: 01.11.2026" in page.text
    assert "Zeilen geliefert 1.234" in page.text
    assert "Jede Zahl nennt ihre Quelle. Kennzahlen erfüllt 0 11" in page.text
    assert "den die source.yml nennt. Kennzahlen nicht anwendbar" in page.text
    assert "Der Zeitraum ist nicht lesbar oder nennt einen Tag, den es nicht gibt. 1 Zeile" in page.text
    assert 'a.csv 12 period period = "irgendwann"' in page.text


def test_what_came_from_outside_is_shown_as_text_and_never_as_markup(tmp_path):
    evil = "<script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>"
    page = written(
        tmp_path,
        [{**DELIVERY, "title": evil, "producer": '"><b>', "state_detail": evil}],
        [{"period": evil}, {"unit": f"={evil}"}],
    )

    assert evil in page.text
    assert not {"script", "img", "b"} & set(page.elements)


def test_the_page_loads_nothing_and_runs_nothing(tmp_path):
    page = written(tmp_path, [DELIVERY, {**DELIVERY, "delivery_id": "other"}], [{"period": "x"}])

    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.elements)
    targets = [value for name, value in page.attributes if name in {"src", "href", "action"}]
    assert targets
    assert all(target.startswith("#lieferung-") for target in targets)
    assert ("lang", "de") in page.attributes
    style = (tmp_path / "release" / "quality.html").read_text("utf-8").split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_a_refused_delivery_says_so_and_why(tmp_path):
    refused = {**DELIVERY, "state": "refused_previous_kept", "state_detail": "The file is empty. Deliver it again."}
    page = written(tmp_path, [refused])

    assert "abgewiesen; der letzte angenommene Stand gilt weiter" in page.text
    assert "The file is empty. Deliver it again." in page.text
    assert "Die Zeilenzahlen sind die des letzten angenommenen Stands" in page.text


def test_the_german_refusal_is_preferred_where_there_is_one(tmp_path):
    page = written(tmp_path, [{**DELIVERY, "state": "refused", "state_detail": "Empty.", "state_detail_de": "Leer."}])

    assert "Leer." in page.text
    assert "Empty." not in page.text


def test_of_many_quarantined_rows_the_first_are_shown_and_the_number_is_told(tmp_path):
    page = written(tmp_path, [DELIVERY], [{"period": f"nie {number}"} for number in range(9)])

    assert "9 Zeilen" in page.text
    assert "Gezeigt sind die ersten 5 von 9 Zeilen." in page.text
    assert "nie 4" in page.text
    assert "nie 5" not in page.text


def test_sample_data_and_a_manifest_that_could_not_be_read_are_told(tmp_path):
    unread = {**dict.fromkeys(DELIVERY), "delivery_id": "broken", "state": "refused", "state_detail": "No manifest."}
    page = written(tmp_path, [{**DELIVERY, "is_synthetic": "true"}, unread])

    assert "Beispieldaten" in page.text
    assert "broken · Herausgeber nicht angegeben · eingegangen: nicht angegeben" in page.text
    assert "konnte nicht gelesen werden und wurde deshalb nicht geprüft" in page.text
    assert "None" not in page.text


def test_no_delivery_at_all_is_a_page_too(tmp_path):
    empty = text_frame([DELIVERY]).clear()
    nothing = pl.DataFrame(schema={"delivery_id": pl.String})

    report.write(empty, nothing, nothing, tmp_path / "quality.html")

    assert "Es liegt keine Lieferung vor." in Page((tmp_path / "quality.html").read_text("utf-8")).text
