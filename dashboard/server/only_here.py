"""The team's edition without a sign-in answers this machine's own browser and nobody that a proxy lets through."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.renderers.access import HERE

# What a proxy adds. Whoever sends it asks on behalf of somebody else.
PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
REFUSAL = "The team's edition is shown on this machine alone. Behind a proxy it needs STADTLABOR_ACCESS=signin."


class OnlyHere:
    """Refuses what a proxy passes on, and what was asked for under another machine's name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 instead, or close the websocket unopened."""
        if scope["type"] == "lifespan" or is_from_here(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(REFUSAL, status_code=403)(scope, receive, send)


def is_from_here(headers: Headers) -> bool:
    """Whether a browser on this machine asks, as far as its request tells."""
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    return host in HERE and not any(name in headers for name in PASSED_ON)
