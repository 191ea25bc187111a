"""The command line: `stadtlabor build`, `inspect`, `releases`, `serve` and so on."""

import os
import sys
from pathlib import Path

import click

from stadtlabor.base import places
from stadtlabor.base.errors import BuildError, DeliveryError, faults_of

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """StadtLabor Kleinstadt: from the towns' deliveries to a published release."""


@cli.command()
@click.option("--strict", is_flag=True, help="Exit with 3 when a delivery was refused.")
@click.option("--new-series", is_flag=True, help="Do not hold the release against the last one (DECISIONS, 19).")
def build(strict: bool, new_series: bool) -> None:
    """Build from raw/ and publish a release."""
    built = _build(new_series)
    if strict and built:
        sys.exit(3)


@cli.command()
def serve() -> None:
    """Serve the dashboard of the current release on PORT (8501)."""
    from dashboard.server.serve import serve as serve_dashboard

    serve_dashboard(int(os.environ.get("PORT") or 8501))


@cli.command()
def run() -> None:
    """Build, then serve; a failing build leaves the last release serving."""
    from stadtlabor.build import releases

    try:
        _build()
    except (BuildError, DeliveryError) as error:
        if releases.current(places.warehouse()) is None:
            raise
        click.echo(f"The build failed: {error}\nThe last release is served.", err=True)
    from dashboard.server.serve import serve as serve_dashboard

    serve_dashboard(int(os.environ.get("PORT") or 8501))


@cli.command()
@click.option(
    "--format",
    "kinds",
    type=click.Choice(["html", "pdf", "slides", "workbook", "open-data"]),
    multiple=True,
    help="Plain pages unless given; may be given several times.",
)
@click.option("--towns", default="", help="Ids of towns with commas between; all unless given.")
@click.option("--indicators", default="", help="Ids of indicators with commas between; all unless given.")
@click.option("--language", type=click.Choice(["de", "en"]), multiple=True, help="Both unless given.")
@click.option("--template", type=FILE, default=None, help="A presentation whose design the slides take.")
@click.option("--out", type=FOLDER, default=None, help="Where it is written (warehouse/report).")
def report(
    kinds: tuple[str, ...],
    towns: str,
    indicators: str,
    language: tuple[str, ...],
    template: Path | None,
    out: Path | None,
) -> None:
    """Write the current release as pages, PDF, slides, a workbook or open data, to be handed on."""
    from dashboard import charts
    from dashboard.release import store
    from dashboard.renderers import reports
    from dashboard.renderers.plain.static_edition import UnknownNameError

    charts.trust()
    if store.edition() != "public":
        raise click.ClickException("What is handed on is of the public edition: run it without EDITION=team.")
    chosen, shown = ([one for one in named.split(",") if one] for named in (towns, indicators))
    try:
        release = store.current()
        for kind in kinds or ("html",):
            to = out or places.warehouse() / "report"
            written = reports.write(kind, release, to, language or ("de", "en"), chosen, shown, click.echo, template)
            click.echo(f"{kind}: {len(written)} file(s), {written[0]}")
    except (UnknownNameError, store.NoReleaseError) as error:
        raise click.ClickException(str(error)) from None


@cli.command()
@click.argument("file", type=FILE)
@click.option("--write", is_flag=True, help="Write source.yml beside the file (never over an existing one).")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def inspect(file: Path, write: bool, as_json: bool) -> None:
    """Say what FILE is, and scaffold a source.yml for it."""
    from stadtlabor.inspect.within_bounds import look_at

    with faults_of(file.name):
        seen = look_at(file)
    click.echo(seen.as_json if as_json else seen.text)
    if as_json:
        return
    if not write:
        click.echo("\n# source.yml\n" + seen.manifest)
        return
    target = file.parent / "source.yml"
    if target.exists():
        raise DeliveryError("there is a source.yml already", places.shown(target), remedy="Move it away first.")
    target.write_text(seen.manifest, "utf-8")
    click.echo(f"\nWritten: {places.shown(target)}. Read it through, then `make build`.")


@cli.group(invoke_without_command=True)
@click.pass_context
def releases(context: click.Context) -> None:
    """List the kept releases; `releases use ID` switches."""
    if context.invoked_subcommand:
        return
    from stadtlabor.build import releases as kept

    serving = kept.current(places.warehouse())
    for release in kept.listed(places.warehouse()):
        mark = "current" if serving and release.release_id == serving.release_id else ""
        click.echo(f"{release.release_id}  {release.built_at}  {mark}".rstrip())
    if serving is None:
        click.echo("No release is published. `make build` publishes one.")


