"""What the dashboard reads is what a release holds by its contract."""

from dashboard import release
from stadtlabor import contract, making

CONTRACT = making.published_tables()


def test_the_dashboard_reads_every_published_table():
    assert sorted([*release.TABLES, *release.LATER]) == sorted(CONTRACT)


def test_a_later_table_is_completed_to_its_contract():
    later = {name: dict(contract.of_frame(columns)) for name, columns in release.LATER.items()}

    # A page reads every whole number in 64 bits, so that keys of two tables meet.
    stated = {name: {one: wide(kind) for one, kind in CONTRACT[name].items()} for name in release.LATER}
    assert later == stated


def wide(kind: str) -> str:
    return "bigint" if kind == "integer" else kind
