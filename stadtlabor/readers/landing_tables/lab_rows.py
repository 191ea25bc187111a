"""Columns of what a lab keeps records of: bookings, events, registrations."""

# One row per booking and unit booked: two desks of a pool are two rows, `unit` 1 and 2 of `units`. `resource_id` is
# the desk (or pool, table, room) of the manifest. `booking_key` is a pseudonym of the tool's own number, else of the
# content; `key_source` says whose numbers they are (`content` where there are none); bookings of the same `match_key`
# (same desk, same times) in exports of two tools may be one. `status` booked, tentative, cancelled, no_show or
# attended; `tells_cancelled`, `tells_attendance` whether the source could say so at all. Times are UTC
# (2022-06-21T08:00:00Z), `…_text` as written; `time_note` says where a clock change had to be decided. Titles,
# comments, names and addresses are dropped on load; of the title its `purpose` stays.
BOOKINGS = (
    "booking_key",
    "key_source",
    "match_key",
    "space_id",
    "room_id",
    "resource_id",
    "resource_kind",
    "unit",
    "units",
    "user_pseudonym",
    "status",
    "status_reason",
    "is_block_out",
    "purpose",
    "starts_at_utc",
    "ends_at_utc",
    "created_at_utc",
    "modified_at_utc",
    "checked_in_at_utc",
    "checked_out_at_utc",
    "starts_at_text",
    "ends_at_text",
    "created_at_text",
    "time_note",
    "price",
    "currency",
    "tells_cancelled",
    "tells_attendance",
)

# One row per event as one file tells it. `event_key` is made of the town and the source's number (`event_uid`, without
# what stands behind an @) and, within a series, the occurrence's original start; where there is no number, of title,
# start and venue. Rows of one delivery with the same `event_key` are one event told by several files (a calendar and
# an attendance list kept by hand): they agree in every column from `event_uid` to `target_group`, and each holds the
# numbers its own file has (capacity to note), null where it has none. `series_key` is the same for all occurrences of
# a series, null for single events. `starts_at` and `ends_at` are local time of `timezone` (2022-06-21T18:00:00),
# `ends_at` exclusive, null where no end is known; a whole day runs from midnight to midnight. The `…_utc` are
# 2022-06-21T16:00:00Z. `status` confirmed, tentative or cancelled; `is_all_day` true or false. `venue` is the place's
# name without its address, `venue_id` the manifest's venue. format, theme, target_group, organiser_kind are words of
# the dictionary, from the manifest. All counts are whole numbers, null where not recorded (never 0 from a gap).
# `planned_minutes` is as recorded, else the length of an event with times of day on one or two days; `actual_minutes`
# only as recorded. `cost_eur` is what the event cost, `price_eur` what a ticket did. `offered_takes` and `taken_up` are
# offers made with the event (free trial days) and how many were taken. `row_origin` report, synthetic or delivered.
# Organisers' names, addresses, descriptions and attendees are dropped on load.
EVENTS = (
    "event_key",
    "event_uid",
    "series_key",
    "title",
    "starts_at",
    "ends_at",
    "starts_at_utc",
    "ends_at_utc",
    "is_all_day",
    "timezone",
    "time_note",
    "status",
    "venue_id",
    "venue",
    "organiser_kind",
    "format",
    "theme",
    "target_group",
    "capacity",
    "registered",
    "attended",
    "walk_ins",
    "organisations",
    "organisation_limit",
    "planned_minutes",
    "actual_minutes",
    "cost_eur",
    "price_eur",
    "offered_takes",
    "taken_up",
    "row_origin",
    "report_section",
    "note",
)

# One row per ticket, position or line of a registration list. `registration_key` is a pseudonym of the tool's own
# number (pretix: its pseudonymisation id, else order and position), else of the content. `event_ref` is the
# `event_key` of an event of the same delivery. `person_pseudonym` is null where the list names nobody,
# `organisation_pseudonym` where it names no company. `quantity` is the number of places, `status` registered,
# cancelled, refunded or waiting; `is_walk_in` true, false or null (the list cannot tell). `checked_in_at` is UTC,
# or `yes` where the list says that but not when, `no` where it was kept and says nothing, null where nobody kept it.
# `ordered_at` is UTC. A check-in list beside the orders repeats their registrations: same `registration_key`, and the
# row that is checked in counts. Names, e-mails, addresses, phone numbers and answers are dropped on load.
REGISTRATIONS = (
    "registration_key",
    "event_ref",
    "person_pseudonym",
    "organisation_pseudonym",
    "quantity",
    "status",
    "is_walk_in",
    "checked_in_at",
    "ordered_at",
    "product",
)
