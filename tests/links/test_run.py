"""A run over the cited pages, the command and the task that start one, and which pages it sees."""

import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.tasks import default_task_backend
from django.utils import timezone

from catalog.links import check_links, run, user_agent
from catalog.links.rows import look_again, record_links
from catalog.models import CatalogState, Link, LinkState
from catalog.models.mixins import FactRecord
from catalog.querysets.links import citations, citing
from catalog.tasks import check_due_links
from tests import factories as make
from tests.http_server import HttpServer
from tests.links.link_server import NOON, add, fetcher_for, look, manners_for

pytestmark = [pytest.mark.django_db, pytest.mark.once]

GONE_HOSTS = ["one.example.org", "two.example.org", "three.example.org", "four.example.org"]


# --- a run --------------------------------------------------------------------------------------


def test_a_run_tells_what_broke_and_what_is_back(server: HttpServer):
    server.answer("/back")
    good = add(server, "/gone", state="ok", checked_at=NOON)
    bad = add(server, "/back", state="broken", checked_at=NOON, failures=2)
    before = CatalogState.objects.current()
    report = check_links(links=[good, bad], manners=manners_for(server))
    assert (report.broken, report.restored) == ([good.url], [bad.url])
    assert CatalogState.objects.current() > before


def test_the_archived_copy_is_an_editors_and_stays(server: HttpServer):
    copy = "https://web.archive.org/web/2026/https://page.example.org/"
    assert look(server, add(server, "/x", archive_url=copy)).archive_url == copy


def test_a_run_that_is_broken_off_keeps_what_it_has(server: HttpServer):
    links = [add(server, f"/{number}") for number in range(6)]
    done = []

    def watch(pages: int) -> None:
        done.append(pages)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(links=links, manners=manners_for(server), watch=watch)
    assert Link.objects.filter(state="broken").count() == 2
    assert Link.objects.due(timezone.now()).count() == 4


def test_silent_hosts_are_not_blamed_while_our_own_line_may_be_dead(server: HttpServer):
    links = [add(server, host=host) for host in GONE_HOSTS]
    report = check_links(links=links, manners=manners_for(server, unknown=GONE_HOSTS))
    assert report.offline
    assert report.looked_at == 0
    assert Link.objects.filter(state="unchecked", failures=0).count() == 4


def test_silent_hosts_are_noted_once_a_page_that_was_good_answers(server: HttpServer):
    server.answer("/good")
    add(server, "/good", state="ok", checked_at=NOON, last_good_on=NOON.date())
    links = [add(server, host=host) for host in GONE_HOSTS]
    report = check_links(links=links, manners=manners_for(server, unknown=GONE_HOSTS))
    assert not report.offline
    assert Link.objects.filter(state="uncertain", failures=1).count() == 4


def test_two_silent_hosts_are_noted_as_they_are(server: HttpServer):
    links = [add(server, host=host) for host in GONE_HOSTS[:2]]
    report = check_links(links=links, manners=manners_for(server, unknown=GONE_HOSTS))
    assert report.looked_at == 2
    assert "has no address" in Link.objects.first().problem


# --- which pages ---------------------------------------------------------------------------------


def test_every_table_that_has_evidence_has_its_pages_looked_at():
    recorded = {
        model for model in apps.get_app_config("catalog").get_models()
        if issubclass(model, FactRecord)
    }  # fmt: skip
    assert recorded == set(citing())


def test_evidence_licence_texts_and_components_become_links_once():
    system = make.make_system(slug="olmo", components={})
    make.make_component(
        system=system,
        licence="MIT",
        url="https://example.org/weights",
        licence_url="https://example.org/licence",
    )
    make.make_dataset(slug="dolma", homepage="https://example.org/weights")
    assert record_links() == 3
    assert record_links() == 0
    found = citations(["https://example.org/weights", "https://example.org/nobody"])
    assert [(row.kind, row.slug) for row in found["https://example.org/weights"]] == [
        ("dataset", "dolma"),
        ("system", "olmo"),
    ]
    assert len(found) == 1


def test_a_page_that_nothing_links_to_any_more_is_left_alone():
    make.make_dataset(homepage="https://example.org/data")
    record_links()
    Link.objects.create(url="https://example.org/forgotten")
    assert [link.url for link in Link.objects.cited()] == ["https://example.org/data"]


