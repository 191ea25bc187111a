"""What the server adds to Streamlit's own pages: the right language, compression and safe headers.

Streamlit sends one fixed, English page for every address, uncompressed and without security headers.
`PageDressing` is an ASGI middleware around it; it knows nothing of data.
"""

import base64
import gzip
import hashlib
import html
import json
import re
import zlib
from typing import Any, Protocol
from urllib.parse import parse_qs

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import texts
from dashboard.article.sitemap import ADDRESSES
from dashboard.renderers.plain.body import Screen
from dashboard.renderers.style import ASSETS
from dashboard.server import browser_words, preload
from dashboard.server.first_paint import First, screen_of

# The frame's own files carry a hash in their name, so what was compressed once stays right.
COMPRESSED = re.compile(r"/static/.+\.(js|css|svg|json)$")
COMPRESSION_LEVEL = 9
PAGE_LEVEL = 5  # of what is compressed for one reader
PACKED = {"content-encoding": "gzip", "vary": "Accept-Encoding"}
MOST_PACKED = 1024  # files; the frame has some three hundred

# A packed file as it is answered, the answer's start and its body, by its path.
PackedFiles = dict[str, tuple[Message, bytes]]

# Where the page asks for its data; said here, it does not try the page's own folder first and fail.
START = "window.__streamlit={BACKEND_BASE_URL:location.origin+%s};"

# What a page runs from its head on, and what lets the live page take the place of the article that came first.
PAGE, TAKING_OVER = (ASSETS.joinpath(name).read_text("utf-8") for name in ("page.js", "first.js"))
ROOT = '<div id="root"></div>'


class Articles(Protocol):
    """Where the articles come from that a page holds from the first."""

    def ready(self, path: str, query: str, screen: Screen) -> First | None:
        """That of an address where it is made already for a kind of screen."""
        ...

    async def made(self, path: str, query: str, screen: Screen) -> First | None:
        """That of an address, made if need be; nothing where there is none."""
        ...

    async def chosen(self, path: str, query: str) -> str:
        """The address that a form sent to an address asks for; "" where none was sent."""
        ...


NAMES = {address: name for name, address in ADDRESSES.items()}

HEADERS = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
    ("cross-origin-opener-policy", "same-origin"),
)


# With one of these a reader may want less than the whole file.
PARTLY = frozenset((b"if-none-match", b"if-modified-since", b"range"))
# What identifies Streamlit's own file, not the dressed page.
FILE_TAGS = (b"etag", b"last-modified", b"accept-ranges")


class PageDressing:
    """Rewrites the page in the address's language, compresses the frame's files, adds headers."""

    def __init__(self, app: ASGIApp, base: str = "", articles: Articles | None = None) -> None:
        """`base` is the folder under which all addresses lie, "" or "/folder"."""
        self.app, self.base, self.articles = app, base, articles
        self.packed: PackedFiles = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer; websockets pass untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] in self.packed and _wants_packed(scope):
            # A page asks for a hundred files before its first chart; reading each anew takes three times as long.
            await _say(send, *self.packed[scope["path"]])
        else:
            path, query = scope["path"].removeprefix(self.base), scope["query_string"].decode("latin-1")
            if self.articles and (address := await self.articles.chosen(path, query)):
                await RedirectResponse(address, status_code=303)(scope, receive, send)
                return
            dresser = _Dresser(scope, send, self.base, self.articles, self.packed)
            await self.app(_plain(scope), receive, dresser.send)


def _wants_packed(scope: Scope) -> bool:
    """Whether the whole file is asked for, compressed: nothing that only the file itself can answer."""
    asked = {name for name, _ in scope["headers"]}
    return scope["method"] == "GET" and _takes_gzip(scope) and not asked & PARTLY


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _plain(scope: Scope) -> Scope:
    """The request without what would bring an answer compressed, or none because it is known already.

    The tag of Streamlit's page is that of its file; it says nothing of the dressing.
    """
    dropped = {b"accept-encoding"}
    if not COMPRESSED.search(scope["path"]):
        dropped |= {b"if-none-match", b"if-modified-since"}
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in dropped]}


