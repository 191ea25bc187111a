"""An address that no page has: a short page of its own, in the reader's language, with the status that says so.

Streamlit answers every address with its frame, and says only then, in English and over the first page, that there
is none of that name. And it answers on addresses that no page of this dashboard uses: whoever finds them can leave
files in the server's memory, or read how it is used. They are closed.
"""

from collections.abc import Collection
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import texts
from dashboard.charts.theme import INKS
from dashboard.renderers.markup import part

# The page has a style and a form, and needs nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"


# Of what Streamlit answers beside pages and their files, the pages use these; the others are as if not there.
CORE = "/_stcore/"
USED = (f"{CORE}stream", f"{CORE}health", f"{CORE}host-config")
UNUSED = (CORE, "/component/")
METHODS = ("GET", "HEAD")


class UnknownAddress:
    """Answers in Streamlit's place where it would send its frame for an address that no page has."""

    def __init__(self, app: ASGIApp, base: str, pages: Collection[str]) -> None:
        """`base` is the folder under which all addresses lie, "" or "/folder"; `pages` are the addresses within it."""
        self.app, self.base, self.pages = app, base, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what is no page of Streamlit's passes untouched, unless it is closed."""
        path = scope.get("path", "").removeprefix(self.base)
        if scope["type"] == "http" and scope["method"] not in METHODS:
            await PlainTextResponse(status_code=405, headers={"allow": ", ".join(METHODS)})(scope, receive, send)
            return
        if scope["type"] == "http" and path.startswith(UNUSED) and path not in USED:
            await self._page(scope)(scope, receive, send)
            return
        if scope["type"] != "http" or path.strip("/") in self.pages:
            await self.app(scope, receive, send)
            return
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_frame(message):
                replaced = True
                await self._page(scope)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, answer)

    def _page(self, scope: Scope) -> HTMLResponse:
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("sprache", [""])[0]
        say = texts.of(asked if asked in texts.LANGUAGES else texts.LANGUAGES[0])
        root = (self.base or scope.get("root_path", "")).rstrip("/") + "/"
        page = part("unknown", say=say, root=root, light=INKS["light"], dark=INKS["dark"])
        headers = {"content-security-policy": POLICY, "content-language": say.language}
        return HTMLResponse(page, status_code=404, headers=headers)


def _is_frame(start: Message) -> bool:
    kinds = [value for name, value in start["headers"] if name.lower() == b"content-type"]
    return bool(start["status"] == 200 and kinds and kinds[0].startswith(b"text/html"))
