"""The way into the desk: log-in, lock-out, sessions that end, public pages untouched."""

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from catalog.desk import two_factor
from tests.desk.staff import (
    CLOSED,
    DESK,
    PASSWORD,
    WRONG,
    code_of,
    enrolled,
    is_inside,
    log_in,
    now_code,
    text_of,
    words_of,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("two_factors"),
]


def test_a_code_opens_the_desk_once(client: Client, eve: User, codes: list[str]) -> None:
    code = code_of(eve)

    assert log_in(client, code).status_code == 302
    assert is_inside(client)
    replayed = log_in(Client(), code)
    assert WRONG in text_of(replayed)
    assert log_in(Client(), code_of(eve, later=30)).status_code == 302


def test_a_wrong_code_keeps_the_name(client: Client, eve: User, codes: list[str]) -> None:
    response = log_in(client, "000000")

    assert 'value="eve"' in text_of(response)
    assert PASSWORD not in text_of(response)
    assert "000000" not in text_of(response)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", " ")])
def test_a_recovery_code_opens_the_desk_once(client: Client, codes: list[str], typed: Any) -> None:
    assert log_in(client, typed(codes[0])).status_code == 302
    assert "9 are left" in text_of(client.get(DESK))

    assert WRONG in text_of(log_in(Client(), codes[0]))
    assert log_in(Client(), codes[1]).status_code == 302


def test_recovery_codes_are_not_kept_as_they_are(codes: list[str]) -> None:
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == len(codes)
    assert not kept & {two_factor.plain(code) for code in codes}


def test_the_code_of_another_account_does_not_help(
    client: Client, eve: User, codes: list[str]
) -> None:
    mallory = User.objects.create_user("mallory", password=PASSWORD, is_staff=True)
    key = two_factor.new_key()
    two_factor.enrol(user=mallory, key=key, code=now_code(key))

    assert WRONG in text_of(log_in(client, code_of(mallory, later=30)))
    assert WRONG in text_of(log_in(client, codes[0], username="mallory"))


def wrong_ways(codes: list[str]) -> list[dict[str, str]]:
    return [
        {"username": "nobody"},
        {"password": "wrong"},
        {"username": "reader"},
        {"username": "gone"},
        {"code": ""},
        {"code": "000000"},
        {"code": "aaaaa-aaaaa"},
        {"code": "６６６６６６"},
    ]


def test_nothing_tells_what_was_wrong(client: Client, codes: list[str]) -> None:
    """Every way to be wrong looks the same and counts the same."""
    User.objects.create_user("reader", password=PASSWORD)
    User.objects.create_user("gone", password=PASSWORD, is_staff=True, is_active=False)
    pages = set()
    for number, way in enumerate(wrong_ways(codes)):
        form = {"username": "eve", "code": "000000"} | way
        response = log_in(client, **form, REMOTE_ADDR=f"192.0.2.{number}")
        assert response.status_code == 200
        pages.add(words_of(response))
        counted = AccessAttempt.objects.get(ip_address=f"192.0.2.{number}")
        assert counted.failures_since_start == 1
    assert len(pages) == 1
    assert WRONG in pages.pop()


def test_a_form_that_cannot_be_read_tries_nothing(client: Client, codes: list[str]) -> None:
    for code in ("1" * 41, "12\x003456"):
        answers = [
            words_of(log_in(client, code, password=password)) for password in (PASSWORD, "wrong")
        ]
        assert answers[0] == answers[1]
    assert not AccessAttempt.objects.exists()


def fail(times: int, client: Client | None = None, **more: Any) -> Any:
    for _ in range(times):
        response = log_in(client or Client(), **({"password": "wrong"} | more))
    return response


@pytest.mark.parametrize("name", ["eve", "nobody"])
def test_five_failures_close_the_log_in_and_the_page_says_until_when(eve: User, name: str) -> None:
    assert fail(4, username=name).status_code == 200
    response = fail(1, username=name)

    end = timezone.now() + dt.timedelta(minutes=30)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 1800
    assert CLOSED in text_of(response)
    assert f"UTC on {end.day} {end:%B}" in text_of(response)
    again = fail(1, username=name, password=PASSWORD)
    assert (again.status_code, CLOSED in text_of(again)) == (429, True)


def test_the_lock_ends_after_half_an_hour_and_not_later(client: Client, eve: User) -> None:
    fail(5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=29))
    assert log_in(client).status_code == 429  # and this does not make it longer
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=31))

    assert log_in(client).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_a_log_in_forgets_the_failures_before_it(eve: User) -> None:
    for _ in range(2):
        fail(4)
        assert log_in(Client()).status_code == 302


def test_a_right_password_with_a_wrong_code_does_not(eve: User, codes: list[str]) -> None:
    fail(2)
    response = fail(3, password=PASSWORD, code="000000")

    assert response.status_code == 429
    assert log_in(Client(), code_of(eve)).status_code == 429
    assert log_in(Client(), codes[0]).status_code == 429
    assert two_factor.codes_left(eve) == 10


