"""pretix, Eventbrite and lists of people: who came becomes a pseudonym, whatever the language of the headings."""

import pytest
import xlsxwriter

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry
from tests.readers.events.export import events_manifest, faults, read, rows, whole

HEADINGS = (
    "Event slug,Order code,Position ID,Status,Email,Phone number,Order date,Order time,Date,Start date,End date,"
    "Product,Variation,Price,Attendee name,Attendee email,Company,Address,"
    "Pseudonymization ID,Wie haben Sie von uns erfahren?\n"
)
EVE, SHOW = "Eröffnung,2022-06-21 18:00:00", "Ausstellung,2022-06-22 10:00:00"
MANY = "x@example.org,,2022-06-03,11:00:00"
ORDERS = HEADINGS + (
    f"woche,A1B2C,1,paid,e@example.org,+49 4542 1,2022-06-02,10:00:00,{EVE},2022-06-21 20:00:00,"
    "Eintritt,,0.00,Erika Muster,e@example.org,Muster GmbH,Weg 1,PSEUDO1,Zeitung\n"
    f"woche,A1B2C,2,paid,e@example.org,+49 4542 1,2022-06-02,10:00:00,{EVE},,"
    "Eintritt,,0.00,Max Muster,,Muster GmbH,Weg 1,PSEUDO2,\n"
    f"woche,D9Z9Z,1,canceled,{MANY},{SHOW},,Eintritt,,0.00,,,,,PSEUDO3,\n"
    f"woche,E9Z9Z,1,expired,{MANY},{SHOW},,Eintritt,,0.00,,,,,PSEUDO4,\n"
    f"woche,F9Z9Z,1,approval pending,{MANY},{SHOW},,Eintritt,,0,,,,,P5,\n"
)
CHECK_IN = (
    "Bestellnummer;Teilnehmername;Produkt;Preis;Eingecheckt;Ausgecheckt;Automatisch eingecheckt;E-Mail;Firma;"
    "Bestelldatum\n"
    "A1B2C;Erika Muster;Eintritt;0,00;21.06.2022 18:03;;Nein;e@example.org;Muster GmbH;2022-06-02\n"
    "A1B2C;Max Muster;Eintritt;0,00;;;Nein;e@example.org;Muster GmbH;2022-06-02\n"
)
EVENTBRITE = (
    "{order},Order Date,First Name,{last},Email,Quantity,Ticket Type,Attendee #,Attendee Status,Event Name,"
    "Home Address 1,Company\n"
    "111,2022-06-02 10:00:00+02:00,Erika,Muster,e@example.org,2,Eintritt,9001,Attending,Eröffnung,Weg 1,Muster GmbH\n"
    "112,2022-06-03 10:00:00+02:00,Max,Muster,m@example.org,1,Eintritt,9002,Checked In,Eröffnung,,\n"
    "113,2022-06-03 10:00:00+02:00,Eva,Beispiel,v@example.org,1,Eintritt,9003,Refunded,Eröffnung,,\n"
    "114,2022-06-03 10:00:00+02:00,Uwe,Beispiel,u@example.org,1,Eintritt,9004,Not Attending,Eröffnung,,\n"
)


def listed(result):
    return rows(result, "registrations")


def nobody_is_named(result):
    for word in ("Muster", "Erika", "example.org", "Weg 1", "4542 1", "Zeitung", "Beispiel", "A1B2C", "PSEUDO"):
        assert word not in whole(result), word


def test_pretix_orders_with_dates(deliver):
    result = read(deliver(ORDERS), "pretix", events_manifest())
    landed = listed(result)

    assert [row["status"] for row in landed] == ["registered", "registered", "cancelled", "cancelled", "waiting"]
    assert landed[0]["ordered_at"] == "2022-06-02T08:00:00Z"
    assert {row["checked_in_at"] for row in landed} == {None}
    assert len({row["registration_key"] for row in landed}) == 5
    assert landed[0]["organisation_pseudonym"] == landed[1]["organisation_pseudonym"] != landed[0]["person_pseudonym"]
    assert {(row["title"], row["starts_at"]) for row in rows(result)} == {
        ("Eröffnung", "2022-06-21T18:00:00"),
        ("Ausstellung", "2022-06-22T10:00:00"),
    }
    nobody_is_named(result)


