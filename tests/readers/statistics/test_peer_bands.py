"""Peer bands as the command writes them."""

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.readers import landing_tables
from stadtlabor.readers.statistics import peer_band_table

COLUMNS = list(landing_tables.PEER_BANDS)


def text_of(*records: dict[str, str], columns=None) -> str:
    base = {"indicator_id": "out_commuter_share", "peer_group": "g", "period": "2015", "municipality_count": "1500",
            "tables": "13111-08-02-5"} | {name: str(index / 2) for index, name in enumerate(COLUMNS[4:15])}  # fmt: skip
    columns = columns or COLUMNS
    lines = [",".join(columns), *(",".join({**base, **record}[name] for name in columns) for record in records)]
    return "\n".join(lines) + "\n"


def test_every_column_is_read_whatever_the_order(deliver):
    straight = peer_band_table.READER.read(deliver(text_of({}))).tables["peer_bands"]
    mixed = peer_band_table.READER.read(deliver(text_of({}, columns=COLUMNS[::-1]), "b.csv")).tables["peer_bands"]

    assert straight.columns == ["line", *COLUMNS]
    assert straight.to_dicts() == mixed.to_dicts()
    assert straight["p10"].to_list() == ["0.0"]


def test_a_quantile_that_is_no_number_sets_the_record_aside(deliver):
    result = peer_band_table.READER.read(deliver(text_of({}, {"p50": "viel"}, {"p90": ""})))

    assert [(reject.line, reject.column, reject.reason) for reject in result.rejects] == [(3, "p50", "not_a_number")]
    assert result.tables["peer_bands"]["line"].to_list() == ["2", "4"]
    assert result.facts.delivered == 3


def test_a_missing_column_is_named(deliver):
    with pytest.raises(DeliveryError, match="missing column.*p75"):
        peer_band_table.READER.read(deliver(text_of({}).replace("p75", "p76")))
