"""One broken detail of one delivery never ends the build of all: crashes, panics, odd names."""

import json
import os

import polars as pl
import pytest

from expectations import gate
from stadtlabor import cli
from stadtlabor.base.errors import BreakdownError
from stadtlabor.base.progress import Progress
from stadtlabor.build.ingest import Ingested, _in_child, ingest
from stadtlabor.build.inputs import gather
from stadtlabor.intake.one_delivery import State
from stadtlabor.readers.statistics import figures_table
from tests.build.test_build import rows, run
from tests.conftest import Network, figures

# What an exception may quote, and nobody may publish.
SECRET = "Erika Mustermann, 12.03.1980"
CRASHES = [ValueError, MemoryError, RecursionError, pl.exceptions.PanicException]
# Lists of nine lists of nine lists …: three billion parts.
ALIASES = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 11))
POPULATION = "select value from indicator_values where indicator_id = 'population' and value is not null"
ODD_NAMES = [
    "x [neu]", "alles*", "wie?", "O'Hara", 'in "Anführung"', "jahr=2021", "a\\b", "**", "a\\[b]", "\\?", "{x}",
    "~", "50%", "$HOME", "a;b", "[a-z]", "[!x]", "-rf", "zwei  Leerzeichen ",
]  # fmt: skip


def taken(network: Network) -> tuple[dict[str, Ingested], list[str]]:
    """What the first half of a build makes of the deliveries, by folder, and what it refuses."""
    inputs = gather(network.raw, network.warehouse)
    found = ingest(inputs, network.warehouse, Progress())
    return {one.delivery.folder.name: one for one in found}, [one.refusal for one in found if one.refusal]


def breaks_on(monkeypatch, where: str, crash: type[BaseException]) -> list[str]:
    """Plant an exception in the reader or in the gate, for the value 7; returns the values it has met."""
    met: list[str] = []
    read, judge = figures_table.READER.read, gate.run_all

    def reader(file, manifest=None):
        if '"7"' in file.text:
            met.append(file.name)
            raise crash(SECRET)
        return read(file, manifest)

    def gatekeeper(kind, deliveries):
        if any("7" in tables["figures"]["value"] for tables, _ in deliveries):
            raise crash(SECRET)
        return judge(kind, deliveries)

    if where == "reader":
        monkeypatch.setattr(figures_table.READER, "read", reader, raising=False)
    else:
        monkeypatch.setattr(gate, "run_all", gatekeeper)
    return met


@pytest.mark.parametrize("where", ["reader", "gate"])
@pytest.mark.parametrize("crash", CRASHES)
def test_what_breaks_down_refuses_its_delivery_alone(network, monkeypatch, where, crash):
    network.deliver("zahlen", {"figures.csv": figures()})
    taken(network)
    breaks_on(monkeypatch, where, crash)
    network.deliver("zahlen", {"figures.csv": figures({"value": "7"})})
    network.deliver("gut", {"f.csv": figures()})

    found, (refused,) = taken(network)

    what = (
        "reading it takes more memory than there is for it"
        if crash is MemoryError
        else "the program broke down over it"
    )
    assert refused.startswith(f"zahlen: figures.csv: {what} ({crash.__name__}).")
    assert refused.endswith("Its last accepted state stays.")
    assert {name: one.state for name, one in found.items()} == {"gut": "accepted", "zahlen": "refused_previous_kept"}
    newest = found["zahlen"].newest
    what_de = (
        "Das Lesen braucht mehr" if crash is MemoryError else f"Das Programm ist daran gescheitert ({crash.__name__})"
    )
    assert f"Datei „figures.csv“. {what_de}" in newest.summary["refused_de"]
    assert SECRET not in refused + json.dumps(newest.summary, ensure_ascii=False)
    assert SECRET in (newest.folder / "crash.log").read_text("utf-8")


def test_of_a_batch_that_a_child_dies_over_only_the_delivery_it_dies_of_is_refused(network):
    for number in range(5):
        network.deliver(f"d{number}", {"f.csv": figures()})
    inputs = gather(network.raw, network.warehouse)
    batch = [State(one, "key", frozenset(), frozenset()) for one in inputs.deliveries]
    asked = []

    class Dying:
        def run(self, job):
            states, warehouse = job.given
            asked.append(len(states))
            if any(one.delivery.name == "d3" for one in states):
                raise BreakdownError("it died", remedy="", cause="SIGKILL")
            return job.work(states, warehouse)

    outcomes = _in_child(batch, network.warehouse, Dying())

    assert [bool(one.refused and "it died" in one.refused) for one in outcomes] == [False, False, False, True, False]
    assert [one.folder.parent.name for one in outcomes] == [f"d{number}" for number in range(5)]
    assert asked == [5, 2, 3, 1, 2, 1, 1]