class _Dresser:
    """One answer: whole where it is the page or a compressible file, piece by piece where not."""

    def __init__(self, scope: Scope, send: Send, base: str, articles: Articles | None, packed: PackedFiles) -> None:
        self.scope, self.forward, self.base, self.articles, self.packed = scope, send, base, articles, packed
        self.start: Message | None = None
        self.body: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self.start is None:
            await self.forward(message)
        else:
            self.body.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(self.start, b"".join(self.body))

    async def _begin(self, message: Message) -> None:
        headers = {name.decode().lower(): value.decode() for name, value in message.get("headers", [])}
        is_page = headers.get("content-type", "").startswith("text/html")
        is_file = COMPRESSED.search(self.scope["path"]) is not None and _takes_gzip(self.scope)
        if message["status"] == 200 and (is_page or is_file) and self.scope["method"] == "GET":
            self.start = message
        else:
            await self.forward(_with_headers(message, dict(HEADERS)))

    async def _finish(self, start: Message, body: bytes) -> None:
        if any(value.startswith(b"text/html") for name, value in start["headers"] if name == b"content-type"):
            await self._page(start, body.decode("utf-8"))
            return
        packed = gzip.compress(body, COMPRESSION_LEVEL)
        start = _with_headers(start, {**dict(HEADERS), **PACKED, "content-length": str(len(packed))})
        if _never_changes(start) and len(self.packed) < MOST_PACKED:
            self.packed[self.scope["path"]] = start, packed
        await _say(self.forward, start, packed)

    async def _page(self, start: Message, frame: str) -> None:
        """The page with its article; where that has yet to be made, the head is on its way meanwhile.

        So the browser fetches what the live page needs at once.
        """
        path, query = self.scope["path"].removeprefix(self.base), self.scope["query_string"].decode("latin-1")
        screen = screen_of(self.scope["headers"])
        first = self.articles.ready(path, query, screen) if self.articles else None
        root, language = self.base or self.scope.get("root_path", ""), _language(query)
        page = dressed_page(frame, language, root, path, first.titled if first else "")
        headers = {**dict(HEADERS), "content-security-policy": policy(page), "content-language": language}
        is_packed = _takes_gzip(self.scope)
        headers |= {**(PACKED if is_packed else {}), "vary": "Accept-Encoding, Sec-CH-UA-Mobile, User-Agent"}
        kept = [pair for pair in start["headers"] if pair[0] not in (*FILE_TAGS, b"content-length")]
        await self.forward(_with_headers({**start, "headers": kept}, headers))
        packer = zlib.compressobj(PAGE_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16) if is_packed else None
        before, _, after = page.partition(ROOT)
        if after and not first and self.articles:
            await self._piece(packer, before, more=True)
            before, first = "", await self.articles.made(path, query, screen)
        article = first.html if first else without_script(language)
        await self._piece(packer, f"{before}{article}{ROOT if after else ''}{after}", more=False)

    async def _piece(self, packer: Any, text: str, more: bool) -> None:
        body = text.encode("utf-8")
        if packer:
            body = packer.compress(body) + packer.flush(zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH)
        await self.forward({"type": "http.response.body", "body": body, "more_body": more})


def _language(query: str) -> str:
    asked = parse_qs(query).get("sprache", [""])[-1]
    return asked if asked in texts.LANGUAGES else texts.LANGUAGES[0]


def without_script(language: str) -> str:
    """What stands there for a reader without script where the article could not be had."""
    say = texts.of(language)
    return f"<noscript><h1>{html.escape(say.site_name)}</h1><p>{html.escape(say.needs_script)}</p></noscript>"


def dressed_page(page: str, language: str, root: str, path: str = "/", title: str = "") -> str:
    """Streamlit's page in a language, titled as said or by its `path`, and no word of English not asked for."""
    say = texts.of(language)
    title = html.escape(title or say.title(NAMES.get(path.strip("/"), "")), quote=False)
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL).strip()
    page = re.sub(r'<html lang="[^"]*"', f'<html lang="{language}"', page)
    page = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", page, flags=re.DOTALL)
    page = re.sub(r'<link rel="service-desc"[^>]*>', "", page)
    page = re.sub(r"<noscript>.*?</noscript>", "", page, flags=re.DOTALL)
    page = page.replace(ROOT, f"{ROOT}<script>{TAKING_OVER}</script>", 1)
    page = page.replace("</head>", f"{preload.links(page)}</head>", 1)
    start = START % json.dumps(root.rstrip("/") + "/")
    return page.replace("<head>", f"<head><script>{start}{PAGE}{browser_words.script(say)}</script>", 1)


def policy(page: str) -> str:
    """The content security policy of a page: this host only, and the page's own inline scripts."""
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{value}'" for value in hashes)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {allowed}".strip(),
            # Streamlit writes its styles into the page while it runs.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


async def _say(send: Send, start: Message, body: bytes) -> None:
    # A copy: who passes it on may add a header for one reader, and the start may be kept for the next.
    await send({**start, "headers": list(start["headers"])})
    await send({"type": "http.response.body", "body": body})


def _never_changes(start: Message) -> bool:
    return any(name == b"cache-control" and b"immutable" in value for name, value in start["headers"])


def _with_headers(message: Message, changed: dict[str, str]) -> Message:
    kept = [(name, value) for name, value in message.get("headers", []) if name.decode().lower() not in changed]
    added = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in changed.items()]
    return {**message, "headers": kept + added}
