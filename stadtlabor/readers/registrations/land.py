"""From a file's registrations as written to the landing table: people become pseudonyms, the event is looked up later.

Beside the landing columns the rows carry REFERENCES, by which `registrations.joining` finds the event they belong to.
"""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from stadtlabor.base.strict import plain
from stadtlabor.manifest.event_files import RegistrationWords
from stadtlabor.manifest.events_section import Events
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events import spellings
from stadtlabor.readers.events.land import land
from stadtlabor.readers.events.model import EventPlan, RegistrationPlan
from stadtlabor.readers.events.moments import with_times
from stadtlabor.readers.facts import RegistrationFacts, first_and_last
from stadtlabor.readers.landing_skeleton import has_fault, pseudonymiser, rejected, some, without_text
from stadtlabor.readers.landing_tables import EVENTS, REGISTRATIONS
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.registrations.columns import CAME, STAYED_AWAY
from stadtlabor.values import times
from stadtlabor.values.text_columns import holds_one_of, is_marked, mapped
from stadtlabor.values.times import ISO_UTC

TABLE = "registrations"
REFERENCES = ("ref_uid", "ref_title", "ref_start", "ref_is_day", "fallback_key")
MOST_PLACES = 10_000
FAULTS = (
    ("status", "status_fault"),
    ("quantity", "quantity_fault"),
    ("product", "product_fault"),
)


def land_registrations(plan: RegistrationPlan, manifest: Manifest | None, file: str) -> ReadResult:
    """Land one list: a row per registration, and the events the list itself tells whole (title and start).

    Without a manifest (for `inspect`) times are of Europe/Berlin and pseudonyms of a key nobody keeps.
    """
    part = (manifest.events if manifest else None) or Events()
    draft, told = _with_events(plan.tidy(), plan, manifest, part)
    found, remarks = _with_meaning(draft, plan, part)
    is_bad = has_fault(FAULTS)
    kept = _keyed(found.filter(~is_bad), plan, manifest)
    rejects = [*without_text(plan.rejects), *rejected(TABLE, found.filter(is_bad), FAULTS)]
    result = ReadResult({TABLE: _rows(kept), "events": told}, rejects)
    result.notes = [*plan.notes, *_notes(plan, found), *remarks]
    result.facts = _facts(plan, found, told, file)
    return result


