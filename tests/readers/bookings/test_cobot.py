"""Cobot: JSON:API pages, the older list, the CSV; units, block-outs, guests, events, prices, lines."""

import json

import pytest

from stadtlabor.base.errors import DeliveryError
from tests.readers.bookings.export import bookings_manifest, faults, read, rows, spans, whole


def booking(number="b1", **fields):
    """One booking of JSON:API; `attributes` and `relationships` are merged over a member's booking of one desk."""
    attributes = {
        "from": "2022-06-21T08:00:00Z", "to": "2022-06-21T10:00:00Z", "units": 1, "title": "Erika Muster",
        "comments": "ruft 0611-123 an", "attendees": [{"email": "gast@example.org"}],
        "price": {"net": "10.0", "gross": "11.9", "currency": "EUR"}, **fields.get("attributes", {}),
    }  # fmt: skip
    relationships = {
        "resource": {"data": {"id": "r1", "type": "resources"}},
        "membership": {"data": {"id": "m1", "type": "memberships"}},
        "externalBooking": {"data": None}, **fields.get("relationships", {}),
    }  # fmt: skip
    return {"id": number, "type": "bookings", "attributes": attributes, "relationships": relationships}


def page(*bookings, **more):
    names = {"r1": "Platz 1", "r2": "Arbeitsplatz", "r3": "Sauna"}
    included = [{"id": key, "type": "resources", "attributes": {"name": name}} for key, name in names.items()]
    return {"data": list(bookings), "included": included, **more}


def of(number):
    return {"resource": {"data": {"id": number, "type": "resources"}}}


def deliver_json(deliver, content):
    return deliver(json.dumps(content, ensure_ascii=False, indent=1), "bookings.json")


def test_a_page(deliver):
    result = read(deliver_json(deliver, page(booking())), "cobot", bookings_manifest())

    (row,) = rows(result)
    assert spans(result) == [("desk-1", "2022-06-21T08:00:00Z", "2022-06-21T10:00:00Z")]
    assert (row["space_id"], row["room_id"], row["resource_kind"]) == ("popup", "hall", "desk")
    assert (row["price"], row["currency"], row["purpose"]) == ("11.9", "EUR", "own_work")
    assert (row["status"], row["is_block_out"], row["tells_cancelled"]) == ("booked", "false", "false")
    assert row["starts_at_text"] == "2022-06-21T08:00:00Z"


def test_nobody_s_name_title_comment_or_address_is_kept(deliver):
    result = read(deliver_json(deliver, page(booking())), "cobot", bookings_manifest())

    for secret in ("Muster", "0611", "example.org", "m1", "b1"):
        assert secret not in whole(result)
    assert "dropped on load as personal: 'attendees', 'comments', 'title'" in result.notes


def test_units_are_rows(deliver):
    content = page(booking(attributes={"units": 3}, relationships=of("r2")))
    landed = rows(read(deliver_json(deliver, content), "cobot", bookings_manifest()))

    assert [(row["resource_id"], row["unit"], row["units"]) for row in landed] == [
        ("pool", "1", "3"), ("pool", "2", "3"), ("pool", "3", "3")
    ]  # fmt: skip
    assert len({row["booking_key"] for row in landed}) == 1


@pytest.mark.parametrize(
    ("related", "is_block_out", "purpose", "has_user"),
    [
        ({"membership": {"data": None}}, "true", "own_work", False),
        ({"membership": {"data": None}, "externalBooking": {"data": {"id": "x1"}}}, "false", "own_work", False),
        ({"membership": {"data": None}, "event": {"data": {"id": "e1", "type": "events"}}}, "false", "event", False),
        ({}, "false", "own_work", True),
    ],
)
def test_block_outs_guests_and_events(deliver, related, is_block_out, purpose, has_user):
    (row,) = rows(read(deliver_json(deliver, page(booking(relationships=related))), "cobot", bookings_manifest()))

    assert (row["is_block_out"], row["purpose"]) == (is_block_out, purpose)
    assert (row["user_pseudonym"] is not None) == has_user


