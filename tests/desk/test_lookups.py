"""The lists of the desk answer to their filters, and to no question that reads what they hide."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.desk import roles
from catalog.desk.lookups import parameters_of
from catalog.models import AISystem, Mail, Submission
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = sorted(admin.site._registry, key=lambda model: model._meta.label)

SECRETS = (
    "email", "email__startswith", "email__regex", "password", "password__startswith", "network",
    "submitter__password__startswith", "submitter__email__startswith", "key",
    "key__startswith", "submissions__email__startswith", "submission__email__startswith",
    "system__submissions__email__startswith", "submissions__network__exact",
    "submissions__submitter__totpdevice__key__startswith", "totpdevice__key__startswith",
    "totpdevice__key__gte", "user__password__startswith", "user__totpdevice__key__startswith",
    "staticdevice__token_set__token__startswith", "user__staticdevice__token_set__token",
    "recipient__startswith", "text__contains", "html__contains", "mails__text__contains",
    "args_kwargs__icontains", "return_value__contains", "traceback__contains",
    "logentry__user__password__startswith", "user__email", "groups__user__password__startswith",
    "user__is_superuser__exact", "ip_address__startswith", "username__startswith",
    "typed__contains", "document__icontains", "note__contains", "submitter", "submitter__id__exact",
    "unsubscribe_url__contains", "system__search", "first__submissions__email__startswith",
    "pk__in", "id__gte", "no_such_column", "no_such__relation__at_all", "__", "pk", "id",
    "source__records__payload__contains", "events__actor__password__startswith",
)  # fmt: skip


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root", "root@secret.example", "pass"))
    return client


def address(model: type[models.Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def column_paths(model: type[models.Model]) -> list[str]:
    """Every column of a noun and of its neighbours, also those that hang on it."""
    found = []
    for field in model._meta.get_fields():
        found.append(field.name)
        neighbour = field.related_model if field.is_relation else None
        if isinstance(neighbour, type):
            found += [f"{field.name}__{other.name}" for other in neighbour._meta.get_fields()]
    return found


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_a_list_takes_the_look_ups_of_its_filters_and_no_others(
    model: type[models.Model], root: Client
):
    desk = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = User.objects.get()
    offered = {
        name for item in desk.get_list_filter(request) for name in parameters_of(model, item)
    }
    day = desk.date_hierarchy
    offered |= (
        {f"{day}__{part}" for part in ("year", "month", "day", "gte", "lt")} if day else set()
    )
    endings = ("", "__startswith", "__regex", "__gte", "__isnull", "__contains")
    paths = (*SECRETS, *column_paths(model))
    hostile = [f"{path}{ending}" for path in paths for ending in endings]

    for lookup in hostile:
        assert desk.lookup_allowed(lookup, "a", request) == (lookup in offered), lookup


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_a_hostile_look_up_is_refused_by_a_page(model: type[models.Model], root: Client):
    for lookup in ("submitter__password__startswith", "email__startswith", "pk__in"):
        assert root.get(address(model), {lookup: "a"}).status_code == 400, lookup


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_every_filter_of_a_list_still_works(model: type[models.Model], root: Client):
    make.make_system(slug="here")
    page = root.get(address(model), follow=True)

    assert page.status_code == 200
    for spec in page.context["cl"].filter_specs if page.context else ():
        for choice in spec.choices(page.context["cl"]):
            query = choice.get("query_string")
            if query:
                assert root.get(address(model) + query).status_code == 200, query


# --- the history names an object ---------------------------------------------------------------


@pytest.fixture
def contributor(db: None) -> Client:
    roles.make_roles()
    user = User.objects.create_user("con", is_staff=True)
    roles.give_role(user=user, role="Contributor")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def secret_objects() -> dict[str, models.Model]:
    hidden = User.objects.create_user("hidden-name", email="hidden@secret.example")
    submission = Submission.objects.create(title="hidden-title", email="hidden@secret.example")
    return {
        "auth.user": hidden,
        "catalog.submission": submission,
        "catalog.mail": Mail.objects.create(subject="hidden-subject", submission=submission),
        "otp_totp.totpdevice": TOTPDevice.objects.create(user=hidden, name="hidden-device"),
        "sessions.session": Session.objects.exclude(pk="").latest("expire_date"),
    }


def test_the_history_says_nothing_of_objects_that_have_none(contributor: Client):
    events = reverse("admin:pghistory_events_changelist")
    for label, row in secret_objects().items():
        for more in ({}, {"method": "tracks"}, {"method": "references"}):
            answer = contributor.get(events, {"obj": f"{label}:{row.pk}"} | more)
            assert answer.status_code in (403, 404)
            assert "hidden-" not in answer.text
        assert contributor.get(events, {"model": label}).status_code in (403, 404)
        assert contributor.get(f"{events}{label}:{row.pk}/change/").status_code in (302, 403, 404)


@pytest.mark.parametrize(
    "query",
    [
        {"obj": "x"}, {"obj": ""}, {"obj": ":"}, {"obj": "catalog.aisystem:"},
        {"obj": "catalog.aisystem:x"}, {"obj": "catalog.aisystem:999999"},
        {"obj": "catalog.aisystem:" + "9" * 40}, {"obj": "no.such:1"}, {"obj": "a.b.c:1"},
        {"model": "x"}, {"model": ""}, {"model": "catalog.aisystem", "event_model": "auth.user"},
        {"model": "catalog.aisystem", "event_model": "x"},
        {"model": "catalog.aisystem", "back": "https://evil.example/"},
        {"model": "catalog.aisystem", "back": "//evil.example/"},
        {"model": "catalog.aisystem", "back": "javascript:alert(1)"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_address_of_the_history_is_no_fault_of_ours(
    query: dict[str, Any], contributor: Client
):
    answer = contributor.get(reverse("admin:pghistory_events_changelist"), query)
    assert answer.status_code in (400, 403, 404)


def test_the_history_of_an_entry_opens(contributor: Client):
    system = make.make_system(slug="here")
    AISystem.objects.filter(pk=system.pk).update(name="Changed")
    events = reverse("admin:pghistory_events_changelist")
    back = reverse("admin:catalog_aisystem_changelist")

    for query in (
        {"obj": f"catalog.AISystem:{system.pk}", "method": "tracks", "back": back},
        {"model": "catalog.AISystem", "back": back},
        {"model": "catalog.AISystem", "event_model": "catalog.aisystemevent"},
        {},
    ):
        page = contributor.get(events, query)
        assert page.status_code == 200, query
    found = contributor.get(events, {"obj": f"catalog.AISystem:{system.pk}", "method": "tracks"})
    event = found.context["cl"].result_list[0]
    assert contributor.get(f"{events}{event.pk}/change/").status_code == 200