def _with_events(
    draft: pl.DataFrame, plan: RegistrationPlan, manifest: Manifest | None, part: Events
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The draft with what it says of its event, and the events told whole as landing rows."""
    keys = ["event_id", "event", "event_date", "event_end"]
    distinct = draft.group_by(keys, maintain_order=True).agg(pl.col("line").min())
    named = distinct.rename({"event": "title", "event_date": "start", "event_end": "end"})
    shown = EventPlan(named.with_columns(rolls_over=pl.lit("false")), plan.clock)
    timed = with_times(shown.tidy(), shown, part.times, part.timezone)
    given = distinct.with_columns(
        ref_uid=timed["event_id"].str.replace(r"(?s)^(.+?)@.*$", "${1}"),
        ref_title=timed["title"],
        ref_start=timed["starts_at"],
        ref_is_day=timed["all_day"].cast(pl.String),
    ).drop("line")
    joined = draft.join(given, on=keys, how="left", nulls_equal=True, maintain_order="left")
    whole = timed.filter(pl.col("title").is_not_null() & pl.col("start_utc").is_not_null())["line"]
    plan_of_told = EventPlan(shown.frame.filter(pl.col("line").is_in(whole.implode())), plan.clock)
    if plan_of_told.frame.is_empty():
        return joined, pl.DataFrame(schema=dict.fromkeys(("line", *EVENTS), pl.String))
    return joined, land(plan_of_told, manifest).tables["events"]


def _with_meaning(draft: pl.DataFrame, plan: RegistrationPlan, part: Events) -> tuple[pl.DataFrame, list[str]]:
    words = part.registration_status
    remarks: list[str] = []
    meant = _states(words)
    states = mapped(draft["status"], lambda text: meant.get(plain(text)))
    counts = mapped(draft["quantity"], _places)
    frame = draft.with_columns(said=states, places=counts)
    state = pl.when(is_marked("cancelled")).then(pl.lit("cancelled")).otherwise(pl.col("said").fill_null("registered"))
    frame = frame.with_columns(
        state=state,
        status_fault=pl.when(pl.col("status").is_not_null() & pl.col("said").is_null()).then(
            pl.lit("registration_status_unknown")
        ),
        quantity_fault=pl.when(pl.col("quantity").is_not_null() & pl.col("places").is_null()).then(
            pl.lit("quantity_implausible")
        ),
        product_fault=pl.when(holds_one_of("product", words.products_left_out)).then(pl.lit("no_visitor")),
        places=pl.col("places").fill_null("1"),
        walked_in=_walk_in(words),
    )
    frame = _checked_in(frame, plan, part, remarks)
    return _ordered(frame, plan, part, remarks), remarks


def _states(words: RegistrationWords) -> dict[str, str]:
    own = {
        plain(word): state
        for state in ("registered", "cancelled", "refunded", "waiting")
        for word in getattr(words, state)
    }
    return {**spellings.REGISTRATION_STATE_OF, **own}


def _places(text: str) -> str | None:
    number = spellings.count(text)
    return None if number is None or number > MOST_PLACES else str(number)


def _walk_in(words: RegistrationWords) -> pl.Expr:
    told = pl.col("walk_in").str.to_lowercase()
    by_column = (
        pl.when(told.is_in(list(CAME))).then(pl.lit("true")).when(told.is_in(list(STAYED_AWAY))).then(pl.lit("false"))
    )
    if not words.walk_in_products:
        return by_column
    is_one = holds_one_of("product", words.walk_in_products)
    by_product = pl.when(is_one).then(pl.lit("true")).when(pl.col("product").is_not_null()).then(pl.lit("false"))
    return pl.coalesce(by_column, by_product)


def _checked_in(frame: pl.DataFrame, plan: RegistrationPlan, part: Events, remarks: list[str]) -> pl.DataFrame:
    """A time in UTC, `yes` or `no`; null throughout where the list says of nobody that they came."""
    text = frame["checked_in"]
    plainly = text.str.to_lowercase()
    timed = _moments(text, plan, part)
    by_status = frame["status"].str.to_lowercase().is_in(["checked in", "eingecheckt", "anwesend", "attended"])
    found = pl.DataFrame({"text": text, "plain": plainly, "time": timed, "by_status": by_status}).select(
        pl.when(pl.col("time").is_not_null()).then("time")
        .when(pl.col("plain").is_in(list(CAME)) | pl.col("by_status").fill_null(False)).then(pl.lit("yes"))
        .when(pl.col("plain").is_in(list(STAYED_AWAY)) | pl.col("text").is_null()).then(pl.lit("no"))
    ).to_series()  # fmt: skip
    if unread := int(found.is_null().sum()):
        remarks.append(f"{unread} check-in(s) cannot be read and are left empty")
    is_kept = bool((found.fill_null("no") != "no").any())
    if not is_kept:
        if plan.keeps_check_in:
            remarks.append("nobody is checked in: read as a list in which nobody kept it, not as nobody came")
        found = pl.Series("checked", [None], pl.String).new_from_index(0, frame.height)
    return frame.with_columns(checked=found)


def _ordered(frame: pl.DataFrame, plan: RegistrationPlan, part: Events, remarks: list[str]) -> pl.DataFrame:
    moments = _moments(frame["ordered"], plan, part)
    if unread := int((moments.is_null() & frame["ordered"].is_not_null()).sum()):
        remarks.append(f"{unread} time(s) of registration cannot be read and are left empty")
    return frame.with_columns(ordered_utc=moments)


def _moments(cells: pl.Series, plan: RegistrationPlan, part: Events) -> pl.Series:
    """Times as UTC text; null for what is none."""
    clock, _ = times.decided(plan.clock.under(part.times), cells)
    zones = pl.Series("zone", [part.timezone]).new_from_index(0, len(cells))
    return times.utc(times.parts(cells, clock.day_first), zones, replace(clock, end_day="exclusive"))[
        "utc"
    ].dt.to_string(ISO_UTC)


def _keyed(frame: pl.DataFrame, plan: RegistrationPlan, manifest: Manifest | None) -> pl.DataFrame:
    keyed = pseudonymiser("events", manifest)
    named = frame.with_columns(
        _nth=pl.int_range(pl.len()).over("event_id", "event", "event_date", "person", "organisation"),
        _fallback_nth=pl.int_range(pl.len()).over("key_fallback"),
    )
    parts = ("event_id", "event", "event_date", "person", "organisation", "_nth")
    content = named.select(
        pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in parts], separator="\x1f")
    ).to_series()
    fallback = named.select(pl.format("{}\x1f{}", "key_fallback", "_fallback_nth")).to_series()
    numbers = keyed(plan.tool, frame["registration_id"])
    spare = keyed(f"{plan.tool}/order", fallback)
    keys = pl.DataFrame({"number": numbers, "spare": spare, "content": keyed("content", content)})
    return frame.with_columns(
        registration_key=keys.select(pl.coalesce("number", "spare", "content")).to_series(),
        fallback_key=spare,
        person_pseudonym=keyed("person", mapped(frame["person"], plain)),
        organisation_pseudonym=keyed("organisation", mapped(frame["organisation"], plain)),
    )


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        event_ref=pl.lit(None, pl.String),
        quantity=pl.col("places"),
        status=pl.col("state"),
        is_walk_in=pl.col("walked_in"),
        checked_in_at=pl.col("checked"),
        ordered_at=pl.col("ordered_utc"),
        product=pl.col("product").str.head(200),
    ).select(pl.col("line", *REGISTRATIONS, *REFERENCES).cast(pl.String))


def _notes(plan: RegistrationPlan, found: pl.DataFrame) -> Iterator[str]:
    yield from plan.left_out()
    if found["person"].is_not_null().any() or found["organisation"].is_not_null().any():
        yield "people and companies are kept as pseudonyms"
    for state, lines in found.group_by("state").agg("line").sort("state").iter_rows():
        if state != "registered":
            yield f"{len(lines)} registration(s) are {state} (line {some(lines)})"


def _facts(plan: RegistrationPlan, found: pl.DataFrame, told: pl.DataFrame, file: str) -> RegistrationFacts:
    ordered = found["ordered_utc"].str.head(10).drop_nulls().sort()
    return RegistrationFacts(
        layout=plan.layout,
        rows=found.height,
        periods=first_and_last(told["starts_at"].str.head(10)),
        tool=plan.tool,
        headings=plan.headings,
        file=file,
        told=dict(zip(told["title"], told["starts_at"], strict=True)),
        last_ordered=ordered[-1] if len(ordered) else None,
        states=dict(found["state"].value_counts().sort("state").iter_rows()),
        products=dict(found["product"].drop_nulls().value_counts(sort=True).head(20).iter_rows()),
        people=found["person"].drop_nulls().str.to_lowercase().n_unique(),
        organisations=found["organisation"].drop_nulls().str.to_lowercase().n_unique(),
        checked_in=None if found["checked"].is_null().all() else int((found["checked"] != "no").sum()),
    )
