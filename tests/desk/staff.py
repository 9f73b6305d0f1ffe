"""Logging in to the desk as a browser does, with codes as an app shows them."""

import re
import time
from base64 import b32decode
from html import unescape
from typing import Any
from unittest import mock

from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.desk import two_factor

PASSWORD = "correct horse battery"  # noqa: S105
DESK, LOGIN, SETUP = "/desk/", "/desk/login/", "/desk/two-factor/"
WRONG = "This is not the user name, password and code of a staff account."
CLOSED = "Too many failed attempts"


def now_code(key: str, *, later: int = 0) -> str:
    with mock.patch("django_otp.oath.time", return_value=time.time() + later):
        return f"{totp(bytes.fromhex(key)):06d}"


def code_of(user: User, *, later: int = 0) -> str:
    return now_code(TOTPDevice.objects.get(user=user).key, later=later)


def log_in(client: Client, code: str = "", **more: Any) -> Any:
    form = {"username": "eve", "password": PASSWORD, "code": code, "next": DESK}
    extra = {name: more.pop(name) for name in list(more) if name.isupper()}
    return client.post(LOGIN, form | more, **extra)


def is_inside(client: Client) -> bool:
    return bool(client.get(DESK).status_code == 200)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def shown_codes(response: Any) -> list[str]:
    return re.findall(r"<li><code>([a-z0-9]{5}-[a-z0-9]{5})</code>", text_of(response))


def secret_on(response: Any) -> str:
    found = re.search(r'id="secret">([A-Z2-7 ]+)<', text_of(response))
    assert found is not None
    return b32decode(found.group(1).replace(" ", "")).hex()


def words_of(response: Any) -> str:
    """What a page says, but for what was typed and for its nonce."""
    return re.sub(r"<input[^>]*>|nonce=\"[^\"]*\"", "", text_of(response))


def enrolled(client: Client, name: str, **more: Any) -> User:
    """Another account with a device, logged in."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **more)
    key = two_factor.new_key()
    two_factor.enrol(user=user, key=key, code=now_code(key))
    assert log_in(client, now_code(key, later=30), username=name).status_code == 302
    return user
