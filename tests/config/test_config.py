"""Settings from the environment: what is missing or wrong is said in a sentence."""

import os
import subprocess
import sys
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from catalog.models import Submission
from catalog.submissions.links import key_in, token_of
from config import database, env
from config.healthcheck import healthy


@pytest.mark.parametrize(("value", "result"), [("yes", True), ("0", False), ("", True)])
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, result: bool):
    monkeypatch.setenv("GLASSBOX_TEST", value)
    assert env.flag("GLASSBOX_TEST", default=True) is result


def test_what_is_wrong_with_a_variable_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GLASSBOX_TEST", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="write yes or no"):
        env.flag("GLASSBOX_TEST", default=False)
    with pytest.raises(ImproperlyConfigured, match="write a whole number"):
        env.number("GLASSBOX_TEST", 1)
    monkeypatch.delenv("GLASSBOX_TEST")
    with pytest.raises(ImproperlyConfigured, match="Set GLASSBOX_TEST in the environment: why"):
        env.required("GLASSBOX_TEST", "why")
    assert env.number("GLASSBOX_TEST", 7) == 7
    assert env.words("GLASSBOX_TEST", "a, b,") == ["a", "b"]


BAD_NUMBERS = ["-1", "1.5", "1e3", "²", "٣", "9" * 30, "0x10", "1_000", "+ 1", "NaN"]


@pytest.mark.parametrize("value", BAD_NUMBERS)
def test_a_number_that_means_nothing_is_refused(value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GLASSBOX_TEST", value)
    with pytest.raises(ImproperlyConfigured, match="GLASSBOX_TEST is"):
        env.number("GLASSBOX_TEST", 1)


SOUND = {
    "GLASSBOX_ENV": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH",
    "ALLOWED_HOSTS": "glassbox.example.org,.example.net,[::1],localhost",
    "SECRET_KEY_FALLBACKS": "",
    "DATABASE_URL": "postgresql://localhost/none",
}


def started(**changes: str) -> str:
    """What a process says that reads the settings with this environment; empty where it starts."""
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings as s; print(s.SECRET_KEY_FALLBACKS)"],
        cwd=settings.BASE_DIR,
        env=os.environ | SOUND | changes,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


OLD = "abcdefghijklmnopqrstuvwxyz" * 3
UNSAFE = [
    ("SECRET_KEY", "x", "can be guessed"),
    ("SECRET_KEY", "x" * 60, "can be guessed"),
    ("SECRET_KEY", "abc" * 30, "can be guessed"),
    ("SECRET_KEY", "", "Set SECRET_KEY"),
    (
        "SECRET_KEY",
        "development-only-and-known-to-everybody-never-use-this-in-production",
        "can be guessed",
    ),
    ("SECRET_KEY_FALLBACKS", f"{OLD},short", "can be guessed"),
    ("ALLOWED_HOSTS", "*", "not the name of a site"),
    ("ALLOWED_HOSTS", "glassbox.example.org,*", "not the name of a site"),
    ("ALLOWED_HOSTS", "*.example.org", "not the name of a site"),
    ("ALLOWED_HOSTS", ".org", "not the name of a site"),
    ("ALLOWED_HOSTS", ".", "not the name of a site"),
    ("ALLOWED_HOSTS", "https://example.org", "not the name of a site"),
    ("ALLOWED_HOSTS", "example.org:8000", "not the name of a site"),
    ("ALLOWED_HOSTS", "a b", "not the name of a site"),
    ("ALLOWED_HOSTS", " , ", "Set ALLOWED_HOSTS"),
    ("TRUSTED_PROXIES", "-1", "at least 0"),
    ("TRUSTED_PROXIES", "99", "at most 10"),
    ("API_READS", "0", "at least 1"),
    ("PAGE_CACHE_SECONDS", "-5", "at least 0"),
    ("EMAIL_PORT", "70000", "at most 65535"),
]


@pytest.mark.parametrize(("name", "value", "said"), UNSAFE)
def test_a_public_site_does_not_start_with_an_unsafe_value(name: str, value: str, said: str):
    extra = {"EMAIL_HOST": "mail.example.org"} if name == "EMAIL_PORT" else {}
    assert said in started(**{name: value}, **extra)


def test_a_public_site_starts_with_sound_values():
    assert started() == ""
    assert started(SECRET_KEY_FALLBACKS=f"{OLD}, {OLD[::-1]}") == ""


def test_what_an_older_key_signed_is_still_taken(settings: Any):
    submission = Submission(key=uuid.uuid4())
    token = token_of(submission)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = OLD

    assert key_in(token) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert key_in(token) == submission.key
    assert token_of(submission) != token


def test_a_database_url_becomes_settings():
    parsed = database.parse("postgresql://me:p%40ss@db.example.org:5433/box?sslmode=require")
    assert (parsed["USER"], parsed["PASSWORD"], parsed["NAME"]) == ("me", "p@ss", "box")
    assert (parsed["HOST"], parsed["PORT"]) == ("db.example.org", "5433")
    assert parsed["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 5}
    assert database.parse("postgresql:///box?host=/run/pg")["HOST"] == "/run/pg"
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database.parse("mysql://localhost/box")


def test_behind_a_pooler_a_connection_keeps_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_POOLED", "yes")

    parsed = database.parse("postgresql:///box")

    assert parsed["OPTIONS"] == {"prepare_threshold": None}
    assert parsed["DISABLE_SERVER_SIDE_CURSORS"] is True


@pytest.mark.django_db
def test_the_site_is_healthy_while_the_database_answers(client: Client):
    assert client.get("/healthz").status_code == 200


def test_without_a_server_the_health_check_fails():
    assert healthy(9) is False
