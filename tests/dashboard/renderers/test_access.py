"""Who may look, and which addresses of files carry a right."""

import datetime as dt

import pytest

from dashboard.renderers import access

TODAY = dt.date(2026, 3, 31)
MEMBERS = ["amt@wittenberge.example", "@moelln.example"]


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STADTLABOR_ACCESS", "signin")
    monkeypatch.setattr(access, "_setting", lambda section, name: "a secret" if name == "cookie_secret" else None)


@pytest.mark.parametrize("email", ["amt@wittenberge.example", "AMT@Wittenberge.example", "irgendwer@moelln.example"])
def test_members_are_named_or_of_a_named_domain(email: str) -> None:
    assert access.is_member(email, True, MEMBERS)
    assert access.is_member(email, None, MEMBERS)


@pytest.mark.parametrize(
    ("email", "is_verified"),
    [
        ("amt@wittenberge.example", False),
        ("bauamt@wittenberge.example", True),
        ("a@nicht-moelln.example", True),
        ("a@moelln.example.org", True),
        ("a@b@moelln.example", True),
        ("@moelln.example.", True),
        (None, True),
        ("", True),
    ],
)
def test_strangers_are_not(email: object, is_verified: object) -> None:
    assert not access.is_member(email, is_verified, MEMBERS)


def test_nobody_is_a_member_of_an_empty_list() -> None:
    assert not access.is_member("amt@wittenberge.example", True, [])


@pytest.mark.usefixtures("closed")
def test_a_right_holds_for_its_file_until_the_end_of_the_next_day() -> None:
    right = access.right("kennzahl/population.csv", "r1", TODAY)
    for days in (0, 1):
        assert access.is_right("kennzahl/population.csv", "r1", right, TODAY + dt.timedelta(days))
    assert not access.is_right("kennzahl/population.csv", "r1", right, TODAY + dt.timedelta(2))
    assert not access.is_right("kennzahl/population.png", "r1", right, TODAY)
    assert not access.is_right("kennzahl/population.csv", "r0", right, TODAY)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    "forged", ["", ".", "2026-04-01", "2026-04-01.", "2026-04-01.00", "9999-12-31.{sign}", "x.y", "2026-04-01.ä"]
)
def test_no_right_is_made_up(forged: str) -> None:
    sign = access.right("kennzahl/population.csv", "r1", TODAY).partition(".")[2]
    assert not access.is_right("kennzahl/population.csv", "r1", forged.format(sign=sign), TODAY)


def test_where_everybody_may_look_no_right_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STADTLABOR_ACCESS", raising=False)
    assert access.right("a/b.csv", "r1") == ""
    assert access.is_right("a/b.csv", "r1", "")


def test_a_setting_that_is_no_word_known_stops_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STADTLABOR_ACCESS", "sign-in")
    with pytest.raises(access.AccessError, match="'sign-in'; it can be 'open' or 'signin'"):
        access.check()


@pytest.mark.usefixtures("closed")
def test_signing_in_without_a_provider_stops_the_server() -> None:
    with pytest.raises(access.AccessError, match=r"needs \[auth\] client_id"):
        access.check()
