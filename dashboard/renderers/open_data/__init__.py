"""The release as open data: every table as Parquet and CSV, described for people, portals and programs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dashboard.release.snapshot import Release
from dashboard.renderers.open_data.codebook import codebook_of
from dashboard.renderers.open_data.csvw_metadata import table_group
from dashboard.renderers.open_data.data_package import package_of
from dashboard.renderers.open_data.folder_readme import readme_of
from dashboard.renderers.open_data.portal_entry import dcat_of, turtle
from dashboard.renderers.open_data.resource import resources
from dashboard.renderers.open_data.table_files import write as write_table
from stadtlabor.disclosure.policy import PUBLIC


class NotOpenError(Exception):
    """The release is not of the public edition, or the folder holds something already."""


def write(release: Release, folder: Path, contact: str = "") -> None:
    """Write all of a release's tables and their descriptions into a folder that is empty or not there yet.

    `contact` is the mail address that portals show. Raises NotOpenError where the release is the team's edition, which
    is never open data, or where the folder holds something.
    """
    if release.tables["release_info"]["edition"].to_list() != [PUBLIC]:
        raise NotOpenError("Only the public edition is open data; this release is another.")
    if folder.exists() and any(folder.iterdir()):
        raise NotOpenError(f"The folder {folder.name} is not empty; name one that is, or that is not there yet.")
    tables = resources(release)
    files = {one.name: write_table(one, folder) for one in tables}
    entry = dcat_of(release, tables, files, contact)
    _write_json(folder / "datapackage.json", package_of(release, tables, files))
    _write_json(folder / "csv-metadata.json", table_group(release, tables, files))
    _write_json(folder / "dcat.jsonld", entry)
    (folder / "dcat.ttl").write_text(turtle(entry), encoding="utf-8")
    (folder / "ddi-codebook.xml").write_bytes(codebook_of(release))
    (folder / "README.md").write_text(readme_of(release, tables), encoding="utf-8")


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
