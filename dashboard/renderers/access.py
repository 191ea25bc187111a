"""Who may look: everybody, or those who have signed in with their town's OpenID Connect account.

`STADTLABOR_ACCESS=signin` asks for a sign-in; without it the dashboard is open, which it can be, since it
holds nothing but a published release and has no way to write. The provider and who belongs to the core
team stand in Streamlit's `secrets.toml`, or the file that `STADTLABOR_SECRETS` names (see `docs/serving.md`):

    [auth]           redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url
    [access]         members = ["name@town.de", "@other-town.de"]   an address, or all of a domain

Files to take away have addresses of their own, outside Streamlit's session. Where a sign-in is asked for,
each address carries a right that the page has signed for its release, good until the end of the next day.
"""

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Iterable

import streamlit as st

from dashboard.release import store
from stadtlabor.disclosure.policy import TEAM

SIGN_IN = "signin"
RIGHT = "recht"
# What the address of a file of the team's edition asks for; a right to the public one's is none to this.
EDITION, INTERNAL = "fassung", "intern"
# The addresses of this very machine, which nobody else can reach.
HERE = ("127.0.0.1", "localhost", "::1")


class AccessError(Exception):
    """A sign-in is asked for and the settings for it are missing or cannot be right."""


def is_open() -> bool:
    """Whether everybody may look. Raises `AccessError` where the setting is no word known."""
    asked = os.environ.get("STADTLABOR_ACCESS", "open").strip().lower()
    if asked not in ("open", SIGN_IN):
        raise AccessError(f"STADTLABOR_ACCESS is {asked!r}; it can be 'open' or '{SIGN_IN}'.")
    return asked == "open"


def check(address: str = HERE[0], base: str = "") -> None:
    """Look at the settings before anything is served. Raises `AccessError` that says what to set.

    `address` is where the server will listen, `base` the folder behind a proxy under which it lies.
    """
    if is_open():
        if store.edition() == TEAM and (address not in HERE or base):
            raise AccessError(
                "The team's edition is served on this machine alone (without ADDRESS and BASE_PATH) or with sign-in: "
                f"set STADTLABOR_ACCESS={SIGN_IN} (docs/serving.md), or leave EDITION={TEAM} out."
            )
        return
    for section, name in (("auth", "client_id"), ("auth", "cookie_secret"), ("access", "members")):
        if not _setting(section, name):
            raise AccessError(f"With STADTLABOR_ACCESS={SIGN_IN}, secrets.toml needs [{section}] {name}.")


def admits() -> bool:
    """Whether this reader may see the page."""
    if is_open():
        return True
    is_signed_in = bool(st.user.is_logged_in)
    return is_signed_in and is_member(_told("email"), _told("email_verified"), _members())


def is_member(email: object, is_verified: object, members: Iterable[str]) -> bool:
    """Whether an address is on the list, itself or by its domain; one the provider calls unverified never is."""
    if not isinstance(email, str) or email.count("@") != 1 or is_verified is False:
        return False
    address = email.casefold()
    return any(
        address.endswith(one.casefold()) if one.startswith("@") else address == one.casefold() for one in members
    )


def right(path: str, release_id: str, today: dt.date | None = None) -> str:
    """What an address of a file of one release must carry; "" where everybody may look.

    `path` is the address without its query.
    """
    return "" if is_open() else _signed(path, release_id, (today or dt.date.today()) + dt.timedelta(days=1))


def of_edition(path: str, is_internal: bool) -> str:
    """What a right is given for: a file of the public edition by its address, one of the team's apart from it."""
    return f"{INTERNAL}:{path}" if is_internal else path


def is_right(path: str, release_id: str, carried: str, today: dt.date | None = None) -> bool:
    """Whether an address carries a right for its path and release that has not run out."""
    if is_open():
        return True
    until, _, _ = carried.partition(".")
    try:
        day = dt.date.fromisoformat(until)
    except ValueError:
        return False
    signed = _signed(path, release_id, day)
    # As bytes: two texts are compared in ASCII alone, and what is carried may be anything.
    return day >= (today or dt.date.today()) and hmac.compare_digest(carried.encode(), signed.encode())


def _signed(path: str, release_id: str, until: dt.date) -> str:
    key = str(_setting("auth", "cookie_secret")).encode()
    sign = hmac.new(key, f"file:{until}:{release_id}:{path}".encode(), hashlib.sha256).hexdigest()
    return f"{until}.{sign}"


def _members() -> list[str]:
    named = _setting("access", "members")
    return [named] if isinstance(named, str) else [str(one) for one in named] if isinstance(named, Iterable) else []


def _told(claim: str) -> object:
    return st.user.get(claim)


def _setting(section: str, name: str) -> object:
    try:
        return st.secrets[section][name]
    except (KeyError, FileNotFoundError):
        return None
