"""What strangers send in is bounded, and what is kept of them has an end."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone

from catalog.desk import roles
from catalog.models import Mail, Submission
from catalog.submissions import deciding, quotas
from catalog.submissions.letters import has_enough
from catalog.submissions.tidying import tidy_up
from tests.submissions.conftest import LLAMA, sent

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# --- drafts -------------------------------------------------------------------------------------


def test_a_draft_keeps_the_fields_of_its_step_alone(client: Client):
    first = client.post("/submit/", {"way": "blank"})["Location"]
    strange = {f"strange-{n}": "x" * 1_000 for n in range(50)}
    wrong = {"s-homepage": "nope", "s-name": "n" * 50_000, "c-weights_final-url": "u"}
    client.post(first, strange | wrong)

    (typed,) = Submission.objects.get().typed.values()
    assert typed["s-homepage"] == ["nope"]
    assert len(typed["s-name"][0]) == 10_000
    assert not [name for name in typed if not name.startswith("s-")]


@pytest.mark.parametrize("step", ["identify", "components", "data", "people"])
def test_many_values_of_a_field_are_not_kept(step: str, client: Client):
    first = client.post("/submit/", {"way": "blank"})["Location"]
    client.post(
        first.replace("identify", step),
        {"s-modalities": ["x"] * 900, "t-TOTAL_FORMS": "1", "t-INITIAL_FORMS": "0", "zz": "a"},
    )
    for typed in Submission.objects.get().typed.values():
        assert "zz" not in typed
        assert all(len(values) <= 200 for values in typed.values())


# --- editors' messages --------------------------------------------------------------------------


def test_what_an_editor_writes_holds_no_control_characters(reviewer: Any, nouns: None):
    row = sent(LLAMA)
    deciding.note(submission=row, user=reviewer, role="Reviewer", message="a\x08\x0bb\nc\u202ed")
    assert row.events.last().message == "ab\ncd"
    with pytest.raises(deciding.DecisionError):
        deciding.note(submission=row, user=reviewer, role="Reviewer", message="\x08\x0b")
    deciding.reject(
        submission=row, user=reviewer, role="Reviewer", revision=row.revision,
        reason="unproved", message="no\x00 \x1bproof",
    )  # fmt: skip
    assert row.events.last().message == "no proof"


# --- letters ------------------------------------------------------------------------------------


def test_nobody_gets_many_first_letters(nouns: None):
    spellings = ["a@example.org", "A@example.org", "a+1@example.org", "a+2@EXAMPLE.org"]
    for number in range(12):
        sent(LLAMA | {"name": f"Lhama {number}"}, email=spellings[number % 4])
    assert Mail.objects.count() == quotas.FIRST_LETTERS.most
    sent(LLAMA, email="b@example.org")
    assert Mail.objects.count() == quotas.FIRST_LETTERS.most + 1


def test_an_address_that_was_confirmed_gets_its_letters():
    many = [has_enough("a@example.org", confirmed=True) for _ in range(quotas.LETTERS.most + 1)]
    assert many == [False] * quotas.LETTERS.most + [True]


# --- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["sent", "asked", "rejected", "withdrawn"])
@pytest.mark.parametrize(
    ("days", "confirmed", "kept"),
    [(20, False, True), (40, False, False), (300, True, True), (400, True, False)],
)
def test_an_address_has_an_end_whatever_became_of_it(
    state: str, days: int, confirmed: bool, kept: bool, nouns: None
):
    row = sent(LLAMA, email="a@example.org")
    then = timezone.now() - dt.timedelta(days=days)
    Submission.objects.filter(pk=row.pk).update(
        state=state,
        saved_at=then,
        decided_at=then if state == "rejected" else None,
        email_confirmed_at=then if confirmed else None,
    )
    tidy_up()
    row.refresh_from_db()
    assert bool(row.email) is kept


# --- groups and the way in ----------------------------------------------------------------------


@pytest.fixture
def administrator(client: Client) -> Client:
    roles.make_roles()
    user = User.objects.create_user("ada", is_staff=True)
    roles.give_role(user=user, role="Administrator")
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "right", ["delete_session", "add_logentry", "view_statictoken", "change_catalogstate",
              "add_totpdevice", "view_accesslog", "delete_evaluation", "change_permission"]
)  # fmt: skip
def test_a_group_holds_no_right_that_no_role_has(right: str, administrator: Client):
    chosen = Permission.objects.filter(codename=right).earliest("pk")
    answer = administrator.post("/desk/auth/group/add/", {"name": "G", "permissions": [chosen.pk]})
    assert answer.status_code == 200
    assert not Group.objects.filter(name="G").exists()


def test_a_group_may_hold_rights_of_a_role_and_one_with_more_is_not_changed(administrator: Client):
    right = Permission.objects.get(codename="view_aisystem")
    answer = administrator.post("/desk/auth/group/add/", {"name": "G", "permissions": [right.pk]})
    assert answer.status_code == 302
    group = Group.objects.get(name="G")
    group.permissions.add(Permission.objects.get(codename="delete_session"))
    page = administrator.post(f"/desk/auth/group/{group.pk}/change/", {"name": "H"})
    assert page.status_code == 403


@pytest.mark.parametrize(
    "following",
    ["", "//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example",
     "\x00", "http:///evil", "///", "desk", " ", "desk/", "/nowhere/", "/desk/nowhere/1/",
     "/desk/two-factor/codes/", "?a", "#a", "/desk", "http://[", "/\u202edesk/", "/desk/logout/"],
)  # fmt: skip
def test_the_log_in_leads_to_a_page_that_is_there(following: str, client: Client):
    User.objects.create_superuser("eve", password="correct horse")  # noqa: S106
    form = {"username": "eve", "password": "correct horse", "next": following}
    answer = client.post("/desk/login/", form, follow=True)
    assert answer.status_code == 200
    assert answer.wsgi_request.path == "/desk/"
