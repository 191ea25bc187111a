"""What the gate says of a reading, and what is said of a delivery of which nothing could be read."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import polars as pl

from stadtlabor.base.errors import BreakdownError, DeliveryError
from stadtlabor.dictionary.reasons import UNREADABLE
from stadtlabor.intake import published_form
from stadtlabor.intake.outcomes import QUARANTINE, Gated, Outcome
from stadtlabor.intake.reading import Reading
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import Manifest

if TYPE_CHECKING:
    from expectations.gate import GateContext, GateResult


def gate(delivery: Delivery, reading: Reading, ags: set[str], town_ids: frozenset[str] = frozenset()) -> Gated:
    """Ask the gate; what it decided."""
    return gate_all([(delivery, reading)], ags, town_ids)[0]


def gate_all(
    read: Sequence[tuple[Delivery, Reading]], ags: set[str], town_ids: frozenset[str] = frozenset()
) -> list[Gated]:
    """Ask the gate about deliveries of one kind together; what it decided of each."""
    from expectations import gate as gatekeeper

    asked = [(reading.frames(), _context(delivery, reading, ags, town_ids)) for delivery, reading in read]
    assert read[0][0].manifest is not None
    results = gatekeeper.run_all(read[0][0].manifest.kind, asked)
    return [
        _gated(reading, frames, result, ags)
        for (_, reading), (frames, _), result in zip(read, asked, results, strict=True)
    ]


def _context(delivery: Delivery, reading: Reading, ags: set[str], town_ids: frozenset[str]) -> "GateContext":
    from expectations.gate import GateContext

    assert delivery.manifest is not None
    return GateContext(
        delivery_id=delivery.manifest.id,
        town_keys=ags,
        format=",".join(sorted(set(reading.formats))),
        period=delivery.manifest.period,
        today=dt.datetime.now(dt.UTC).date(),
        rejects=reading.rejects,
        survey=delivery.manifest.survey,
        town_ids=town_ids,
    )


def _gated(reading: Reading, frames: Mapping[str, pl.DataFrame], result: "GateResult", ags: set[str]) -> Gated:
    delivered = sum(frame.height for frame in frames.values()) + len(reading.rejects)
    accepted = sum(frame.height for frame in result.accepted.values())
    return Gated(
        result.accepted,
        result.held,
        {
            "refused": result.refused,
            "refused_de": result.refused_de,
            "published": result.published,
            "delivered_rows": delivered,
            "accepted_rows": accepted,
            # The gate has counted them.
            "quarantined_rows": delivered - accepted,
            "other_region_rows": _rows_of_other_regions(result.accepted.get("figures"), ags),
            "files": reading.files,
            "checks": [asdict(check) for check in result.checks],
        },
    )


def refusal(fault: DeliveryError, manifest: Manifest | None) -> Gated:
    """What is filed away for a delivery of which nothing could be read."""
    return Gated(
        {},
        pl.LazyFrame(schema=QUARANTINE),
        {
            "refused": str(fault),
            "refused_de": _refused_de(fault),
            "published": published_form.refusal(fault, manifest)._asdict(),
            "delivered_rows": 0,
            "accepted_rows": 0,
            "quarantined_rows": 0,
            "other_region_rows": 0,
            "files": [],
            "checks": [],
        },
        fault.trace if isinstance(fault, BreakdownError) else "",
    )


def withdrawal(outcome: Outcome, fault: DeliveryError, manifest: Manifest) -> Gated:
    """What is filed away for a delivery that was let in and that nothing can be computed with: all its rows are held.

    Like a breakdown it is tried again by the next build: what was wrong may have been the models or another delivery.
    """
    from expectations import gate as gatekeeper

    accepted = {path.stem: pl.read_parquet(path, glob=False) for path in sorted(outcome.folder.glob("*.parquet"))}
    held = accepted.pop("quarantine")
    records = pl.concat([held.lazy(), gatekeeper.withdrawn(manifest.kind, accepted)])
    said = refusal(fault, manifest).summary
    kept = {name: outcome.summary[name] for name in ("delivered_rows", "files", "checks")}
    quarantined = held.height + sum(frame.height for frame in accepted.values())
    counts = {"accepted_rows": 0, "quarantined_rows": quarantined, "other_region_rows": 0}
    return Gated({}, records, {**said, **kept, **counts}, str(fault))


def _refused_de(fault: DeliveryError) -> str:
    if fault.rule == "not_computable":
        return f"{UNREADABLE[fault.rule].de} Bitte prüfen Sie die Angaben; genauer sagt es der Bericht des Erstellens."
    return f"Die Lieferung konnte nicht gelesen werden: {_place_de(fault)}.{_cause_de(fault)}"


def _place_de(fault: DeliveryError) -> str:
    """Where a fault lies, in German; what it is exactly is said by the English message beside it."""
    places = [
        f"Datei „{fault.file}“" if fault.file else "",
        f"Zeile {fault.line}" if fault.line is not None else "",
        f"Stelle „{fault.column}“" if fault.column is not None else "",
    ]
    return ", ".join(place for place in places if place) or "Fehler in der Lieferung als Ganzes"


def _cause_de(fault: DeliveryError) -> str:
    """What is said in German of a fault that no code foresaw."""
    if not isinstance(fault, BreakdownError):
        return ""
    if fault.rule == "out_of_bounds":
        return f" {UNREADABLE[fault.rule].de} Liefern Sie sie in Teilen oder als CSV-Datei."
    remedy = "Prüfen Sie die Datei mit `stadtlabor inspect`, und melden Sie den Fehler."
    return f" Das Programm ist daran gescheitert ({fault.cause}). {remedy}"


def _rows_of_other_regions(figures: pl.DataFrame | None, ags: set[str]) -> int:
    """How many accepted figures are of regions outside towns.csv: read, kept, and not shown."""
    if figures is None:
        return 0
    key = pl.col("region_key")
    # Staging knows a municipality by these keys as well: its association stands in the middle.
    is_long = key.str.len_chars().is_in([10, 12])
    municipality = pl.when(is_long).then(key.str.head(5) + key.str.tail(3)).otherwise(key)
    return figures.filter(~municipality.is_in(list(ags))).height
