"""The desk for submissions: the queue, the review page, and who may do what there."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import AISystem, Submission
from catalog.submissions import deciding
from catalog.submissions.links import address_of
from tests import factories as make
from tests.markup import compact
from tests.submissions.conftest import LLAMA, OLMO, drafted, sent

pytestmark = pytest.mark.django_db


def review(submission: Submission) -> str:
    return reverse("admin:catalog_submission_change", args=[submission.pk])


def test_an_editor_decides_on_the_review_page(client: Client, nouns: None, reviewer: Any):
    submission = sent(OLMO)
    client.force_login(reviewer)
    page = client.get(review(submission)).content.decode()
    assert "Verdicts before and after" in page
    units = re.findall(r'name="unit" value="([^"]+)"[^>]* checked', page)
    assert "components.weights_final" in units
    data = {"decision": "accept", "unit": [unit.replace("&amp;", "&") for unit in units]}
    data |= {"revision": submission.revision, "message": "Every page was read."}
    assert client.post(review(submission), data).status_code == 302
    system = AISystem.objects.get()
    public = Client()
    assert public.get(f"/systems/{system.slug}/").status_code == 200
    history = public.get(f"/systems/{system.slug}/history/").content.decode()
    assert "Reviewer: a proposed entry, accepted" in history
    assert "Every page was read." in history
    assert reviewer.username not in history
    assert system.name in public.get(f"/systems/{system.slug}/changes.atom").content.decode()
    assert "Accepted" in public.get(address_of(submission)).content.decode()


def test_a_decision_that_lacks_its_reason_keeps_what_was_typed(
    client: Client, nouns: None, editor: Any
):
    submission = sent(LLAMA)
    client.force_login(editor)
    data = {"decision": "reject", "revision": submission.revision, "message": "No licence there."}
    page = client.post(review(submission), data).content.decode()
    assert "Choose a reason." in page
    assert "No licence there." in page
    data["reason"] = "unproved"
    assert client.post(review(submission), data).status_code == 302
    page = Client().get(address_of(submission)).content.decode()
    assert "No licence there." in page


def test_a_conflict_is_shown_and_not_ticked(client: Client, nouns: None, reviewer: Any):
    system = make.make_system(slug="here", summary="old", evidence_url=make.EVIDENCE)
    first = Client().post("/submit/?correct=here")["Location"]
    key = first.split("/")[2].partition(".")[0]
    submission = Submission.objects.get(key=key)
    submission.document |= {"summary": "mine"}
    submission.state, submission.sent_at = "sent", timezone.now()
    submission.save()
    AISystem.objects.filter(pk=system.pk).update(summary="theirs")
    client.force_login(reviewer)
    page = compact(client.get(review(submission)).content.decode())
    assert "Conflict" in page
    assert 'value="summary" id="unit-1">' in page


RIGHTS = {
    # role: (sees the queue, may decide, may decide on high impact, sees the address)
    "contributor": (True, False, False, False),
    "editor": (True, True, False, True),
    "reviewer": (True, True, True, True),
}


@pytest.mark.parametrize("role", RIGHTS)
def test_what_each_role_may_do_with_submissions(
    client: Client, nouns: None, role: str, request: pytest.FixtureRequest
):
    user = request.getfixturevalue(role)
    sees, decides, high, contact = RIGHTS[role]
    submission = sent(LLAMA, email="person@example.org")
    client.force_login(user)
    page = client.get(review(submission))
    assert (page.status_code == 200) == sees
    assert ("Your decision" in page.content.decode()) == decides
    assert ("person@example.org" in page.content.decode()) == contact
    assert (deciding.refusal(submission, user) == "") == decides
    assert (deciding.refusal(submission, user, high=True) == "") == high


def test_an_editor_is_offered_questions_and_notes_where_a_reviewer_decides(
    client: Client, nouns: None, editor: Any
):
    submission = sent(LLAMA)
    Submission.objects.update(high_impact=True)
    client.force_login(editor)
    page = client.get(review(submission)).content.decode()
    assert "a Reviewer decides on it" in page
    assert 'value="ask"' in page
    assert 'value="note"' in page
    assert 'value="accept"' not in page
    assert 'value="reject"' not in page
    data = {"decision": "accept", "revision": submission.revision, "message": "x"}
    assert "Select a valid choice" in client.post(review(submission), data).content.decode()
    data = {"decision": "ask", "revision": submission.revision, "message": "Which page?"}
    assert client.post(review(submission), data).status_code == 302
    submission.refresh_from_db()
    assert submission.state == "asked"


def test_nobody_else_sees_the_desk(client: Client, nouns: None, django_user_model: Any):
    submission = sent(LLAMA)
    assert client.get(review(submission)).status_code == 302
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.get(review(submission)).status_code == 403
    assert client.get(reverse("admin:catalog_submission_changelist")).status_code == 403


def test_drafts_are_not_on_the_desk(client: Client, reviewer: Any):
    client.force_login(reviewer)
    assert client.get(review(drafted({"name": "X"}))).status_code == 404


def test_what_waits_longest_stands_first(client: Client, nouns: None, reviewer: Any):
    for number, name in enumerate(["Second", "Third", "First"]):
        submission = sent(LLAMA | {"name": name})
        when = timezone.now() - timezone.timedelta(days=[2, 1, 3][number])
        Submission.objects.filter(pk=submission.pk).update(sent_at=when)
    client.force_login(reviewer)
    queue = client.get(reverse("admin:catalog_submission_changelist"), follow=True)
    titles = re.findall(r"/change/[^>]*>(First|Second|Third)<", queue.content.decode())
    assert titles == ["First", "Second", "Third"]


@pytest.mark.parametrize("size", [2, 6])
def test_the_queue_asks_the_same_for_any_length(
    client: Client, nouns: None, reviewer: Any, size: int, django_assert_num_queries: Any
):
    for number in range(size):
        sent(LLAMA | {"name": f"Nr {number}"})
    client.force_login(reviewer)
    address = reverse("admin:catalog_submission_changelist")
    with django_assert_num_queries(6):
        client.get(f"{address}?state__exact=sent&suspect__exact=0")


def test_contributors_write_nothing_about_a_submission(
    client: Client, nouns: None, contributor: Any
):
    submission = sent(LLAMA)
    client.force_login(contributor)
    data = {"decision": "note", "message": "Hello.", "revision": submission.revision}
    page = client.post(review(submission), data).content.decode()
    assert "Your role may read submissions" in page
    assert not submission.events.filter(kind="noted").exists()
