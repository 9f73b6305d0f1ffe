"""The second factor: setting it up, renewing, replacing and resetting it."""

import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.desk import two_factor
from tests.desk.staff import (
    CLOSED,
    DESK,
    LOGIN,
    SETUP,
    WRONG,
    code_of,
    enrolled,
    is_inside,
    log_in,
    now_code,
    secret_on,
    shown_codes,
    text_of,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("two_factors"),
]


def test_staff_without_a_device_set_one_up_before_anything_else(client: Client, eve: User) -> None:
    assert log_in(client).status_code == 302
    for address in (DESK, "/desk/catalog/aisystem/", "/desk/password_change/", "/desk/nowhere/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, SETUP)
    assert client.post("/desk/catalog/aisystem/add/", {"name": "X"})["Location"] == SETUP

    page = client.get(SETUP)
    key = secret_on(page)
    assert "<svg" in text_of(page)
    assert "otpauth://totp/Glassbox%3Aeve?secret=" in text_of(page)
    assert "style=" not in text_of(page)
    assert "no-store" in page["Cache-Control"]
    wrong = client.post(SETUP, {"code": "12"})
    assert "not right" in text_of(wrong)
    assert secret_on(wrong) == key
    done = client.post(SETUP, {"code": now_code(key)})

    assert len(set(shown_codes(done))) == two_factor.RECOVERY_CODES
    assert is_inside(client)
    assert shown_codes(client.get(SETUP)) == []


def test_the_first_code_does_not_open_the_log_in_as_well(client: Client, eve: User) -> None:
    log_in(client)
    code = now_code(secret_on(client.get(SETUP)))
    client.post(SETUP, {"code": code})

    assert WRONG in text_of(log_in(Client(), code))


def test_a_secret_is_seen_by_one_session_alone(client: Client, eve: User) -> None:
    """Whoever has the password and looked first does not know what the owner sets up."""
    other = Client()
    log_in(client)
    log_in(other)

    mine, theirs = secret_on(client.get(SETUP)), secret_on(other.get(SETUP))
    client.post(SETUP, {"code": now_code(mine)})
    late = other.post(SETUP, {"code": now_code(theirs)})

    assert mine != theirs
    assert late["Location"] == f"{LOGIN}?next={SETUP}"
    assert TOTPDevice.objects.get().key == mine
    assert not is_inside(other)


def test_the_page_is_for_staff(client: Client, settings: Any, eve: User) -> None:
    assert client.get(SETUP)["Location"] == LOGIN
    client.force_login(User.objects.create_user("reader"))
    assert client.get(SETUP)["Location"] == LOGIN
    settings.STAFF_TWO_FACTOR = False
    client.force_login(eve)
    assert client.get(SETUP).status_code == 404


def test_the_demo_asks_for_no_code(client: Client, settings: Any, codes: list[str]) -> None:
    settings.STAFF_TWO_FACTOR = False

    assert 'name="code"' not in text_of(client.get(LOGIN))
    log_in(client)
    assert is_inside(client)
    settings.STAFF_TWO_FACTOR = True
    assert not is_inside(client)
    assert "which does not open this page" in text_of(client.get(LOGIN))


def test_whoever_has_not_finished_can_log_out(client: Client, eve: User) -> None:
    log_in(client)
    assert "logout-form" in text_of(client.get(SETUP))
    client.post("/desk/logout/")
    assert client.get(DESK)["Location"] == f"{LOGIN}?next={DESK}"


def test_new_recovery_codes_take_a_current_code(
    client: Client, eve: User, codes: list[str]
) -> None:
    log_in(client, code_of(eve))
    assert "Authenticator app, since" in text_of(client.get(SETUP))
    refused = client.post(f"{SETUP}codes/", {"code": code_of(eve)})
    assert "was used" in text_of(refused)

    renewed = shown_codes(client.post(f"{SETUP}codes/", {"code": code_of(eve, later=30)}))

    assert len(renewed) == 10
    assert WRONG in text_of(log_in(Client(), codes[0]))
    assert log_in(Client(), renewed[0]).status_code == 302
    assert is_inside(client)


def test_replacing_the_device_ends_what_the_old_one_opened(
    client: Client, eve: User, codes: list[str]
) -> None:
    other = Client()
    log_in(client, code_of(eve))
    log_in(other, codes[0])
    old = TOTPDevice.objects.get().key

    begun = client.post(f"{SETUP}replace/", {"code": codes[1]})
    assert begun["Location"] == SETUP
    key = secret_on(client.get(SETUP))
    assert is_inside(other)
    assert shown_codes(client.post(SETUP, {"code": now_code(key)}))

    assert key != old
    assert TOTPDevice.objects.get().key == key
    assert is_inside(client)
    assert not is_inside(other)
    for stale in (now_code(old, later=30), codes[2]):
        assert WRONG in text_of(log_in(Client(), stale))


def test_a_replacement_can_be_called_off_and_does_not_wait_for_ever(
    client: Client, eve: User, codes: list[str]
) -> None:
    log_in(client, code_of(eve))
    for call_off in (True, False):
        client.post(f"{SETUP}replace/", {"code": codes.pop()})
        assert "Replace your device" in text_of(client.get(SETUP))
        if call_off:
            client.post(f"{SETUP}replace/", {"keep": "yes"})
        else:
            session = client.session
            session["two_factor_replacing_until"] = time.time() - 1
            session.save()
        assert "Replace your device" not in text_of(client.get(SETUP))


@pytest.mark.parametrize("page", ["codes/", "replace/"])
def test_wrong_codes_in_the_desk_count_as_failed_log_ins(
    client: Client, eve: User, codes: list[str], page: str
) -> None:
    log_in(client, code_of(eve))
    for _ in range(4):
        assert client.post(SETUP + page, {"code": "000000"}).status_code == 200
    closed = client.post(SETUP + page, {"code": "000000"})

    assert (closed.status_code, CLOSED in text_of(closed)) == (429, True)
    assert CLOSED in text_of(client.post(SETUP + page, {"code": codes[0]}))
    assert log_in(Client(), codes[0]).status_code == 429


@pytest.mark.parametrize("page", ["codes/", "replace/"])
def test_without_a_device_there_is_nothing_to_renew(client: Client, eve: User, page: str) -> None:
    log_in(client)
    assert client.post(SETUP + page, {"code": "000000"})["Location"] == SETUP
    assert client.get(SETUP + page).status_code == 405
    assert not StaticToken.objects.exists()


@pytest.mark.parametrize("page", ["", "codes/", "replace/"])
def test_a_password_alone_reaches_no_device(
    client: Client, eve: User, codes: list[str], page: str
) -> None:
    client.force_login(eve)
    response = client.post(SETUP + page, {"code": codes[0]})

    assert response["Location"].startswith(LOGIN)
    assert two_factor.codes_left(eve) == 10


def test_an_administrator_resets_the_device_of_another(eve: User, codes: list[str]) -> None:
    hers, mine = Client(), Client()
    log_in(hers, code_of(eve))
    root = enrolled(mine, "root", is_superuser=True)
    device = TOTPDevice.objects.get(user=eve)

    listing = text_of(mine.get("/desk/otp_totp/totpdevice/"))
    assert device.key not in listing + text_of(mine.get(f"/desk/otp_totp/totpdevice/{device.pk}/"))
    reset = mine.post(f"/desk/otp_totp/totpdevice/{device.pk}/delete/", {"post": "yes"})

    assert reset.status_code == 302
    assert not StaticToken.objects.filter(device__user=eve).exists()
    assert hers.get(DESK)["Location"] == SETUP
    assert TOTPDevice.objects.filter(user=root).exists()


def test_nobody_resets_their_own_device_without_a_code(client: Client, eve: User) -> None:
    root = enrolled(client, "root", is_superuser=True)
    device = TOTPDevice.objects.get(user=root)
    form = {"action": "delete_selected", "_selected_action": [device.pk], "post": "yes"}

    alone = client.post(f"/desk/otp_totp/totpdevice/{device.pk}/delete/", {"post": "yes"})
    listed = client.post("/desk/otp_totp/totpdevice/", form)
    account = client.post(f"/desk/auth/user/{root.pk}/delete/", {"post": "yes"})

    assert [alone.status_code, listed.status_code, account.status_code] == [403, 403, 403]
    assert TOTPDevice.objects.filter(user=root).exists()


def test_many_devices_are_reset_at_once(client: Client, eve: User, codes: list[str]) -> None:
    enrolled(client, "root", is_superuser=True)
    device = TOTPDevice.objects.get(user=eve)
    form = {"action": "delete_selected", "_selected_action": [device.pk], "post": "yes"}

    client.post("/desk/otp_totp/totpdevice/", form)

    assert not two_factor.has_device(eve)
    assert two_factor.codes_left(eve) == 0


def test_a_device_is_reset_from_the_shell(eve: User, codes: list[str], capsys: Any) -> None:
    call_command("reset_two_factor", "eve")
    assert not two_factor.has_device(eve)
    assert "next log-in" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no account “nobody”"):
        call_command("reset_two_factor", "nobody")
