"""Fixtures that tests of several rooms use."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.desk import roles, two_factor
from catalog.models import License, LicenseAlias
from tests import databases
from tests.desk.staff import PASSWORD, now_code
from tests.http_server import HttpServer
from tests.hub_server import FakeHub, serving
from tests.intake.files.loading_files import FILES, write


@pytest.fixture
def files(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A running Hub; the environment names it and holds no token."""
    with serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.delenv("HF_TOKEN", raising=False)
        monkeypatch.setenv("NO_PROXY", "*")
        yield running


@pytest.fixture
def licences(db: None) -> None:
    """A few licences and other names for them."""
    names = ["Apache-2.0", "MIT", "LicenseRef-Llama-3", "LicenseRef-Gemma"]
    License.objects.bulk_create(License(spdx_id=name, name=name) for name in names)
    LicenseAlias.objects.bulk_create(
        [
            LicenseAlias(alias="llama3", expression="LicenseRef-Llama-3"),
            LicenseAlias(alias="gemma", expression="LicenseRef-Gemma"),
        ]
    )


@pytest.fixture(scope="module")
def whole_catalogue(whole_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The whole catalogue, for all tests of a module from here on."""
    with django_db_blocker.unblock(), databases.used(whole_database):
        yield


@pytest.fixture
def catalogue(whole_catalogue: None, db: None) -> None:
    """The whole catalogue; what a test writes is gone after it."""


@pytest.fixture
def server() -> Iterator[HttpServer]:
    """A web server on this machine, until the end of the test."""
    with HttpServer() as running_server:
        yield running_server


@pytest.fixture
def two_factors(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """On, as in production; nobody waits after a wrong code, and no code runs out meanwhile."""
    step = int(time.time()) // 30
    monkeypatch.setattr(time, "time", lambda: step * 30 + 15.0)
    settings.STAFF_TWO_FACTOR = True
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    settings.OTP_STATIC_THROTTLE_FACTOR = 0


@pytest.fixture
def eve(db: None, two_factors: None) -> User:
    roles.make_roles()
    user = User.objects.create_user("eve", password=PASSWORD)
    roles.give_role(user=user, role="Editor")
    return user


@pytest.fixture
def codes(eve: User) -> list[str]:
    """Eve has a device; these are her recovery codes."""
    key = two_factor.new_key()
    found = two_factor.enrol(user=eve, key=key, code=now_code(key))
    assert found is not None
    TOTPDevice.objects.update(last_t=-1)  # the code of this moment is free again
    return found