def test_what_broke_down_is_tried_again(network, monkeypatch):
    network.deliver("zahlen", {"figures.csv": figures({"value": "7"})})
    with monkeypatch.context() as broken:
        met = breaks_on(broken, "reader", MemoryError)
        _, refused = taken(network)

    _, again = taken(network)

    assert (met, len(refused), again) == (["figures.csv"], 1, [])


def test_a_last_state_that_newer_code_does_not_understand_no_longer_serves(network):
    network.deliver("zahlen", {"figures.csv": figures()})
    found, _ = taken(network)
    manifest = found["zahlen"].newest.manifest
    manifest.write_text(manifest.read_text("utf-8") + "no_such_field: 1\n", "utf-8")
    network.deliver("zahlen", {"figures.csv": "nothing\n"})

    found, (refused,) = taken(network)

    assert found["zahlen"].state == "refused"
    assert "stays" not in refused


def test_a_wish_to_stop_is_let_through(network, monkeypatch):
    network.deliver("zahlen", {"figures.csv": figures({"value": "7"})})
    breaks_on(monkeypatch, "reader", KeyboardInterrupt)

    with pytest.raises(KeyboardInterrupt):
        taken(network)


@pytest.mark.parametrize(
    "manifest",
    [
        "id: a\x01b\n", "id: " + "[" * 20_000, "id: " + "{a: " * 20_000, "id:\n " + "- " * 20_000, "id: \ud800\n", "\0",
        "- a\n", "id: &a [*a]\n", "id: " + "9" * 9_000, ALIASES, ALIASES + "id: *a9\n",
    ],
    ids=[
        "control", "deep", "deep-maps", "deep-lists", "surrogate", "nul", "list", "in-itself", "number", "bomb", "used",
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_even_be_parsed_refuses_its_delivery_alone(network, manifest):
    network.deliver("gut", {"f.csv": figures()})
    folder = network.deliver("kaputt", {"f.csv": figures()})
    (folder / "source.yml").write_bytes(manifest.encode("utf-8", "surrogatepass"))

    found, (refused,) = taken(network)

    assert refused.startswith("kaputt: ")
    assert "source.yml" in refused
    assert found["gut"].state == "accepted"


def test_inspect_says_a_breakdown_in_a_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "f.csv").write_text(figures({"value": "7"}), "utf-8")
    breaks_on(monkeypatch, "reader", pl.exceptions.PanicException)
    monkeypatch.setattr("sys.argv", ["stadtlabor", "inspect", str(tmp_path / "f.csv")])

    with pytest.raises(SystemExit) as ended:
        cli.main()

    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.err.startswith("Error: f.csv: the program broke down over it (PanicException).")
    assert SECRET not in said.err + said.out


def test_folders_of_any_name_are_published_and_broken_ones_are_not(tmp_path, monkeypatch):
    network = Network(tmp_path / "o'der [neu] * ä {x}=1")
    for number, name in enumerate(ODD_NAMES):
        network.deliver(name, {"f.csv": figures({"period": f"{2005 + number}-12-31"})}, id=f"d{number}")
    network.deliver("bricht", {"f.csv": figures({"value": "7"})})
    network.deliver("kaputt", {"f.csv": figures()}, title="a\x01b")
    breaks_on(monkeypatch, "gate", pl.exceptions.PanicException)
    (network.raw / os.fsdecode("Mölln".encode("latin-1"))).mkdir()

    refused = sorted(run(network).refused)

    assert [text.partition(": ")[0] for text in refused] == [r"M\udcf6lln", "bricht", "kaputt"]
    accepted = rows(network, "select count(*) from deliveries where state = 'accepted' and accepted_rows = 1")
    assert accepted == [(len(ODD_NAMES),)]
    assert rows(network, f"select count(*) from ({POPULATION})") == [(len(ODD_NAMES),)]
