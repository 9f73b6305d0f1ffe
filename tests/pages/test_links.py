"""What visitors and editors see of pages that are gone."""

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.evaluation.catalogue_version import bump_version
from catalog.models import AISystem, Link
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MARK = 'href="#m-broken"'
COPY = "https://web.archive.org/web/20260101000000/https://example.org/evidence"
GONE: dict[str, Any] = {
    "state": "broken",
    "status_code": 404,
    "problem": "There is no such page (404).",
    "checked_at": NOW,
    "failures": 1,
}


def gone(url: str = make.EVIDENCE, **columns: Any) -> Link:
    return Link.objects.create(url=url, **GONE | columns)


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def full(catalogue: list[AISystem]) -> list[AISystem]:
    first = catalogue[0]
    make.make_claim(system=first)
    make.make_judgement(system=first, definition_id="osaid-1.0", result="fail")
    make.make_training_data(system=first, where="https://example.org/where")
    return catalogue


CITING_PAGES = [
    "/systems/system-0/",
    "/systems/system-0/verdicts/osaid-1.0/",
    "/claims/",
]


@pytest.mark.parametrize("address", CITING_PAGES)
def test_a_dead_page_is_marked_in_shape_and_words_beside_its_link(
    client: Client, full: list[AISystem], address: str
):
    assert "not reachable" not in html(client, address)
    gone(last_good_on=dt.date(2026, 11, 3))
    bump_version()
    shown = html(client, address)
    assert MARK in shown
    assert "not reachable; last reached on 3 November 2026" in shown
    assert f'href="https://web.archive.org/web/*/{make.EVIDENCE}"' in shown
    assert "look for an archived copy" in shown


def test_a_page_that_was_never_reached_is_not_given_a_day(client: Client, full: list[AISystem]):
    gone()
    shown = html(client, "/systems/system-0/")
    assert "<span>not reachable · <a" in shown
    assert "last reached" not in shown


def test_a_known_copy_is_offered_instead_of_a_search(client: Client, full: list[AISystem]):
    gone(archive_url=COPY)
    shown = html(client, "/systems/system-0/")
    assert f'<a href="{COPY}" rel="nofollow">archived copy</a>' in shown
    assert "look for an archived copy" not in shown


@pytest.mark.parametrize("state", ["ok", "redirected", "uncertain", "refused", "unchecked"])
def test_only_a_dead_page_is_marked(client: Client, full: list[AISystem], state: str):
    gone(state=state)
    assert "not reachable" not in html(client, "/systems/system-0/")


@pytest.mark.parametrize(
    ("address", "noun"),
    [
        ("/datasets/dolma/", "Dataset"),
        ("/frameworks/pytorch/", "Framework"),
        ("/licences/MIT/", "License"),
        ("/organisations/maker-0/", "Organization"),
        ("/languages/python/", "ProgrammingLanguage"),
        ("/platforms/huggingface/", "Platform"),
    ],
)
def test_the_pages_of_other_nouns_mark_dead_evidence(
    client: Client, full: list[AISystem], address: str, noun: str
):
    apps.get_model("catalog", noun)._default_manager.update(**make.proof())
    gone()
    assert MARK in html(client, address)


def test_data_that_cannot_be_had_any_more_is_marked(client: Client, full: list[AISystem]):
    gone("https://example.org/where")
    assert html(client, "/systems/system-0/").count(MARK) == 1


def test_an_entry_costs_one_query_for_all_its_links(client: Client, full: list[AISystem]):
    gone()
    with CaptureQueriesContext(connection) as queries:
        html(client, "/systems/system-0/")
    asked = [query for query in queries.captured_queries if "catalog_link" in query["sql"]]
    assert len(asked) == 1
    assert len(queries) <= 11


# --- how the evidence stands ---------------------------------------------------------------------


def test_before_the_first_look_nothing_is_claimed(client: Client, full: list[AISystem]):
    Link.objects.create(url=make.EVIDENCE)
    shown = html(client, "/sources/links/")
    assert "No page has been checked yet" in shown
    assert "There are no results before the first check" in shown


def test_the_list_names_dead_pages_and_the_entries_that_cite_them(
    client: Client, full: list[AISystem]
):
    gone(last_good_on=dt.date(2026, 11, 3))
    Link.objects.create(url="https://example.org/where", state="ok", checked_at=NOW)
    shown = html(client, "/sources/links/")
    assert "There is no such page (404)." in shown
    assert "last reached on 3 November 2026" in shown
    assert '<a href="/systems/system-0/">System 0</a>' in shown
    assert "Checked on" in shown
    assert "2 pages" in shown


