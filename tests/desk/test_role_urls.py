"""Every address of the site and every action of the desk: who gets what, by table."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from catalog.desk import roles
from catalog.models import AISystem, Submission
from catalog.submissions import drafting
from catalog.submissions.links import address_of, token_of
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WHO = ("anonymous", "nobody", *roles.ROLES)
"""Strangers, staff without a role, and the roles."""

OK, LOGIN, NO, GONE = 200, 302, 403, 404

DESK: dict[str, tuple[int, ...]] = {
    # address:               anonymous, nobody, contributor, editor, reviewer, administrator
    "admin:index": (LOGIN, OK, OK, OK, OK, OK),
    "admin:unrecognised_licences": (LOGIN, NO, OK, OK, OK, OK),
    "admin:app_list catalog": (LOGIN, GONE, OK, OK, OK, OK),
    "admin:app_list auth": (LOGIN, GONE, GONE, GONE, GONE, OK),
    "admin:jsi18n": (LOGIN, OK, OK, OK, OK, OK),
    "admin:password_change": (LOGIN, OK, OK, OK, OK, OK),
    "admin:password_change_done": (LOGIN, OK, OK, OK, OK, OK),
    "admin:auth_user_password_change": (LOGIN, NO, NO, NO, NO, OK),
    "admin:autocomplete": (LOGIN, NO, OK, OK, OK, OK),
    "admin:view_on_site": (LOGIN, GONE, GONE, GONE, GONE, GONE),  # pages link in other ways
    "admin:login": (OK, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    # The second factor is off in the tests; its pages are tested in test_staff_devices.py.
    "admin:two_factor": (LOGIN, GONE, GONE, GONE, GONE, GONE),
    "admin:two_factor_codes": (LOGIN, 405, 405, 405, 405, 405),
    "admin:two_factor_replace": (LOGIN, 405, 405, 405, 405, 405),
}

ACTIONS: dict[tuple[str, str], tuple[str, ...]] = {
    # noun and action, and the roles that have it; delete_selected follows the right to delete.
    ("AISystem", "reevaluate"): ("Editor", "Reviewer", "Administrator"),
    ("Evaluation", "judge_again"): ("Editor", "Reviewer", "Administrator"),
    ("Link", "check_again"): ("Editor", "Reviewer", "Administrator"),
    ("Submission", "accept_many"): ("Editor", "Reviewer", "Administrator"),
    ("Submission", "reject_many"): ("Editor", "Reviewer", "Administrator"),
}

PRIVATE = {
    "catalog:submission", "catalog:submit_check", "catalog:submit_send",
    "catalog:submission_withdraw", "catalog:submission_facts", "catalog:submission_mof",
    "catalog:submit_preview", "catalog:submit_step", "catalog:confirm_address",
    "catalog:forget_address", "catalog:submit_ask",
}  # fmt: skip
"""Addresses that whoever holds the link may open, and nobody else, whatever their role."""

ABSENT = {"catalog:data_file", "api:api-root", "api:lookup"}
"""Nothing is behind them: no dump was built, the interface has no root, no entry that Hub id."""

UNWELL = {"readyz"}
"""Says that no dump was built here."""

POSTED = {
    "catalog:submission_withdraw", "catalog:submit_preview", "catalog:submit_ask", "api:judge",
}  # fmt: skip
"""Addresses that answer to POST alone."""

ARGUMENTS: dict[str, Any] = {
    "slug": "here", "identifier": "osaid-1.0", "older": "osai-2024", "kind": "csv",
    "name": "systems", "key": "statuses", "spdx_id": "Apache-2.0", "section": "systems",
}  # fmt: skip

EXAMPLES = {
    "catalog:badge": "/systems/here/badge.svg",
    "catalog:verdict_badge": "/systems/here/badge/osaid-1.0.svg",
    "catalog:oembed": "/oembed?url=http://testserver/systems/here/",
    "catalog:system_file": "/systems/here/MOF.yml",
    "catalog:compare_csv": "/compare.csv?s=here&s=here",
    "catalog:chart_csv": "/charts/licences.csv",
    "catalog:by_criterion_file": "/definitions/osaid-1.0/systems.csv",
    "catalog:difference": "/definitions/osai-2026/since/osai-2024/",
    "catalog:dataset": "/datasets/set/",
    "catalog:framework": "/frameworks/pytorch/",
    "catalog:organisation": "/organisations/ai2/",
    "catalog:feed_organisation": "/organisations/ai2/changes.atom",
    "catalog:language": "/languages/python/",
    "catalog:platform": "/platforms/huggingface/",
    "catalog:data_file": "/data/manifest.json",
    "catalog:learn_page": "/learn/open-source-ai/",
    "catalog:submit_options": "/submit/choices/licences/?q=a",
    "catalog:source": "/sources/makers-page/",
    "api:lookup": "/api/v1/lookup?id=nobody/nothing",
    "api:licence": "/api/v1/licences/Apache-2.0",
    "api:dataset": "/api/v1/datasets/set",
    "api:organisation": "/api/v1/organisations/ai2",
}


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name or ''}"
        else:
            yield from names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def every_name() -> set[str]:
    return set(names(get_resolver()))


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    """A browser for each of them."""
    roles.make_roles()
    found = {"anonymous": Client()}
    for who in WHO[1:]:
        user = User.objects.create_user(who.lower(), is_staff=True)
        if who != "nobody":
            roles.give_role(user=user, role=who)
        found[who] = Client()
        found[who].force_login(user)
    return found


@pytest.fixture
def site(db: None) -> AISystem:
    """One of everything that an address of the table names."""
    make.make_dataset(slug="set")
    make.make_framework(slug="pytorch")
    make.make_language(slug="python")
    make.make_profile(organization=make.make_organization(slug="ai2"))
    make.make_source(key="makers-page")
    return make.make_system(slug="here", components={"weights_final": "Apache-2.0"})


def desk_address(row: str, system: AISystem) -> str:
    name, _space, argument = row.partition(" ")
    if name == "admin:app_list":
        return reverse(name, args=[argument])
    if name == "admin:auth_user_password_change":
        return reverse(name, args=[User.objects.get(username="nobody").pk])
    if name == "admin:autocomplete":
        query = "?app_label=catalog&model_name=systemmaker&field_name=organization&term=a"
        return reverse(name) + query
    if name == "admin:view_on_site":
        from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415

        return reverse(name, args=[ContentType.objects.get_for_model(system).pk, system.pk])
    return reverse(name)


def test_the_pages_of_the_desk(people: dict[str, Client], site: AISystem):
    found = {
        row: tuple(people[who].get(desk_address(row, site)).status_code for who in WHO)
        for row in DESK
    }
    assert found == DESK


def test_the_table_names_every_page_of_the_desk():
    """Lists, forms, histories and deletions of nouns are in tests/desk/test_roles.py."""
    nouns = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in ("changelist", "add", "change", "delete", "history")
    }
    ours = {row.partition(" ")[0] for row in DESK} | {"admin:logout", "admin:"}
    assert {name for name in every_name() if name.startswith("admin:")} == nouns | ours


def test_histories_are_for_those_who_may_see_the_noun(people: dict[str, Client], site: AISystem):
    address = reverse("admin:catalog_aisystem_history", args=[site.pk])
    found = [client.get(address).status_code for client in people.values()]
    assert found == [LOGIN, NO, OK, OK, OK, OK]


def test_the_actions_of_the_desk(people: dict[str, Client]):
    found: dict[tuple[str, str], list[str]] = {}
    for role in roles.ROLES:
        request = RequestFactory().get("/desk/")
        request.user = User.objects.get(username=role.lower())
        for model, desk in admin.site._registry.items():
            for action in desk.get_actions(request):
                if action == "delete_selected":
                    assert desk.has_delete_permission(request), (role, model)
                else:
                    found.setdefault((model.__name__, action), []).append(role)
    assert {key: tuple(value) for key, value in found.items()} == ACTIONS


def public_address(name: str) -> str:
    if name in EXAMPLES:
        return EXAMPLES[name]
    patterns = get_resolver()
    space, _colon, plain = name.rpartition(":")
    inner: Any = patterns.namespace_dict[space][1] if space else patterns
    _, _, _, converters = inner.reverse_dict.getlist(plain)[0]
    if space == "api" or name == "openapi":
        known = inner.reverse_dict.getlist(plain)[0][0][0][1]
    else:
        known = list(converters)
    return reverse(name, kwargs={key: ARGUMENTS[key] for key in known})


def test_public_pages_are_the_same_for_everybody(people: dict[str, Client], site: AISystem):
    public = {name for name in every_name() if not name.startswith("admin:")} - PRIVATE
    assert len(public) > 60
    wrong = []
    for name in sorted(public):
        address = public_address(name)
        found = {who: client.get(address).status_code for who, client in people.items()}
        wanted = 503 if name in UNWELL else OK
        wanted = 405 if name in POSTED else GONE if name in ABSENT else wanted
        if set(found.values()) != {wanted}:
            wrong.append((name, address, found))
    assert wrong == []


def test_a_private_page_is_for_whoever_has_the_link_and_for_nobody_else(
    people: dict[str, Client], site: AISystem
):
    draft = drafting.begin(
        sender=drafting.Sender(), document={"name": "Mine", "modalities": ["text"]}, system=None
    )
    right = token_of(draft)
    wrong = f"{right[:-4]}{'aaaa' if right[-4:] != 'aaaa' else 'bbbb'}"
    for name in PRIVATE:
        more = {"key": "identify"} if name.endswith(("_step", "_preview")) else {}
        address = reverse(name, kwargs={"token": wrong, **more})
        for who, client in people.items():
            for answer in (client.get(address), client.post(address)):
                assert answer.status_code in (GONE, 405), (name, who, answer.status_code)
    assert Client().get(address_of(draft)).status_code == OK
    assert Submission.objects.get().state == "draft"


def test_nobody_finds_a_draft_by_other_ways(people: dict[str, Client], site: AISystem):
    draft = drafting.begin(
        sender=drafting.Sender(), document={"name": "Hidden Draft", "modalities": ["text"]},
        system=None,
    )  # fmt: skip
    for who, client in people.items():
        review = client.get(f"/desk/catalog/submission/{draft.pk}/change/")
        assert review.status_code in (LOGIN, NO, GONE), who
        queue = client.get("/desk/catalog/submission/?all=", follow=True)
        assert "Hidden Draft" not in queue.content.decode(), who
        for address in ("/systems/?q=Hidden", "/decisions/", "/changes/", "/sitemap.xml"):
            assert "Hidden Draft" not in client.get(address).content.decode(), (who, address)
