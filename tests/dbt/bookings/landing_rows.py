"""Landing rows of whole worlds: manifests through the build's own landing, bookings as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from stadtlabor.landing import space_landing
from stadtlabor.manifest.towns import Town
from tests.dbt.bookings.worlds import World

OESTRICH_WINKEL = {
    "town_id": "oestrich-winkel",
    "ags": "06439012",
    "name": "Oestrich-Winkel",
    "land": "Hessen",
    "central_place": "Grundzentrum",
    "slot": "4",
}
Rows = Sequence[Mapping[str, Any]]


def rows_of(worlds: Sequence[World], towns: Rows = (OESTRICH_WINKEL,)) -> dict[str, Rows]:
    """Tables of the landing schema, as `tests.dbt.building.build` takes them."""
    network = [Town(line, dict(town)) for line, town in enumerate(towns, start=2)]
    manifests = [one.manifest for one in worlds]
    of_manifests = {name: frame.to_dicts() for name, frame in space_landing.tables(manifests, network).items()}
    return {
        **of_manifests,
        "towns": list(towns),
        "deliveries": [_delivery(one) for one in manifests],
        "bookings": [row for one in worlds for row in one.bookings],
    }


def _delivery(manifest: Any) -> Mapping[str, Any]:
    return {
        "delivery_id": manifest.id,
        "title": manifest.title,
        "kind": "bookings",
        "format": "cobot",
        "producer": manifest.producer,
        "licence": manifest.licence,
        "town_id": manifest.town,
        "received": str(manifest.received),
        "period_from": str(manifest.period.first),
        "period_to": str(manifest.period.last),
        "is_synthetic": str(manifest.synthetic).lower(),
    }