@releases.command("use")
@click.argument("release_id")
def use_release(release_id: str) -> None:
    """Switch the dashboard to another kept release."""
    from stadtlabor.build import releases as kept

    release = kept.switch(places.warehouse(), release_id)
    click.echo(f"Current release: {release.release_id} (built {release.built_at}).")


@cli.command("peer-bands")
@click.option("--tables", required=True, multiple=True, type=FOLDER, help="Folder with full official tables.")
@click.option("--out", type=FOLDER, default=None, help="Where the deliveries are written (raw/).")
def peer_bands(tables: tuple[Path, ...], out: Path | None) -> None:
    """Compute the peer bands, and the towns' own figures, from the full official tables."""
    from stadtlabor.peers.peer_bands import compute

    for line in compute(tables, out or places.raw()):
        click.echo(line)


@cli.command()
@click.option("--only", default=None, help="Sources, comma between: deutschlandatlas, gv, gemband, hebesaetze, regio.")
@click.option("--since", type=int, default=2016, show_default=True, help="First year asked of the Regionaldatenbank.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked for, and ask nothing.")
@click.option("--tables", type=FOLDER, default=None, help="Where the full tables lie (warehouse/official-tables).")
def refresh(only: str | None, since: int, dry_run: bool, tables: Path | None) -> None:
    """Fetch the newest official figures from the internet, then compute the bands anew."""
    import datetime as dt

    from stadtlabor.peers.peer_bands import compute
    from stadtlabor.refresh.client import Client
    from stadtlabor.refresh.fetch import Refresh, plan

    today = dt.datetime.now(dt.UTC).date()
    if dry_run:
        click.echo("\n".join(plan(only, today, since)))
        return
    folder = tables or places.warehouse() / "official-tables"
    if not Refresh(folder, places.raw(), Client(), click.echo, today, since).run(only):
        click.echo("Nothing new: the bands stay.")
        return
    for line in compute([folder], places.raw(), keep=True):
        click.echo(line)


@cli.command()
@click.option("--out", type=FOLDER, default=None, help="Where the deliveries are written (raw/).")
@click.option("--seed", type=int, default=None, help="The same seed gives the same bytes.")
def samples(out: Path | None, seed: int | None) -> None:
    """Write the synthetic sample deliveries anew, each labelled as such."""
    from stadtlabor.samples import SEED, generate

    for line in generate(out or places.raw(), SEED if seed is None else seed):
        click.echo(line)


@cli.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), required=False)
def schema(target: Path | None) -> None:
    """Print the JSON Schema of source.yml, for editors, or write it to TARGET."""
    from stadtlabor.manifest.source import json_schema

    if target:
        target.write_text(json_schema(), "utf-8")
    else:
        click.echo(json_schema(), nl=False)


@cli.command()
@click.argument("word", required=False, default="")
def concepts(word: str) -> None:
    """List what questions of a survey can be mapped to, with answers and an example; WORD narrows the list."""
    from stadtlabor.dictionary.concepts.listing import lines

    click.echo("\n".join(lines(word)))


def _build(is_new_series: bool = False) -> list[str]:
    """Build and report; returns the refusals."""
    from stadtlabor.base.progress import Progress, keep_output_for_python
    from stadtlabor.build.releases import REPORT
    from stadtlabor.build.run import run_build

    keep_output_for_python()
    built = run_build(places.raw(), places.warehouse(), Progress(), is_new_series)
    for warning in built.warnings:
        click.echo(f"Note: {warning}.")
    for refused in built.refused:
        click.echo(f"Refused: {refused}")
    text = "is published" if built.changed else "stays: nothing has changed"
    click.echo(f"Release {built.release.release_id} {text}.")
    click.echo(f"Quality report, not to be published: {places.shown(built.release.private / REPORT)}.")
    return built.refused


def main() -> None:
    """Run the command line; what a user can mend is told in a sentence, never as a traceback."""
    try:
        cli.main(standalone_mode=False)
    except (BuildError, DeliveryError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)


if __name__ == "__main__":
    main()
