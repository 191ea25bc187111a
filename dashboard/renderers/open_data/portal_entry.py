"""`dcat.jsonld` and `dcat.ttl`: the release as an entry of an open-data portal, by DCAT-AP.de 3.0.

A data set per group of tables, a distribution per table and format. Addresses are relative to the folder, so that the
entry holds wherever the folder lies.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.release.snapshot import Release
from dashboard.renderers.open_data.resource import GROUPS, Resource
from dashboard.renderers.open_data.sample_mark import sample_note, sample_title, together
from dashboard.renderers.open_data.table_files import TableFile

EU = "http://publications.europa.eu/resource/authority/"
GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HERE = "dcat.ttl"
# Where the days that a table is about stand.
DAYS = ("period_start", "period_end", "period_from", "period_to", "event_date", "first_day", "last_day", "day")
Node = dict[str, Any]


def dcat_of(
    release: Release, tables: Sequence[Resource], files: Mapping[str, Mapping[str, TableFile]], contact: str = ""
) -> Node:
    """The entry as JSON-LD; `contact` is the mail address that portals show."""
    groups = [name for name in GROUPS if any(one.group == name for one in tables)]
    publisher = {"@id": f"{HERE}#publisher", "@type": "foaf:Organization", "foaf:name": _text(_site("de"), "de")}
    whole = {
        "@id": f"{HERE}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _in_both(lambda say: say.open_data_title.format(site=say.site_name, release=release.release_id)),
        "dct:description": _in_both(
            lambda say: sample_note(say, say.open_data_what, together(one.sample for one in tables))
        ),
        "dct:publisher": _named(f"{HERE}#publisher"),
        "dct:language": [_named(f"{EU}language/DEU"), _named(f"{EU}language/ENG")],
        "dct:issued": _moment(release.built_at),
        "dcat:dataset": [_named(f"{HERE}#{name}") for name in groups],
    }
    graph = [whole, publisher]
    for name in groups:
        own = [one for one in tables if one.group == name]
        graph.append(_data_set(release, name, own, contact))
        graph += [_distribution(release, one, file) for one in own for file in files[one.name].values()]
    return {"@context": CONTEXT, "@graph": graph}


def _data_set(release: Release, name: str, tables: Sequence[Resource], contact: str) -> Node:
    sample = together(one.sample for one in tables)
    found = {
        "@id": f"{HERE}#{name}",
        "@type": "dcat:Dataset",
        "dct:title": _in_both(lambda say: sample_title(say, say.group("open_data_groups")[name], sample)),
        "dct:description": _in_both(lambda say: sample_note(say, say.group("open_data_group_notes")[name], sample)),
        "dct:identifier": _text(f"{release.release_id}/{name}"),
        "dct:publisher": _named(f"{HERE}#publisher"),
        "dcat:contactPoint": _contact(contact),
        "dct:issued": _moment(release.built_at),
        "dct:modified": _moment(release.built_at),
        "dcat:theme": _named(f"{EU}data-theme/{GROUPS[name][0]}"),
        "dcat:keyword": _keywords(name, bool(sample)),
        "dct:accessRights": _named(f"{EU}access-right/PUBLIC"),
        "dct:accrualPeriodicity": _named(f"{EU}frequency/IRREG"),
        "dct:language": [_named(f"{EU}language/DEU"), _named(f"{EU}language/ENG")],
        "dct:spatial": _named(f"{EU}country/DEU"),
        "dcatde:politicalGeocodingLevelURI": _named(f"{GEOCODING}Level/municipality"),
        "dcatde:politicalGeocodingURI": [_named(f"{GEOCODING}municipalityKey/{ags}") for ags in _ags(release, tables)],
        "dct:temporal": _temporal(tables),
        "dcat:distribution": [_named(_address(one, kind)) for one in tables for kind in ("csv", "parquet")],
    }
    return {key: said for key, said in found.items() if said}


def _distribution(release: Release, resource: Resource, file: TableFile) -> Node:
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": _named("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
        "spdx:checksumValue": _typed(file.sha256, "xsd:hexBinary"),
    }
    found = {
        "@id": _address(resource, file.format),
        "@type": "dcat:Distribution",
        "dct:title": _in_both(lambda say: f"{resource.title(say.language)} ({file.format.upper()})"),
        "dct:description": _in_both(lambda say: _about(say, resource)),
        "dcat:accessURL": _named(file.path),
        "dcat:downloadURL": _named(file.path),
        "dct:license": _named(resource.origin.narrowest.uri),
        "dcatde:licenseAttributionByText": [_text("; ".join(resource.origin.sources), "de")]
        * bool(resource.origin.sources),
        "dct:format": _named(f"{EU}file-type/{file.format.upper()}"),
        "dcat:mediaType": _named(f"https://www.iana.org/assignments/media-types/{file.media_type}"),
        "dcat:byteSize": _typed(str(file.bytes), "xsd:nonNegativeInteger"),
        "spdx:checksum": checksum,
        "dct:issued": _moment(release.built_at),
    }
    return {key: said for key, said in found.items() if said}


def turtle(document: Mapping[str, Any]) -> str:
    """The same entry as Turtle."""
    heads = [f"@prefix {prefix}: <{address}> ." for prefix, address in document["@context"].items()]
    return "\n".join([*heads, "", *(f"<{node['@id']}>{_said(node)} .\n" for node in document["@graph"])])


def _said(node: Mapping[str, Any]) -> str:
    """What a node says of itself, each property on its line; several objects stand behind commas."""
    lines = [f"a {node['@type']}"]
    for name, said in node.items():
        if not name.startswith("@"):
            objects = said if isinstance(said, list) else [said]
            lines.append(f"{name} {', '.join(_object(one) for one in objects)}")
    return "\n    " + " ;\n    ".join(lines)


def _object(said: Mapping[str, Any]) -> str:
    if "@value" in said:
        # What JSON escapes in a text, Turtle escapes alike.
        kind = f"@{said['@language']}" if "@language" in said else f"^^{said['@type']}" if "@type" in said else ""
        return json.dumps(said["@value"], ensure_ascii=False) + kind
    return f"<{said['@id']}>" if set(said) == {"@id"} else f"[{_said(said)}\n    ]"


def _about(say: texts.Texts, resource: Resource) -> str:
    licences = "; ".join(one.title for one in resource.origin.licences if one.title)
    mixed = say.open_data_licence_mixed.format(licences=licences) if len(resource.origin.licences) > 1 else ""
    return sample_note(say, " ".join(filter(None, (say.open_data_what, mixed))), resource.sample)


def _keywords(group: str, is_synthetic: bool) -> list[Node]:
    found = []
    for say in map(texts.of, texts.LANGUAGES):
        words = say.group("open_data_keywords")[group].split(", ")
        found += [_text(word, say.language) for word in words + [say.open_data_sample_word] * is_synthetic]
    return found


def _contact(mail: str) -> Node:
    card = {"@type": "vcard:Organization", "vcard:fn": _text(_site("de"))}
    return card | ({"vcard:hasEmail": _named(f"mailto:{mail}")} if mail else {})


def _ags(release: Release, tables: Sequence[Resource]) -> list[str]:
    """The municipalities that the tables are about, by their keys; all of Germany has too many to be named."""
    named = {town for one in tables if "town_id" in one.frame.columns for town in one.frame["town_id"].drop_nulls()}
    return release.towns().filter(pl.col("town_id").is_in(named))["ags"].to_list()


def _temporal(tables: Sequence[Resource]) -> Node | None:
    days = [day for one in tables for name in DAYS if name in one.frame.columns for day in _ends(one.frame[name])]
    if not days:
        return None
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _typed(min(days).isoformat(), "xsd:date"),
        "dcat:endDate": _typed(max(days).isoformat(), "xsd:date"),
    }


def _ends(days: pl.Series) -> list[dt.date]:
    known: list[dt.date] = days.drop_nulls().sort().to_list()
    return known[:1] + known[-1:]


def _address(resource: Resource, kind: str) -> str:
    return f"{HERE}#{resource.name}-{kind}"


def _site(language: str) -> str:
    return texts.of(language).site_name


def _in_both(words: Any) -> list[Node]:
    return [_text(words(texts.of(language)), language) for language in texts.LANGUAGES]


def _text(words: str, language: str = "") -> Node:
    return {"@value": words} | ({"@language": language} if language else {})


def _typed(words: str, kind: str) -> Node:
    return {"@value": words, "@type": kind}


def _moment(moment: dt.datetime) -> Node:
    return _typed(moment.isoformat(), "xsd:dateTime")


def _named(address: str) -> Node:
    return {"@id": address}