def test_pages_that_only_hidden_entries_cite_are_not_listed(client: Client, full: list[AISystem]):
    gone("https://example.org/secret")
    make.make_system(slug="hidden", homepage="https://example.org/secret")
    assert "example.org/secret" in html(client, "/sources/links/")
    AISystem.objects.filter(slug="hidden").update(is_published=False)
    bump_version()
    assert "example.org/secret" not in html(client, "/sources/links/")


def test_an_address_cannot_break_out_of_its_link(client: Client, full: list[AISystem]):
    hostile = 'https://example.org/"><script>alert(1)</script>'
    make.make_dataset(slug="evil", homepage=hostile)
    gone(hostile)
    for address in ("/sources/links/", "/datasets/evil/"):
        assert "<script>alert" not in html(client, address)


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999", "٢"])
def test_a_wrong_page_number_gives_a_page(client: Client, full: list[AISystem], number: str):
    gone()
    assert "example.org/evidence" in html(client, f"/sources/links/?page={number}")


def test_the_list_costs_the_same_for_one_dead_page_and_for_many(
    client: Client, full: list[AISystem]
):
    found = []
    for number in (1, 120):
        for n in range(number):
            url = f"https://example.org/{number}/{n}"
            make.make_dataset(slug=f"set-{number}-{n}", homepage=url)
            gone(url)
        bump_version()
        with CaptureQueriesContext(connection) as queries:
            html(client, "/sources/links/")
        found.append(len(queries))
    assert found == [5, 5]
    assert 'rel="next"' in html(client, "/sources/links/")
    assert "https://example.org/120/99" in html(client, "/sources/links/?page=3") + html(
        client, "/sources/links/?page=2"
    )


def test_the_way_there_is_on_the_sources_page_and_at_the_foot(client: Client):
    assert html(client, "/sources/").count('href="/sources/links/"') == 2
    assert 'href="/sources/links/"' in html(client, "/about/")
    assert 'id="evidence"' in html(client, "/methodology/")


# --- the editors' desk ----------------------------------------------------------------------------


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


LIST = "admin:catalog_link_changelist"


def test_the_desk_lists_the_longest_gone_first_with_the_entries_that_cite_them(
    editor: Client, full: list[AISystem]
):
    gone(last_good_on=dt.date(2026, 11, 3))
    gone("https://example.org/where", last_good_on=dt.date(2026, 10, 1))
    shown = html(editor, f"{reverse(LIST)}?state__exact=broken")
    assert shown.index("example.org/where") < shown.index(make.EVIDENCE)
    assert '<a href="/systems/system-0/">System 0</a>' in shown


def test_the_desk_costs_the_same_for_few_pages_and_many(editor: Client, db: None):
    found = []
    for start, end in ((0, 2), (2, 40)):
        for n in range(start, end):
            make.make_dataset(slug=f"set-{n}", homepage=f"https://example.org/{n}")
            gone(f"https://example.org/{n}")
        with CaptureQueriesContext(connection) as queries:
            html(editor, reverse(LIST))
        found.append(len(queries))
    assert found[0] == found[1]


def test_an_editor_gives_the_archived_copy_and_nothing_else(editor: Client, full: list[AISystem]):
    link = gone()
    address = reverse("admin:catalog_link_change", args=[link.pk])
    before = html(editor, "/systems/system-0/")
    response = editor.post(address, {"archive_url": COPY, "state": "ok", "url": "https://x.org/"})
    assert response.status_code == 302
    link.refresh_from_db()
    assert (link.archive_url, link.state, link.url) == (COPY, "broken", make.EVIDENCE)
    assert COPY not in before
    assert COPY in html(editor, "/systems/system-0/")


def test_a_wrong_archive_address_is_a_message_beside_its_field(editor: Client):
    link = gone()
    address = reverse("admin:catalog_link_change", args=[link.pk])
    response = editor.post(address, {"archive_url": "ftp://example.org/x"})
    assert response.status_code == 200
    assert "ftp://example.org/x" in response.text
    assert "Give an address that begins with http" in unescape(response.text)


def test_look_again_makes_pages_due(editor: Client):
    link = gone(next_check_at=timezone.now() + dt.timedelta(days=30))
    values = {"action": "check_again", "_selected_action": [link.pk]}
    response = editor.post(reverse(LIST), values, follow=True)
    assert "1 pages are due; the next run" in response.text
    assert Link.objects.due(timezone.now()).count() == 1


def test_look_again_asks_a_worker_where_there_is_one(editor: Client, settings: Any):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    values = {"action": "check_again", "_selected_action": [gone().pk]}
    response = editor.post(reverse(LIST), values, follow=True)
    assert "a worker has been asked" in response.text


def test_more_entries_than_fit_are_counted(editor: Client):
    grow(12)
    for system in AISystem.objects.all():
        AISystem.objects.filter(pk=system.pk).update(homepage="https://example.org/all")
    gone("https://example.org/all")
    assert "and 4 more" in html(editor, reverse(LIST))
