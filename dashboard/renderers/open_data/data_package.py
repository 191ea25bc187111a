"""`datapackage.json`: the tables as a Frictionless data package (specs.frictionlessdata.io, version 1)."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.release.snapshot import Release
from dashboard.renderers.open_data.origins import Licence, Origin
from dashboard.renderers.open_data.resource import Column, Resource
from dashboard.renderers.open_data.sample_mark import sample_note, together
from dashboard.renderers.open_data.table_files import TableFile

TYPES = {
    pl.String: "string",
    pl.Int64: "integer",
    pl.Float64: "number",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Datetime: "datetime",
}


def package_of(
    release: Release, tables: Sequence[Resource], files: Mapping[str, Mapping[str, TableFile]]
) -> dict[str, Any]:
    """The package; `files` are those of each table by format."""
    say, sample = texts.of("en"), together(one.sample for one in tables)
    origins = [one.origin for one in tables]
    return {
        "profile": "data-package",
        "name": f"stadtlabor-{release.release_id}".lower(),
        "id": release.release_id,
        "title": say.open_data_title.format(site=say.site_name, release=release.release_id),
        "description": sample_note(say, say.open_data_what, sample),
        "version": release.release_id,
        "created": release.built_at.isoformat(),
        "synthetic": sample,
        "licenses": _licences({one for origin in origins for one in origin.licences}),
        "resources": [
            *(_table(one, files[one.name]["csv"]) for one in tables),
            *(_parquet(one, files[one.name]["parquet"]) for one in tables),
        ],
    }


def _table(resource: Resource, file: TableFile) -> dict[str, Any]:
    return {
        "name": resource.name,
        "profile": "tabular-data-resource",
        "type": "table",
        **_described(resource, file),
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        "schema": _schema(resource),
    }


def _parquet(resource: Resource, file: TableFile) -> dict[str, Any]:
    return {"name": f"{resource.name}-parquet", "type": "file", **_described(resource, file)}


def _described(resource: Resource, file: TableFile) -> dict[str, Any]:
    say = texts.of("en")
    return {
        "title": resource.title("en"),
        "title_de": resource.title("de"),
        "description": sample_note(say, resource.description, resource.sample),
        "synthetic": resource.sample,
        "path": file.path,
        "format": file.format,
        "mediatype": file.media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        **_origin(resource.origin),
    }


def _origin(origin: Origin) -> dict[str, Any]:
    # Both lists must not be empty where they stand.
    said = {"licenses": _licences(origin.licences), "sources": [{"title": source} for source in origin.sources]}
    return {name: found for name, found in said.items() if found}


def _licences(licences: Sequence[Licence] | set[Licence]) -> list[dict[str, str]]:
    return [
        {"name": one.name, "title": one.title} | ({"path": one.path} if one.path else {})
        for one in sorted(licences, key=lambda one: (one.name, one.title))
    ]


def _schema(resource: Resource) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(one) for one in resource.columns], "missingValues": [""]}
    # A key of which a part may be empty names rows as well, but is no primary key.
    if resource.is_primary:
        schema["primaryKey"] = resource.key
    elif resource.key:
        schema["uniqueKeys"] = [resource.key]
    if resource.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": table, "fields": [there]}}
            for column, table, there in resource.references
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field = {
        "name": column.name,
        "type": TYPES[column.kind.base_type()],
        "title": column.title("en"),
        "title_de": column.title("de"),
        "description": column.description,
        "unit": column.unit,
        "constraints": dict(column.constraints),
    }
    return {name: said for name, said in field.items() if said}
