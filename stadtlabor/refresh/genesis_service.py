"""The web service of the Regionaldatenbank: a login, a table as flat CSV, or a job where it is large.

Errors come with status 200 as JSON (`Status.Code`). The account goes in headers, is never kept and never shown.
"""

import io
import json
import os
import re
import time
import zipfile
from dataclasses import dataclass
from typing import Any

from stadtlabor.base.errors import DeliveryError
from stadtlabor.refresh.client import NO_ACCESS, Answer, Client

USER, PASSWORD = "STADTLABOR_REGIO_USER", "STADTLABOR_REGIO_PASSWORD"
WRONG_ACCOUNT, NOTHING_NEWER, NO_SUCH_TABLE, JOB_MADE, TOO_LARGE, NOTHING_FOUND = 15, 50, 90, 99, 98, 104
OK = (0, 22)
MAX_UNPACKED = 2_000_000_000
POLLS = 60  # of a job, a wait apart


@dataclass
class GenesisService:
    """The service at `address`, with the account of the environment; `wait`: seconds between two looks at a job."""

    client: Client
    address: str
    wait: float = 30.0

    @staticmethod
    def has_account() -> bool:
        """Whether the environment names an account."""
        return bool(os.environ.get(USER) and os.environ.get(PASSWORD))

    def login(self) -> None:
        """Raises DeliveryError where the account is not let in."""
        self._json(self._ask("helloworld/logincheck", {"language": "de"}))

    def table(self, code: str, since: int, known_of: str | None) -> bytes | None:
        """A table's flat CSV from a year on; None where there is nothing newer than `known_of` (DD.MM.YYYY).

        Raises LookupError where the service has no such table, DeliveryError for all else.
        """
        form = {
            "name": code, "area": "all", "format": "ffcsv", "language": "de", "compress": "false", "quality": "off",
            "startyear": str(since), "endyear": "", "timeslices": "", "regionalvariable": "", "regionalkey": "",
            "stand": known_of or "", "job": "false",
        }  # fmt: skip
        answer = self._ask("data/tablefile", form)
        if _is_archive(answer):
            return _csv_of(answer.body, code)
        status = self._json(answer, (TOO_LARGE, NOTHING_NEWER, NO_SUCH_TABLE, JOB_MADE))
        if status == NOTHING_NEWER:
            return None
        if status == NO_SUCH_TABLE:
            raise LookupError(code)
        return self._by_job(code, form)

    def _by_job(self, code: str, form: dict[str, str]) -> bytes:
        answer = self._ask("data/tablefile", {**form, "job": "true"})
        if _is_archive(answer):
            return _csv_of(answer.body, code)
        self._json(answer, (JOB_MADE,))
        # "… mit folgendem Namen abgerufen werden: 13111-08-02-5-B_001597503"
        found = re.search(rf"({re.escape(code)}_\d+)", _status(answer).get("Content", ""))
        if found is None:
            raise self._fault("the service made a job and did not name it")
        for _ in range(POLLS):
            time.sleep(self.wait)
            listed = self._ask("catalogue/results", {"selection": found[1], "area": "all", "language": "de"})
            if any(one.get("Code") == found[1] for one in _parsed(listed).get("List") or ()):
                result = self._ask(
                    "data/resultfile",
                    {"name": found[1], "area": "all", "format": "ffcsv", "compress": "false", "language": "de"},
                )
                if _is_archive(result):
                    return _csv_of(result.body, code)
                self._json(result)
        raise self._fault("the job did not come to an end")

    def _ask(self, method: str, form: dict[str, str]) -> Answer:
        account = {"username": os.environ[USER], "password": os.environ[PASSWORD]}
        answer = self.client.post(self.address + method, form, account)
        if answer.status == NO_ACCESS:
            raise self._fault("the account is not let in", f"Check {USER} and {PASSWORD}.")
        if answer.is_page:
            raise self._fault("the service answers with a page instead of data")
        if answer.status != 200:
            raise self._fault(f"the service answers {answer.status}")
        return answer

    def _json(self, answer: Answer, expected: tuple[int, ...] = ()) -> int:
        """The code of an answer that is no file; DeliveryError for one that is neither well nor expected."""
        code = int(_status(answer).get("Code", -1))
        if code in OK or code in expected:
            return code
        if code == WRONG_ACCOUNT:
            raise self._fault("the account is not let in", f"Check {USER} and {PASSWORD}.")
        words = "nothing was found for what was asked" if code == NOTHING_FOUND else f"the service says code {code}"
        raise self._fault(words)

    @staticmethod
    def _fault(what: str, remedy: str = "Try again later.") -> DeliveryError:
        return DeliveryError(what, "Regionaldatenbank", remedy=remedy)


def _parsed(answer: Answer) -> dict[str, Any]:
    try:
        tree = json.loads(answer.body)
    except ValueError:
        raise DeliveryError("the answer is neither a file nor JSON", "Regionaldatenbank") from None
    return tree if isinstance(tree, dict) else {}


def _status(answer: Answer) -> dict[str, Any]:
    tree = _parsed(answer)
    status = tree.get("Status", tree)
    # The login check says its status as a sentence, and nothing else where all is well.
    return status if isinstance(status, dict) else {"Code": 0 if "erfolgreich" in str(status) else -1}


def _is_archive(answer: Answer) -> bool:
    return answer.body.startswith(b"PK")


def _csv_of(body: bytes, code: str) -> bytes:
    damaged = DeliveryError("the archive is damaged", code, remedy="Try again later.", rule="damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = [one for one in archive.infolist() if one.filename.endswith(".csv")]
            if len(names) != 1 or names[0].file_size > MAX_UNPACKED:
                raise damaged
            return archive.read(names[0])
    except (zipfile.BadZipFile, EOFError, OSError):
        raise damaged from None
