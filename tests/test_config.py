"""Settings from the environment: what is missing or wrong is said in a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

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
