"""Serves the dashboard on this machine: Streamlit as an ASGI application in one uvicorn process."""

import os
import re
import socket
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.web import bootstrap

from dashboard import charts
from dashboard.article.sitemap import ADDRESSES
from dashboard.release import store
from dashboard.renderers import access, files
from dashboard.server import file_routes, first_paint, logs, warming, wire
from dashboard.server.only_here import OnlyHere
from dashboard.server.requests_in_time import TimedRequests
from dashboard.server.unknown import UnknownAddress
from dashboard.server.web import PageDressing
from stadtlabor.base import places
from stadtlabor.disclosure.policy import TEAM

# Not beside `pages`: Streamlit takes a folder of that name next to its entry for pages of its own.
ENTRY = Path(__file__).with_name("app.py")
SETTINGS = places.PROJECT / ".streamlit" / "config.toml"
HEALTH = "/gesundheit"
STOP_WITHIN = 3  # seconds that open pages are given when the server stops


def serve(port: int) -> None:
    """Serve until interrupted; prints the address once pages are answered.

    `ADDRESS` in the environment binds another address than this machine's own (0.0.0.0 for all), `BASE_PATH` is
    the folder behind a proxy under which all addresses lie ("/stadtlabor"), `LOG` how much is written to the log.
    `EDITION=team` shows the team's edition, on this machine alone or
    with sign-in. Exits with a sentence where the port is taken or the settings cannot be right.
    """
    address = os.environ.get("ADDRESS") or "127.0.0.1"
    logs.begin(os.environ.get("LOG") or "warning")
    try:
        config = configured(address)
    except (access.AccessError, ValueError) as error:
        raise SystemExit(str(error)) from None
    try:
        bound = listening(address, port)
    except OSError as error:
        raise SystemExit(f"Port {port} cannot be used ({error.strerror}). Choose another: PORT={port + 1}") from None
    with bound:
        shown = "localhost" if address == "127.0.0.1" else address
        server = _Server(config, f"http://{shown}:{bound.getsockname()[1]}{base_path()}")
        charts.trust()
        warming.begin()
        try:
            server.run(sockets=[bound])
        except KeyboardInterrupt:
            print("Stopped.", flush=True)


def application(address: str = access.HERE[0]) -> st.App:
    """The dashboard as an ASGI application, with `/gesundheit` and the files beside its pages.

    Raises `AccessError` or `ValueError` where a setting in the environment cannot be right.
    """
    base = base_path()
    options = settings() | {"server.baseUrlPath": base.strip("/")}
    if secrets := os.environ.get("STADTLABOR_SECRETS"):
        options["secrets.files"] = [secrets]
    bootstrap.load_config_options({name.replace(".", "_"): value for name, value in options.items()})
    access.check(address, base)
    wire.quicken()
    return st.App(
        ENTRY,
        routes=[Route(base + HEALTH, health), *file_routes.routes(base)],
        middleware=[
            *([Middleware(OnlyHere)] if store.edition() == TEAM and access.is_open() else []),
            Middleware(logs.AccessLog, kind_of=partial(kind_of, base)),
            Middleware(PageDressing, base=base, articles=first_paint),
            Middleware(UnknownAddress, base=base, pages=ADDRESSES.values()),
        ],
    )


def base_path() -> str:
    """The folder under which all addresses lie, "" or "/folder". Raises `ValueError` where it can be none."""
    named = os.environ.get("BASE_PATH", "").strip("/")
    if not re.fullmatch(r"[\w./-]*", named, re.ASCII) or ".." in named:
        raise ValueError(f"BASE_PATH is {named!r}; it can be a path such as /stadtlabor.")
    return f"/{named}" if named else ""


def kind_of(base: str, path: str) -> str:
    """What a path asks for, in words that no reader can choose: a page, a file's kind, health; "" for the rest."""
    place = path.removeprefix(base).strip("/")
    if place in ADDRESSES.values():
        return f"page {place or 'start'}"
    if place == HEALTH.strip("/"):
        return "health"
    if place.startswith(f"{file_routes.PREFIX}/"):
        ending = place.rpartition("/")[2].partition(".")[2]
        return f"file {ending}" if ending in files.KINDS else "file"
    return ""


def settings() -> dict[str, Any]:
    """`.streamlit/config.toml` as dotted names, so that it holds from whichever folder one starts."""

    def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in table.items():
            found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
        return found

    return flat(tomllib.loads(SETTINGS.read_text(encoding="utf-8")))


def configured(address: str = access.HERE[0]) -> uvicorn.Config:
    """The server's settings; the log stays quiet but for warnings."""
    return uvicorn.Config(
        application(address),
        http=TimedRequests,
        ws=wire.Wire,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN,
    )


def listening(address: str, port: int) -> socket.socket:
    """A listening socket whose connections send at once.

    The protocol is named because asyncio switches off Nagle's delay only for sockets that say they
    are TCP; with the delay the first chart comes half a second later.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((address, port))
    except OSError:
        bound.close()
        raise
    return bound


async def health(request: Request) -> JSONResponse:
    """200 with the release's id where pages can be answered, 503 with the reason where not."""
    try:
        return JSONResponse({"status": "ok", "release": store.current().release_id})
    except Exception as error:
        return JSONResponse({"status": "unavailable", "reason": type(error).__name__}, status_code=503)


class _Server(uvicorn.Server):
    """Says its address when it has started, not before."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self.address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce."""
        await super().startup(sockets)
        if self.started:
            print(f"The dashboard is at {self.address} (Ctrl+C stops it)", flush=True)
