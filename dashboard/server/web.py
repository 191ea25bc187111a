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
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import texts
from dashboard.article.sitemap import ADDRESSES
from dashboard.server import browser_words, preload

# The frame's own files carry a hash in their name, so what was compressed once stays right.
COMPRESSED = re.compile(r"/static/.+\.(js|css|svg|json)$")
COMPRESSION_LEVEL = 9
MOST_PACKED = 1024  # files; the frame has some three hundred

# A packed file as it is answered, the answer's start and its body, by its path.
PackedFiles = dict[str, tuple[Message, bytes]]

# Where the page asks for its data; said here, it does not try the page's own folder first and fail.
START = "window.__streamlit={BACKEND_BASE_URL:location.origin+%s};"

# The guide for newcomers stays hidden once it was dismissed; only the browser knows, and no server is told.
GUIDE = """
(function(){var seen="sl-guide-seen",page=document.documentElement;
try{if(localStorage.getItem(seen))page.classList.add(seen)}catch(e){}
document.addEventListener("click",function(e){if(!e.target.closest||!e.target.closest(".sl-guide button"))return;
page.classList.add(seen);try{localStorage.setItem(seen,"1")}catch(e){}
var next=document.getElementById("sl-content");if(next)next.focus()})})();
"""

# What stands in for the live page goes as soon as its first chart is drawn, or when there will be none.
LIVE = """
(function(){var root=document.documentElement,picture=document.getElementById("sl-waiting");
function gone(){picture.remove();watch.disconnect()}
var watch=new MutationObserver(function(){if(document.querySelector("#root .vega-embed svg"))gone()});
watch.observe(root,{childList:true,subtree:true});setTimeout(gone,10000)})();
"""

PictureOf = Callable[[str, str], str]

# The link to the other language takes along what was chosen since the page's head was drawn.
LANGUAGE = """
document.addEventListener("click",function(e){
var link=e.target.closest&&e.target.closest("a.sl-language");if(!link)return;
var here=new URL(location.href),there=new URL(link.href);
here.searchParams.set("sprache",there.searchParams.get("sprache"));link.href=here.href},true);
"""

# A link to another page within a piece of HTML turns the page as the frame's own links do, without loading it anew,
# since the frame follows the browser's history. In a new tab, or without this script, it is a plain link.
LINKS = """
document.addEventListener("click",function(e){
if(e.defaultPrevented||e.button||e.ctrlKey||e.metaKey||e.shiftKey||e.altKey)return;
var link=e.target.closest&&e.target.closest("a.sl-page");if(!link)return;
e.preventDefault();history.pushState(null,"",link.href);dispatchEvent(new PopStateEvent("popstate"))});
"""

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

    def __init__(self, app: ASGIApp, base: str = "", picture_of: PictureOf = lambda path, query: "") -> None:
        """`base` is the folder under which all addresses lie, "" or "/folder".

        `picture_of` gives the HTML that stands in the page of a path and query until the live one is there.
        """
        self.app, self.base, self.picture_of = app, base, picture_of
        self.packed: PackedFiles = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer; websockets pass untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] in self.packed and _wants_packed(scope):
            # A page asks for a hundred files before its first chart; reading each anew takes three times as long.
            await _say(send, *self.packed[scope["path"]])
        else:
            dresser = _Dresser(scope, send, self.base, self.picture_of, self.packed)
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

    def __init__(self, scope: Scope, send: Send, base: str, picture_of: PictureOf, packed: PackedFiles) -> None:
        self.scope, self.forward, self.base, self.picture_of, self.packed = scope, send, base, picture_of, packed
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
        headers = dict(HEADERS)
        if any(value.startswith(b"text/html") for name, value in start["headers"] if name == b"content-type"):
            path = self.scope["path"].removeprefix(self.base)
            root = self.base or self.scope.get("root_path", "")
            page = dressed_page(body.decode("utf-8"), self._language(), root, path)
            if picture := self.picture_of(path, self.scope["query_string"].decode("latin-1")):
                page = page.replace('<div id="root">', f'{picture}<script>{LIVE}</script><div id="root">', 1)
            body, headers["content-security-policy"] = page.encode("utf-8"), policy(page)
            headers["content-language"] = self._language()
            start = {**start, "headers": [pair for pair in start["headers"] if pair[0] not in FILE_TAGS]}
            packed = gzip.compress(body, COMPRESSION_LEVEL) if _takes_gzip(self.scope) else None
        else:
            packed = gzip.compress(body, COMPRESSION_LEVEL)
        if packed is not None:
            body, headers["content-encoding"], headers["vary"] = packed, "gzip", "Accept-Encoding"
        headers["content-length"] = str(len(body))
        start = _with_headers(start, headers)
        if _never_changes(start) and len(self.packed) < MOST_PACKED:
            self.packed[self.scope["path"]] = start, body
        await _say(self.forward, start, body)

    def _language(self) -> str:
        asked = parse_qs(self.scope["query_string"].decode("latin-1")).get("sprache", [""])[0]
        return asked if asked in texts.LANGUAGES else texts.LANGUAGES[0]


def dressed_page(page: str, language: str, root: str, path: str = "/") -> str:
    """Streamlit's page with the language, the title of the page at `path` and no word of English not asked for."""
    say = texts.of(language)
    name = html.escape(say.site_name)
    title = html.escape(say.title(NAMES.get(path.strip("/"), "")), quote=False)
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL).strip()
    page = re.sub(r'<html lang="[^"]*"', f'<html lang="{language}"', page)
    page = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", page, flags=re.DOTALL)
    page = re.sub(r'<link rel="service-desc"[^>]*>', "", page)
    page = re.sub(
        r"<noscript>.*?</noscript>",
        f"<noscript><h1>{name}</h1><p>{html.escape(say.needs_script)}</p></noscript>",
        page,
        flags=re.DOTALL,
    )
    page = page.replace("</head>", f"{preload.links(page)}</head>", 1)
    start = START % json.dumps(root.rstrip("/") + "/")
    return page.replace(
        "<head>", f"<head><script>{start}{GUIDE}{LANGUAGE}{LINKS}{browser_words.script(say)}</script>", 1
    )


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
