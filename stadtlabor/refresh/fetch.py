"""`stadtlabor refresh`: source by source, each by itself; what fails leaves its old file and the others alone."""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from stadtlabor.base.errors import BuildError, DeliveryError
from stadtlabor.base.fingerprint import write_atomically
from stadtlabor.base.places import shown
from stadtlabor.manifest import towns
from stadtlabor.refresh import acceptance
from stadtlabor.refresh.client import NOT_FOUND, UNCHANGED, Client
from stadtlabor.refresh.genesis_service import PASSWORD, USER, GenesisService
from stadtlabor.refresh.sources import Source, SourceFile, chosen

SINCE = 2016  # the first year asked for of the Regionaldatenbank; what lies before is held
STATE = "fetched.json"  # what a server said of its files: their marks of version, the day of the last answer


@dataclass
class Refresh:
    """One run: into which folder, as of which day, telling whom."""

    tables: Path
    raw: Path
    client: Client
    say: Callable[[str], None]
    today: dt.date
    since: int = SINCE
    wait: float = 30.0

    def run(self, only: str | None = None) -> bool:
        """Fetch the sources named, or all; whether any file is new. BuildError where every source failed."""
        picked, failed, is_new = chosen(only), 0, False
        for source in picked:
            try:
                is_new |= self._service(source) if source.service else self._files(source)
            except DeliveryError as error:
                failed += 1
                self.say(f"{source.id}: stopped. {error}")
        if failed == len(picked):
            raise BuildError("No source could be fetched; the old files stand.")
        return is_new

    def _files(self, source: Source) -> bool:
        """Each file by itself; DeliveryError where none could be fetched."""
        is_new, faults = False, []
        for file in source.files:
            try:
                is_new |= self._file(source, file)
            except DeliveryError as fault:
                faults.append(fault)
        if len(faults) == len(source.files):
            raise faults[0]
        for one in faults:
            self.say(f"{source.id}: stopped. {one}")
        return is_new

    def _file(self, source: Source, file: SourceFile) -> bool:
        folder = self.tables / source.id
        state = _state(folder)
        for name, address in file.editions(self.today):
            known, part = state.get(name, {}), folder / f".{name}.part"
            answer = self.client.download(address, part, _conditions(known) if (folder / name).exists() else {})
            if answer.status == UNCHANGED:
                self.say(f"{source.id}: {name} is unchanged")
                return False
            if answer.status == NOT_FOUND:
                continue
            if answer.status != 200 or answer.is_page:
                part.unlink(missing_ok=True)
                what = "a page instead of the file" if answer.is_page else f"status {answer.status}"
                raise DeliveryError(f"the server answers with {what}", name, remedy=f"Look at {source.page}")
            marks = {name: answer.headers[name] for name in ("etag", "last-modified") if name in answer.headers}
            return self._keep(source, name, part, {"address": address, **marks}, file.last(folder, self.today))
        raise DeliveryError("it lies at none of the addresses known", file.name, remedy=f"Look at {source.page}")

    def _service(self, source: Source) -> bool:
        if not GenesisService.has_account():
            self.say(f"{source.id}: left out, since {USER} and {PASSWORD} are not set")
            return False
        service = GenesisService(self.client, str(source.service), self.wait)
        service.login()
        news = [self._table(source, service, codes) for codes in source.tables]
        return any(news)

    def _table(self, source: Source, service: GenesisService, codes: Sequence[str]) -> bool:
        folder = self.tables / source.id
        name = f"{codes[0]}.csv"
        known = _state(folder).get(name, {}) if (folder / name).exists() else {}
        for code in codes:
            try:
                content = service.table(code, self.since, known.get("day"))
            except LookupError:
                continue
            except DeliveryError as error:
                self.say(f"{source.id}: {code} stopped. {error}")
                if "account" in error.what:
                    raise
                return False
            if content is None:
                self.say(f"{source.id}: {name} is unchanged")
                return False
            part = folder / f".{name}.part"
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            try:
                return self._keep(source, name, part, {"table": code, "day": f"{self.today:%d.%m.%Y}"})
            except DeliveryError as error:
                self.say(f"{source.id}: {code} stopped. {error}")
                return False
        self.say(f"{source.id}: the service has no table {' or '.join(codes)} any more")
        return False

    def _keep(
        self, source: Source, name: str, part: Path, marks: Mapping[str, str], before: Path | None = None
    ) -> bool:
        """Put an answer in its place, where it bears comparison with the edition before; whether its content is new."""
        target = part.with_name(name)
        digest = hashlib.sha256(part.read_bytes()).hexdigest()
        is_same = target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == digest
        if not is_same:
            network = [town.ags for town in towns.load(self.raw / "towns.csv")]
            try:
                acceptance.check(part, before or target, name, source.formats, network)
            except DeliveryError:
                part.unlink()
                raise
        part.replace(target)
        state = _state(target.parent)
        write_atomically(target.parent / STATE, json.dumps({**state, name: dict(marks)}, indent=1, sort_keys=True))
        if not is_same:
            self._describe(source, target.parent)
        self.say(f"{source.id}: {name} is {'unchanged' if is_same else 'new'} ({shown(target)})")
        return not is_same

    def _describe(self, source: Source, folder: Path) -> None:
        """The folder's source.yml: what it is, from where, of which edition, with its checksums."""
        state = _state(folder)
        editions = [
            f"{name}: {marks.get('address') or marks.get('table')}, {marks.get('last-modified', 'ohne Datum')}"
            for name, marks in state.items()
        ]
        files = [{"name": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()} for name in state]
        fields = {
            "id": source.id, "kind": "statistics", "format": source.formats[0], "title": source.title,
            "producer": source.producer, "licence": source.licence, "received": self.today, "synthetic": False,
            "note": "Ausgaben: " + "; ".join(editions), "files": files,
        }  # fmt: skip
        with io.StringIO() as out:
            YAML().dump(fields, out)
            write_atomically(folder / "source.yml", out.getvalue())


def plan(only: str | None, today: dt.date, since: int) -> list[str]:
    """What a run would ask for, line by line; nothing is asked."""
    lines = []
    for source in chosen(only):
        for file in source.files:
            first, *others = [address for _, address in file.editions(today)]
            lines.append(f"{source.id}: GET {first}" + (f" (or {len(others)} earlier edition(s))" if others else ""))
        if source.service and not GenesisService.has_account():
            lines.append(f"{source.id}: nothing, since {USER} and {PASSWORD} are not set")
            continue
        lines += [
            f"{source.id}: POST {source.service}data/tablefile, {' or '.join(codes)}, from {since} on"
            for codes in source.tables
        ]
    return lines


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    """Ask for the file only where it has changed."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {header: known[name] for name, header in names.items() if name in known}


def _state(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / STATE
    return json.loads(path.read_text("utf-8")) if path.exists() else {}
