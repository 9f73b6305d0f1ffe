"""Roles: the table of rights, every role at every noun of the desk, and no way up from below."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.management import call_command
from django.db import models, transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_tasks_db.models import DBTaskResult
from pghistory.models import Events

from catalog.desk import roles
from catalog.management import demo
from catalog.models import (
    AISystem,
    CatalogState,
    Link,
    Mail,
    PossibleDuplicate,
    SourceRecord,
    Submission,
    VerdictChange,
)
from tests import factories as make
from tests.desk.desk_roles import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OF_SUBMISSIONS = {"view_submission", "decide_submission", "decide_high_impact", "see_contact"}
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def made(db: None) -> None:
    roles.make_roles()


def account(role: str, **values: Any) -> User:
    user = User.objects.create_user(role.lower(), **values)
    roles.give_role(user=user, role=role)
    return user


@pytest.fixture
def as_role(client: Client) -> Callable[[str], Client]:
    def logged_in(role: str) -> Client:
        client.force_login(account(role))
        return client

    return logged_in


def make_an_entry() -> None:
    """An entry with a row of every kind, and a second one."""
    system = make.make_system(components={"weights_final": "MIT"}, training_data={"dolma": {}})
    make.make_claim(system=system)
    make.make_data_information(system=system)
    make.make_usage_information(system=system)
    make.make_system_fact(system=system, topic="gpai", value="yes")
    make.make_judgement(system=system, result="fail")
    make.make_ruling(system=system, criterion="owd-0.3/weights-usable-form")
    other = make.make_system(slug="derived")
    make.make_derivation(system=other, base=system)
    PossibleDuplicate.objects.create(first=system, second=other, reason="Alike.", found_at=NOW)
    make.make_profile(organization=make.make_organization())
    make.make_organization_fact(
        organization=make.make_organization(), topic="legal_owner", value="yes"
    )
    VerdictChange.objects.create(
        system=system, definition_id="owd-0.3", cause="facts", happened_at=NOW
    )


def make_the_rest() -> None:
    """One of every other noun, which nothing refers to."""
    make.make_alias(alias="expat", expression="MIT")
    make.make_framework(slug="unused")
    make.make_language(slug="unused")
    make.make_family(slug="unused")
    make.make_dataset(slug="unused")
    make.make_organization(slug="unused")
    make.make_licence(spdx_id="LicenseRef-Unused")
    make.make_source(key="unused")
    make.make_platform(slug="unused")
    Link.objects.create(url="https://example.org/")
    CatalogState.objects.get_or_create(pk=1)
    SourceRecord.objects.create(
        key="one",
        source=make.make_source(),
        state="rejected",
        fingerprint="0" * 64,
        read_on=NOW,
        imported_at=NOW,
    )
    Submission.objects.create(state="sent", title="A system", sent_at=NOW)
    Mail.objects.create(template="sent", recipient="a@example.org", subject="Thanks", text="Hello")
    DBTaskResult.objects.create(args_kwargs={}, task_path="a.b", backend_name="default")
    AccessAttempt.objects.create(username="x", failures_since_start=5, attempt_time=timezone.now())
    someone = User.objects.create_user("someone")
    Group.objects.create(name="Others")
    TOTPDevice.objects.create(user=someone, name="Authenticator app")


ROW_OF: dict[str, Callable[[], Any]] = {
    "Events": Events.objects.order_by("pgh_created_at").first,
    "User": lambda: User.objects.get(username="someone"),
    "Group": lambda: Group.objects.get(name="Others"),
}


@pytest.fixture
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a page may be seen is asked here, not what it says."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def allowed(client: Client, model: type[models.Model]) -> str:
    """What an account can do with a noun, found out by doing it."""
    row = ROW_OF.get(model.__name__, model._default_manager.order_by("-pk").first)()
    assert row is not None, f"There is no {model.__name__} to try it on."
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = {page: reverse(f"{base}_{page}", args=[row.pk]) for page in ("change", "delete")}
    pages |= {page: reverse(f"{base}_{page}") for page in ("changelist", "add")}

    def get(page: str) -> bool:
        return answered(client.get(pages[page], follow=True))

    def post(page: str, **values: str) -> bool:
        with undone():
            return answered(client.post(pages[page], values))

    views = {get("changelist"), get("change")}
    adds, changes = {get("add"), post("add")}, {post("change")}
    deletes = {get("delete"), post("delete", post="yes")}
    found = {"v": views, "a": adds, "c": changes, "d": deletes}
    assert all(len(answers) == 1 for answers in found.values()), (model.__name__, found)
    return "".join(letter for letter, answers in found.items() if answers == {True})


def answered(response: Any) -> bool:
    assert response.status_code in (200, 302, 403), response.status_code
    return bool(response.status_code != 403)


def test_the_table_names_every_noun_of_the_desk() -> None:
    assert {model.__name__ for model in admin.site._registry} == TABLE.keys()


@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    as_role: Callable[[str], Client], no_pages: None, role: str
) -> None:
    client = as_role(role)
    make_an_entry()
    make_the_rest()
    column = list(roles.ROLES).index(role)

    found = {model.__name__: allowed(client, model) for model in admin.site._registry}

    assert found == {noun: row[column] for noun, row in TABLE.items()}


def test_staff_without_a_role_may_do_nothing(client: Client, no_pages: None) -> None:
    client.force_login(User.objects.create_user("new", is_staff=True))
    make_an_entry()
    make_the_rest()

    found = {model.__name__: allowed(client, model) for model in admin.site._registry}

    assert set(found.values()) == {""}


def test_an_administrator_takes_out_an_entry_whole(as_role: Callable[[str], Client]) -> None:
    client = as_role("Administrator")
    make_an_entry()
    system = AISystem.objects.get(slug="derived")

    address = reverse("admin:catalog_aisystem_delete", args=[system.pk])
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not AISystem.objects.filter(slug="derived").exists()


def test_rulings_and_judgements_inside_an_entry_are_read_only_for_an_editor(
    as_role: Callable[[str], Client],
) -> None:
    client = as_role("Editor")
    make_an_entry()
    system = AISystem.objects.get(slug="olmo-7b")

    html = client.get(reverse("admin:catalog_aisystem_change", args=[system.pk])).content.decode()

    assert 'name="claims-0-claimed"' in html
    assert 'name="claims-0-DELETE"' not in html
    assert "The pages describe every step." in html
    for name in ("rulings-0-answer", "judgements-0-result"):
        assert f'name="{name}"' not in html


def test_the_rights_named_are_rights_that_exist() -> None:
    assert roles.make_roles() <= OF_SUBMISSIONS


def test_no_codename_means_two_rights() -> None:
    held = Permission.objects.filter(content_type__app_label__in=roles.APPS)
    counted = Counter(right.codename for right in held)
    named = {word for codenames in roles.ROLES.values() for word in codenames}
    assert [word for word in sorted(named) if counted[word] > 1] == []


def test_a_codename_that_does_not_exist_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(roles.ROLES, "Contributor", ("view_aisystem", "view_the_future"))

    assert "view_the_future" in roles.make_roles()
    held = Group.objects.get(name="Contributor").permissions
    assert [right.codename for right in held.all()] == ["view_aisystem"]


def test_making_the_roles_again_takes_back_what_somebody_added() -> None:
    group = Group.objects.get(name="Contributor")
    before = set(group.permissions.all())
    group.permissions.add(Permission.objects.get(codename="delete_aisystem"))

    call_command("make_roles", verbosity=0)

    assert set(group.permissions.all()) == before
    assert Group.objects.filter(name__in=roles.ROLES).count() == len(roles.ROLES)


def test_the_highest_role_counts() -> None:
    user = account("Contributor")
    user.groups.add(Group.objects.get(name="Reviewer"))

    assert roles.role_of(user) == "Reviewer"
    assert roles.role_of(User.objects.create_user("new")) == ""
    assert roles.role_of(AnonymousUser()) == ""
    assert roles.role_of(User.objects.create_superuser("root")) == "Administrator"


def test_each_demo_account_has_the_role_of_its_name() -> None:
    User.objects.create_superuser("editor", password="my own")  # noqa: S106
    for _ in range(2):
        demo.make_accounts()

    found = {user.username: roles.role_of(user) for user in User.objects.all()}
    assert found == {role.lower(): role for role in roles.ROLES}
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["administrator"]
    assert User.objects.get(username="reviewer").check_password(demo.PASSWORD)
    assert User.objects.get(username="editor").check_password("my own")


def address(row: models.Model, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def test_an_administrator_by_role_cannot_make_superusers(
    as_role: Callable[[str], Client],
) -> None:
    client = as_role("Administrator")
    me = User.objects.get(username="administrator")
    form = {"username": me.username, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    right = Permission.objects.get(codename="add_evaluation")

    response = client.post(address(me), form | {"user_permissions": [right.pk]})

    assert response.status_code == 302
    me = User.objects.get(pk=me.pk)
    assert not me.is_superuser
    assert not me.user_permissions.exists()


@pytest.mark.parametrize("page", ["change", "delete"])
def test_only_superusers_touch_superusers(as_role: Callable[[str], Client], page: str) -> None:
    client = as_role("Administrator")
    root = User.objects.create_superuser("root", password="secret")  # noqa: S106
    device = TOTPDevice.objects.create(user=root, name="Authenticator app")

    assert client.post(address(root, page), {"post": "yes"}).status_code == 403
    password = {"password1": "Xk3!pq82Lm", "password2": "Xk3!pq82Lm"}
    assert client.post(f"/desk/auth/user/{root.pk}/password/", password).status_code == 403
    assert client.post(address(device, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.get(pk=root.pk).check_password("secret")


def test_the_groups_of_the_roles_are_not_edited_by_hand(
    as_role: Callable[[str], Client],
) -> None:
    client = as_role("Administrator")
    group = Group.objects.get(name="Contributor")

    assert client.post(address(group), {"name": "Contributor"}).status_code == 403
    assert client.post(address(group, "delete"), {"post": "yes"}).status_code == 403