def test_faults_name_the_line_on_which_the_booking_begins(deliver):
    file = deliver_json(
        deliver,
        page(booking(), booking("b2", attributes={"from": "gestern"}), booking("b3", relationships=of("r3")),
             booking("b4", attributes={"units": 0}), "Unsinn"),
    )  # fmt: skip
    result = read(file, "cobot", bookings_manifest())
    lines = file.text.split("\n")

    assert [(column, reason) for _, column, reason in faults(result)] == [
        ("", "not_understood"), ("start", "not_a_time"), ("resource", "resource_unknown"),
        ("units", "units_implausible"),
    ]  # fmt: skip
    found = {reason: line for line, _, reason in faults(result)}
    assert "b2" in lines[found["not_a_time"]]
    assert "b3" in lines[found["resource_unknown"]]
    assert "Unsinn" in lines[found["not_understood"] - 1]
    assert len(rows(result)) == 1
    assert "resource = Sauna" in whole(result)


def test_several_pages_in_a_list_and_a_page_that_names_a_next_one(deliver):
    pages = [page(booking("a")), page(booking("b"))]
    assert len(rows(read(deliver_json(deliver, pages), "cobot", bookings_manifest()))) == 2

    result = read(deliver_json(deliver, page(booking(), links={"next": "/bookings?page=2"})), "cobot")
    assert "the page names a following one (/bookings?page=2); is it delivered?" in result.notes


def test_the_older_list(deliver):
    old = [
        {"id": "o1", "from": "2022/06/21 08:00:00 +0000", "to": "2022/06/21 10:00:00 +0000", "title": "x",
         "price": "0.0", "currency": "EUR", "units": 1,
         "resource": {"id": "r9", "name": "Platz 2"}, "membership": {"id": "m1"}},
        {"id": "o2", "from": "2022/06/21 08:00:00 +0000", "to": "2022/06/21 10:00:00 +0000",
         "resource": {"id": "r9", "name": "Platz 2"}, "membership": None},
    ]  # fmt: skip
    result = read(deliver_json(deliver, old), "cobot", bookings_manifest())

    assert spans(result)[0] == ("desk-2", "2022-06-21T08:00:00Z", "2022-06-21T10:00:00Z")
    assert [row["is_block_out"] for row in rows(result)] == ["false", "true"]
    assert rows(result)[0]["price"] == "0.0"


def test_the_csv_is_utc_and_says_the_same(deliver):
    text = (
        "id,from,to,title,comments,attendees,price,units,resource,membership,event,externalBooking\n"
        "b1,2022-06-21 08:00:00,2022-06-21 10:00:00,Erika Muster,,,11.9,1,Platz 1,m1,,\n"
        "b2,2022-06-21 08:00:00,2022-06-21 10:00:00,Wartung,,,,1,Platz 2,,,false\n"
    )
    result = read(deliver(text), "cobot", bookings_manifest())
    (same,) = rows(read(deliver_json(deliver, page(booking())), "cobot", bookings_manifest()))
    first, second = rows(result)

    for name in ("booking_key", "match_key", "user_pseudonym", "starts_at_utc", "ends_at_utc", "resource_id"):
        assert first[name] == same[name], name
    assert second["is_block_out"] == "true"
    assert "Muster" not in whole(result)


def test_a_manifest_s_rules_for_purposes_and_block_outs(deliver):
    manifest = bookings_manifest(
        purposes=[{"purpose": "event", "titles": ["workshop"]}, {"purpose": "meeting", "desks": ["desk-1"]}],
        block_outs={"without_user": False, "titles": ["wartung"]},
    )
    content = page(
        booking("1", attributes={"title": "Großer Workshop"}),
        booking("2", attributes={"title": "Dringende WARTUNG"}),
        booking("3", relationships={"membership": {"data": None}}),
    )
    landed = rows(read(deliver_json(deliver, content), "cobot", manifest))

    assert [(row["purpose"], row["is_block_out"]) for row in landed] == [
        ("event", "false"), ("meeting", "true"), ("meeting", "false")
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['{"data": [{"type": "bookings", "id": 1}', '{"data": [{"type": "bookings"}], }'])
def test_json_cut_off_is_told_with_its_line(deliver, text):
    with pytest.raises(DeliveryError, match=r"bookings\.json, line 1: not readable as JSON"):
        read(deliver(text, "bookings.json"), "cobot")


def test_other_json_is_not_taken_for_bookings(deliver):
    from stadtlabor.readers.bookings.tools.cobot import READER

    for text in ('{"data": [{"type": "events"}]}', '[{"from": "a", "to": "b"}]', '{"type": "FeatureCollection"}'):
        assert READER.recognise(deliver(text, "a.json")) is None
    with pytest.raises(DeliveryError, match="holds no booking"):
        read(deliver('{"data": [], "meta": {"type": "bookings"}, "x": [{"type": "bookings"}]}', "a.json"), "cobot")
