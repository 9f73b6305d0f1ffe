"""Accounts with a password that everybody knows: on the private server alone, never in public."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from catalog.management import demo
from catalog.management.commands import prepare
from config import start

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps of ``prepare`` are noted and not taken."""
    taken: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: taken.append(name))
    return taken


@pytest.fixture
def roles_made() -> None:
    call_command("make_roles", verbosity=0)


def test_prepare_makes_no_accounts_unless_it_is_told_to(steps: list[str], settings: Any):
    settings.PRIVATE_SERVER, settings.PRODUCTION = True, False
    call_command("prepare", verbosity=0)

    assert "migrate" in steps
    assert not User.objects.exists()


def test_the_demo_has_its_accounts(steps: list[str], roles_made: None, settings: Any):
    settings.PRIVATE_SERVER, settings.PRODUCTION = True, False
    call_command("prepare", demo=True, verbosity=0)

    assert demo.open_accounts() == sorted(demo.NAMES)


@pytest.mark.parametrize(("private", "production"), [(False, False), (False, True), (True, True)])
def test_elsewhere_they_are_refused_before_anything_is_done(
    private: bool, production: bool, steps: list[str], settings: Any
):
    settings.PRIVATE_SERVER, settings.PRODUCTION = private, production
    with pytest.raises(CommandError, match="everybody knows"):
        call_command("prepare", demo=True, verbosity=0)

    assert steps == []
    assert not User.objects.exists()


def test_a_public_site_does_not_start_while_one_can_log_in(
    steps: list[str], roles_made: None, settings: Any
):
    demo.make_accounts()
    start.refuse_open_doors()  # the demo itself starts
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="administrator, contributor, editor, reviewer"):
        start.refuse_open_doors()
    with pytest.raises(CommandError, match="administrator"):
        call_command("prepare", verbosity=0)

    for name in ("administrator", "contributor"):
        user = User.objects.get(username=name)
        user.set_password("something that nobody knows")
        user.save()
    User.objects.filter(username="editor").update(is_active=False)
    User.objects.filter(username="reviewer").delete()
    start.refuse_open_doors()
    call_command("prepare", verbosity=0)


def test_a_database_that_does_not_answer_stops_no_start(
    settings: Any, monkeypatch: pytest.MonkeyPatch
):
    def broken() -> str:
        raise DatabaseError("away")

    settings.PRODUCTION = True
    monkeypatch.setattr(demo, "refusal", broken)
    start.refuse_open_doors()