def test_another_browser_does_not_help_and_is_not_kept(eve: User) -> None:
    for number in range(5):
        fail(1, HTTP_USER_AGENT=f"Browser {number}")

    assert log_in(Client(), HTTP_USER_AGENT="Browser 9").status_code == 429
    assert AccessAttempt.objects.get().user_agent == ""


def test_the_lock_is_for_one_name_from_one_network(eve: User) -> None:
    User.objects.create_user("rea", password=PASSWORD, is_staff=True)
    fail(5, REMOTE_ADDR="192.0.2.1")

    assert log_in(Client(), REMOTE_ADDR="192.0.2.1").status_code == 429
    assert log_in(Client(), REMOTE_ADDR="192.0.2.1", username="rea").status_code == 302
    assert log_in(Client(), REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "header", "others"),
    [
        (0, "192.0.2.{}", 429),  # a client can write what it likes
        (1, "192.0.2.{}", 302),
        (1, "192.0.2.{}, 198.51.100.1", 429),
        (1, "2001:db8::{}", 429),  # one network
        (1, "2001:db8:{}::1", 302),
        (1, "not an address {}", 429),
    ],
)
def test_networks_are_told_as_the_limits_of_the_api_tell_them(
    settings: Any, eve: User, proxies: int, header: str, others: int
) -> None:
    settings.TRUSTED_PROXIES = proxies
    fail(5, HTTP_X_FORWARDED_FOR=header.format(1))

    assert log_in(Client(), HTTP_X_FORWARDED_FOR=header.format(2)).status_code == others


def test_no_code_or_password_is_kept_with_the_failure(eve: User, codes: list[str]) -> None:
    fail(2, password="secret-typo", code="987654")  # noqa: S106

    attempt = AccessAttempt.objects.get()
    assert "secret-typo" not in attempt.post_data
    assert "987654" not in attempt.post_data


def test_an_administrator_opens_a_closed_log_in(client: Client, eve: User) -> None:
    fail(5)
    enrolled(client, "root", is_superuser=True)
    attempt = AccessAttempt.objects.get()

    client.post(f"/desk/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"})

    assert log_in(Client()).status_code == 302


def test_a_session_ends_eight_hours_after_the_log_in_however_busy(
    client: Client, eve: User, codes: list[str]
) -> None:
    log_in(client, code_of(eve))
    cookie = client.cookies["sessionid"]
    row = Session.objects.get()
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    left = row.expire_date - timezone.now()
    assert dt.timedelta(hours=7, minutes=59) < left <= dt.timedelta(hours=8)

    later = timezone.now() + dt.timedelta(hours=7)
    with mock.patch("django.utils.timezone.now", return_value=later):
        session = client.session
        session["busy"] = True
        session.save()
        assert is_inside(client)
    assert abs(Session.objects.get().expire_date - row.expire_date) < dt.timedelta(seconds=1)
    end = row.expire_date + dt.timedelta(minutes=1)
    with mock.patch("django.utils.timezone.now", return_value=end):
        assert not is_inside(client)


def test_every_log_in_has_a_key_of_its_own(client: Client, eve: User, codes: list[str]) -> None:
    keys = []
    for later in (0, 30):
        log_in(client, code_of(eve, later=later))
        keys.append(client.session.session_key)
    assert len(set(keys)) == 2
    assert [row.session_key for row in Session.objects.all()] == keys[1:]


def test_logging_out_takes_a_post(client: Client, eve: User, codes: list[str]) -> None:
    log_in(client, code_of(eve))
    assert client.get("/desk/logout/").status_code == 405
    assert is_inside(client)
    client.post("/desk/logout/")
    assert not is_inside(client)
    assert not Session.objects.exists()


def test_a_new_password_ends_the_other_sessions(
    client: Client, eve: User, codes: list[str]
) -> None:
    other = Client()
    log_in(client, code_of(eve))
    log_in(other, codes[0])
    new = "another horse entirely"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    assert client.post("/desk/password_change/", form).status_code == 302

    assert is_inside(client)
    assert not is_inside(other)


PUBLIC = ["/", "/systems/", "/about/", "/api/v1/systems", "/nowhere/", "/healthz"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_have_no_cookie_and_ask_for_no_session(client: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    tables = ("django_session", "auth_user", "otp_", "axes_")
    assert [q["sql"] for q in queries if any(table in q["sql"] for table in tables)] == []


@pytest.mark.parametrize("address", PUBLIC)
def test_they_do_not_look_at_the_cookie_of_an_editor(
    client: Client, eve: User, codes: list[str], address: str
) -> None:
    log_in(client, code_of(eve))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    assert not response.cookies
    assert [q["sql"] for q in queries if "django_session" in q["sql"]] == []