def test_the_pseudonymisation_id_is_the_key(deliver):
    moved = ORDERS.replace("A1B2C,1", "Z9Z9Z,7")

    assert (
        listed(read(deliver(ORDERS), "pretix", events_manifest()))[0]["registration_key"]
        == (listed(read(deliver(moved), "pretix", events_manifest()))[0]["registration_key"])
    )


def test_a_german_check_in_list(deliver):
    result = read(deliver(CHECK_IN), "pretix", events_manifest())

    assert [row["checked_in_at"] for row in listed(result)] == ["2022-06-21T16:03:00Z", "no"]
    nobody_is_named(result)


def test_a_check_in_list_nobody_used_says_nothing_of_who_came(deliver):
    result = read(deliver(CHECK_IN.replace("21.06.2022 18:03", "")), "pretix", events_manifest())

    assert [row["checked_in_at"] for row in listed(result)] == [None, None]
    assert any("nobody is checked in" in note for note in result.notes)


def test_pretix_as_a_sheet(tmp_path):
    path = tmp_path / "p.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, text in enumerate(ORDERS.strip().split("\n")):
            sheet.write_row(line, 0, text.split(","))
    result = read(RawFile(path), "pretix", events_manifest())

    assert len(listed(result)) == 5
    nobody_is_named(result)


@pytest.mark.parametrize(("order", "last"), [("Order #", "Last Name"), ("Order no.", "Surname")])
def test_eventbrite_in_two_spellings(deliver, order, last):
    result = read(deliver(EVENTBRITE.format(order=order, last=last)), "eventbrite", events_manifest())

    assert [(row["status"], row["quantity"]) for row in listed(result)] == [
        ("registered", "2"), ("registered", "1"), ("refunded", "1"), ("cancelled", "1")
    ]  # fmt: skip
    assert [row["checked_in_at"] for row in listed(result)] == ["no", "yes", "no", "no"]
    assert listed(result)[0]["ordered_at"] == "2022-06-02T08:00:00Z"
    nobody_is_named(result)


def test_a_sign_in_sheet_kept_by_hand(deliver):
    text = (
        "Veranstaltung;Datum;Vorname;Nachname;Firma;Anwesend;Spontan\n"
        "Fest;21.06.2022;Erika;Muster;Muster GmbH;x;nein\n"
        "Fest;21.06.2022;Max;Muster;Muster  gmbh;;ja\n"
        "Fest;21.06.2022;Eva;Beispiel;;entschuldigt;\n"
    )
    result = read(deliver(text), "registrations-table", events_manifest())

    assert [row["checked_in_at"] for row in listed(result)] == ["yes", "no", "no"]
    assert [row["is_walk_in"] for row in listed(result)] == ["false", "true", None]
    assert len({row["organisation_pseudonym"] for row in listed(result)}) == 2
    assert rows(result)[0]["title"] == "Fest"
    nobody_is_named(result)


def test_products_that_are_no_visit_and_walk_ins_by_ticket(deliver):
    manifest = events_manifest(
        registration_status={"products_left_out": ["Spende"], "walk_in_products": ["Abendkasse"]}
    )
    text = ORDERS.replace("Eintritt,,0.00,Erika", "Spende,,5.00,Erika").replace(
        "Eintritt,,0.00,Max", "Abendkasse,,0.00,Max"
    )
    result = read(deliver(text), "pretix", manifest)

    assert faults(result) == [(2, "no_visitor")]
    assert [row["is_walk_in"] for row in listed(result)] == ["true", "false", "false", "false"]


def test_what_nobody_knows_is_set_aside(deliver):
    text = ORDERS.replace(",canceled,", ",bizarr,")
    result = read(deliver(text), "pretix", events_manifest())
    many = EVENTBRITE.format(order="Order #", last="Last Name").replace("e@example.org,2", "e@example.org,viele")

    assert faults(result) == [(4, "registration_status_unknown")]
    assert faults(read(deliver(many), "eventbrite", events_manifest())) == [(2, "quantity_implausible")]
    own = events_manifest(registration_status={"waiting": ["Bizarr"]})
    assert listed(read(deliver(text), "pretix", own))[2]["status"] == "waiting"


def test_a_header_alone(deliver):
    with pytest.raises(DeliveryError, match="there is a header and no registration below it"):
        registry.by_name("pretix").read(deliver(ORDERS.split("\n")[0] + "\n"), events_manifest())
