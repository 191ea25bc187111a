"""One request at a time to an office's server, politely: a pause between them, cut answers gone on with.

On the standard library alone: `pystatis`, the library there is, pins pandas 2, keeps the password in a plain file
and hands out cached answers for ever.
"""

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from stadtlabor.base.errors import DeliveryError

AGENT = "StadtLabor-Kleinstadt (yearly refresh of official figures)"
PAUSE = 2.0  # seconds between two requests
TIMEOUT = 120
TRIES = 3
LARGEST = 1_000_000_000  # bytes of an answer
CHUNK = 1 << 20
UNCHANGED, NOT_FOUND, NO_ACCESS = 304, 404, 401


@dataclass(frozen=True)
class Answer:
    """What a server answered: its status, its headers and the file or the bytes of its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def is_page(self) -> bool:
        """Whether it is a page of HTML, as a moved file or a closed service gives with status 200."""
        return self.headers.get("content-type", "").startswith("text/html") or looks_like_page(self.body)


class _SameServer(urllib.request.HTTPRedirectHandler):
    """Redirects are followed to the same kind of server only: never from https to http, never with an account."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        is_safe = req.type == urllib.parse.urlsplit(newurl).scheme and req.data is None
        return super().redirect_request(req, fp, code, msg, headers, newurl) if is_safe else None


@dataclass
class Client:
    """Asks offices' servers. `server` takes the place of every server's address, for tests; `asked`: what it asked."""

    pause: float = PAUSE
    server: str | None = None
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(_SameServer())

    def post(self, address: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Send a form. Headers may hold an account: neither they nor the answer's copy of them are ever shown."""
        request = urllib.request.Request(self._at(address), urllib.parse.urlencode(form).encode(), dict(headers))
        return self._tried(request, None)

    def download(self, address: str, part: Path, known: Mapping[str, str]) -> Answer:
        """Fetch a file into `part`, going on where an earlier attempt ended; `known` are headers of the old one.

        An answer of UNCHANGED, NOT_FOUND and so on leaves no file.
        """
        headers = {"User-Agent": AGENT, **known}
        return self._tried(urllib.request.Request(self._at(address), headers=headers), part)

    def _at(self, address: str) -> str:
        if self.server is None:
            return address
        parts = urllib.parse.urlsplit(address)
        return self.server + urllib.parse.urlunsplit(("", "", parts.path, parts.query, ""))

    def _tried(self, request: urllib.request.Request, part: Path | None) -> Answer:
        request.add_header("User-Agent", AGENT)
        self.asked.append(f"{request.get_method()} {request.full_url}")
        for attempt in range(TRIES):
            time.sleep(self.pause * (1 + 4 * attempt))
            try:
                return self._once(request, part)
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    return Answer(error.code, _lower(error.headers), error.read(CHUNK))
                fault = f"the server answers {error.code}"
            except (OSError, http.client.HTTPException) as error:
                fault = f"the answer was cut off or did not come ({type(error).__name__})"
        raise DeliveryError(fault, urllib.parse.urlsplit(request.full_url).netloc, remedy="Try again later.")

    def _once(self, request: urllib.request.Request, part: Path | None) -> Answer:
        begun = part.stat().st_size if part is not None and part.exists() else 0
        tag = part.with_suffix(".tag") if part is not None else None
        if begun and tag is not None and tag.exists():
            # Only of the very same file may the rest be taken.
            request.add_header("Range", f"bytes={begun}-")
            request.add_header("If-Range", tag.read_text("utf-8"))
        with self._opener.open(request, timeout=TIMEOUT) as answer:
            headers = _lower(answer.headers)
            if part is None:
                return Answer(answer.status, headers, _whole(answer))
            assert tag is not None
            part.parent.mkdir(parents=True, exist_ok=True)
            if headers.get("etag"):
                tag.write_text(headers["etag"], "utf-8")
            _into(part, answer, goes_on=answer.status == http.client.PARTIAL_CONTENT)
            tag.unlink(missing_ok=True)
            with part.open("rb") as stream:
                return Answer(http.client.OK, headers, stream.read(1000))


def _into(part: Path, answer: http.client.HTTPResponse, goes_on: bool) -> None:
    with part.open("ab" if goes_on else "wb") as stream:
        expected = answer.length
        written = 0
        while chunk := answer.read(CHUNK):
            stream.write(chunk)
            written += len(chunk)
            if stream.tell() > LARGEST:
                raise DeliveryError(f"the answer has more than {LARGEST:,} bytes", part.name, rule="too_large")
    if expected is not None and written < expected:
        raise http.client.IncompleteRead(b"", expected - written)


def _whole(answer: http.client.HTTPResponse) -> bytes:
    body = answer.read(LARGEST)
    if len(body) >= LARGEST:
        raise DeliveryError(f"the answer has {LARGEST:,} bytes or more", rule="too_large")
    return body


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def looks_like_page(beginning: bytes) -> bool:
    """Whether bytes are the beginning of a page of HTML."""
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower().startswith((b"<!doctype html", b"<html"))
