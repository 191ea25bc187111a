"""`csv-metadata.json`: the CSV files as W3C's "CSV on the Web" describes them (Tabular Metadata)."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.release.snapshot import Release
from dashboard.renderers.open_data.resource import Column, Resource
from dashboard.renderers.open_data.sample_mark import sample_note, together
from dashboard.renderers.open_data.table_files import TableFile

TYPES = {
    pl.String: "string",
    pl.Int64: "integer",
    pl.Float64: "double",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Datetime: "dateTime",
}


def table_group(
    release: Release, tables: Sequence[Resource], files: Mapping[str, Mapping[str, TableFile]]
) -> dict[str, Any]:
    """The table group; `files` are those of each table by format."""
    sample = together(one.sample for one in tables)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": _in_both(lambda say: say.open_data_title.format(site=say.site_name, release=release.release_id)),
        "dc:description": _in_both(lambda say: sample_note(say, say.open_data_what, sample)),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tables": [_table(one, files) for one in tables],
    }


def _table(resource: Resource, files: Mapping[str, Mapping[str, TableFile]]) -> dict[str, Any]:
    table: dict[str, Any] = {
        "url": files[resource.name]["csv"].path,
        "dc:title": _in_both(lambda say: resource.title(say.language)),
        "dc:license": {"@id": resource.origin.narrowest.uri},
        "dc:source": list(resource.origin.sources),
        "tableSchema": _schema(resource, files),
    }
    said = sample_note(texts.of("en"), resource.description, resource.sample)
    return table | ({"dc:description": {"@value": said, "@language": "en"}} if said else {})


def _schema(resource: Resource, files: Mapping[str, Mapping[str, TableFile]]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(one) for one in resource.columns]}
    if resource.is_primary:
        schema["primaryKey"] = resource.key
    keys = [
        {"columnReference": column, "reference": {"resource": files[table]["csv"].path, "columnReference": there}}
        for column, table, there in resource.references
        # A foreign key of CSVW names a row in every row.
        if not resource.frame[column].has_nulls()
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _column(column: Column) -> dict[str, Any]:
    described = {
        "name": column.name,
        # The heading of the file is in no language; the others are for people.
        "titles": {"und": column.name, "de": column.title("de"), "en": column.title("en")},
        "datatype": _datatype(column),
        "required": bool(column.constraints.get("required")),
        "dc:description": column.description,
        "schema:unitText": column.unit,
    }
    return {name: said for name, said in described.items() if said}


def _datatype(column: Column) -> str | dict[str, Any]:
    base, limits = TYPES[column.kind.base_type()], column.constraints
    more = {name: limits[name] for name in ("minimum", "maximum") if name in limits}
    if "pattern" in limits:
        more["format"] = limits["pattern"]
    return {"base": base, **more} if more else base


def _in_both(words: Any) -> list[dict[str, str]]:
    return [{"@value": words(texts.of(language)), "@language": language} for language in texts.LANGUAGES]