def test_unpublished_systems_are_not_told_to_visitors():
    system = make.make_system(slug="hidden", components={"weights_final": "MIT"})
    type(system).objects.filter(pk=system.pk).update(is_published=False)
    assert citations([make.EVIDENCE]) == {}
    assert [row.slug for row in citations([make.EVIDENCE], public=False)[make.EVIDENCE]] == [
        "hidden"
    ]


# --- command and task ----------------------------------------------------------------------------


@pytest.fixture
def cited(server: HttpServer, monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """Two cited pages, one of them gone; the command asks the test's server."""
    settings.CRAWLER_CONTACT = "https://glassbox.example.org/contact"
    monkeypatch.setattr(run, "Fetcher", lambda user_agent: fetcher_for(server))
    monkeypatch.setattr(run, "PAUSE", 0)
    server.answer("/there")
    urls = [server.url(path, host="page.example.org") for path in ("/there", "/gone")]
    for number, url in enumerate(urls):
        make.make_dataset(slug=f"set-{number}", homepage=url)
    return urls


def check(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_links", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_by_its_exit_status_that_a_page_broke(cited: list[str]):
    status, said = check()
    assert status == 3
    assert f"not reachable: {cited[1]}" in said
    assert check() == (0, "0 pages checked.\n")
    status, said = check("--all")
    assert status == 0
    assert "2 pages checked: not reachable: 1, reachable: 1." in said


def test_the_command_reports_as_json(cited: list[str]):
    status, said = check("--json")
    assert status == 3
    assert json.loads(said) == {
        "looked_at": 2, "postponed": 0, "offline": False,
        "states": {"broken": 1, "ok": 1}, "newly_broken": [cited[1]], "restored": [],
    }  # fmt: skip


def test_the_command_looks_at_some_or_at_one(cited: list[str]):
    assert check("--limit", "1")[1].startswith("1 pages")
    assert check("--url", cited[0])[1].startswith("1 pages")
    assert Link.objects.get(url=cited[0]).state == LinkState.OK
    assert check("--url", "https://example.org/not-cited")[0] == 1
    assert check("--limit", "-1")[0] == 1


def test_the_command_tells_a_dead_line_apart(
    server: HttpServer, cited: list[str], monkeypatch: pytest.MonkeyPatch
):
    for number, host in enumerate(GONE_HOSTS):
        make.make_dataset(slug=f"lost-{number}", homepage=f"https://{host}/")
    hosts = [*GONE_HOSTS, "page.example.org"]
    monkeypatch.setattr(run, "Fetcher", lambda user_agent: fetcher_for(server, unknown=hosts))
    assert check()[0] == 4
    assert not Link.objects.exclude(state="unchecked").exists()


def test_two_runs_do_not_ask_at_the_same_time(server: HttpServer, cited: list[str]):
    record_links()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [run.LOCK])
        assert check()[0] == 1
        assert check_due_links.enqueue(5).return_value["looked_at"] == 0
    assert server.requests == []
    other.close()
    assert check()[0] == 3
    assert check("--all")[0] == 0


def test_the_command_can_be_broken_off(cited: list[str], monkeypatch: pytest.MonkeyPatch):
    def stop(**values: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("catalog.management.commands.check_links.check_links", stop)
    assert check()[0] == 130


@pytest.mark.parametrize("contact", ["", "Grüße@example.org", "a\nb"])
def test_nobody_is_asked_without_a_contact(contact: str, cited: list[str], settings: Any):
    settings.CRAWLER_CONTACT = contact
    with pytest.raises(ImproperlyConfigured):
        user_agent()
    assert check()[0] == 1


def test_who_we_are_is_said_in_plain_words(settings: Any):
    settings.CRAWLER_CONTACT = "https://glassbox.example.org/contact"
    assert user_agent().startswith("GlassboxLinks/1.0 (")
    assert settings.CRAWLER_CONTACT in user_agent()


def test_the_task_looks_at_a_portion_and_asks_for_the_next(cited: list[str], settings: Any):
    record_links()
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    report = check_due_links.func(1)
    assert report["looked_at"] == 1
    assert len(default_task_backend.results) == 1
    assert check_due_links.func(1)["looked_at"] == 1
    assert len(default_task_backend.results) == 1


def test_the_task_runs_at_once_where_there_is_no_worker(cited: list[str]):
    record_links()
    result = check_due_links.enqueue(5)
    assert result.return_value["looked_at"] == 2


def test_an_editor_can_make_a_page_due(cited: list[str]):
    check()
    link = Link.objects.get(url=cited[0])
    assert look_again(pks=[link.pk]) == 1
    assert list(Link.objects.due(timezone.now())) == [link]
