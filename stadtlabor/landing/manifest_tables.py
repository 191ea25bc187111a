"""All landing tables that are made of manifests, of the dictionary and of the release that serves."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from stadtlabor.landing import event_landing, journal_landing, space_landing, survey_landing
from stadtlabor.manifest.source import Manifest
from stadtlabor.manifest.towns import Town


def tables(
    manifests: Sequence[Manifest], network: Sequence[Town], serving_release: Path | None = None
) -> dict[str, pl.DataFrame]:
    """Name of each table → its rows, all text; `serving_release` is the release file that is public meanwhile."""
    return {
        **survey_landing.tables(manifests, serving_release),
        **space_landing.tables(manifests, network, serving_release),
        **event_landing.tables(serving_release),
        **journal_landing.tables(),
    }
