"""Many submissions at once: the preview decides nothing, and what it showed is what is done."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import AISystem, Mail, Submission
from tests import factories as make
from tests.markup import compact
from tests.submissions.conftest import LLAMA, OLMO, sent
from tests.submissions.test_deciding import correction, entry

pytestmark = pytest.mark.django_db

QUEUE = "admin:catalog_submission_changelist"


def choose(client: Client, action: str, *submissions: Submission) -> str:
    """Choose these in the queue; returns the preview."""
    address = reverse(QUEUE) + "?state__exact=sent"
    data = {"action": action, "_selected_action": [row.pk for row in submissions], "index": 0}
    response = client.post(address, data)
    assert response.status_code == 200
    return response.content.decode()


def answer(client: Client, preview: str, **more: str) -> Any:
    """Send the form of the preview with its hidden fields."""
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', preview):
        data.setdefault(name, []).append(value.replace("&#x27;", "'").replace("&amp;", "&"))
    data |= {name: [value] for name, value in more.items()}
    return client.post(reverse(QUEUE) + "?state__exact=sent", data, follow=True)


def test_the_preview_says_what_would_change_and_decides_nothing(
    client: Client, nouns: None, reviewer: Any
):
    system = entry(slug="here", components={"weights_final": "Apache-2.0"})
    gone = {"availability": "not_released", "evidence": "https://example.org/gone"}
    one = correction(system, components={"weights_final": gone})
    client.force_login(reviewer)
    preview = compact(choose(client, "accept_many", one, sent(LLAMA)))
    assert "You can decide 2 of these." in preview
    assert "OWD 0.3: Not known → Not Open Weight" in preview
    assert set(Submission.objects.values_list("state", flat=True)) == {"sent"}


def test_many_are_accepted_each_as_it_was_shown(client: Client, nouns: None, reviewer: Any):
    rows = [sent(LLAMA), sent(OLMO, email="a@example.org")]
    client.force_login(reviewer)
    page = answer(client, choose(client, "accept_many", *rows), message="Read.")
    assert "2 submissions decided." in page.content.decode()
    assert set(AISystem.objects.values_list("name", flat=True)) == {"Lhama 3", "Olmix 7B"}
    assert {row.state for row in Submission.objects.all()} == {"accepted"}
    weights = AISystem.objects.get(name="Olmix 7B").components.get(kind="weights_final")
    assert weights.licence_expression == "Apache-2.0"


def test_what_has_changed_since_the_preview_is_told_and_not_decided(
    client: Client, nouns: None, reviewer: Any
):
    rows = [sent(LLAMA), sent(LLAMA | {"name": "Another"})]
    client.force_login(reviewer)
    preview = choose(client, "accept_many", *rows)
    Submission.objects.filter(pk=rows[0].pk).update(revision=9)
    page = answer(client, preview, message="").content.decode()
    assert "1 submission decided." in page
    assert "Lhama 3: The submitter has changed it" in page
    assert list(AISystem.objects.values_list("name", flat=True)) == ["Another"]


def test_conflicts_and_high_impact_are_left_out(client: Client, nouns: None, editor: Any):
    system = entry(slug="here", summary="old", components={"weights_final": "Apache-2.0"})
    conflict = correction(system, summary="mine")
    AISystem.objects.update(summary="theirs")
    gone = {"availability": "not_released", "evidence": "https://example.org/gone"}
    high = correction(system, components={"weights_final": gone})
    client.force_login(editor)
    preview = choose(client, "accept_many", conflict, high)
    assert "You can decide 0 of these." in preview
    assert "It is in conflict with a newer change" in preview
    assert "a Reviewer decides on it" in preview
    answer(client, preview, action="accept_many", index="0", apply="yes")
    assert set(Submission.objects.values_list("state", flat=True)) == {"sent"}


def test_many_are_rejected_with_one_reason(client: Client, nouns: None, editor: Any):
    rows = [sent(LLAMA | {"name": f"Spam {number}"}) for number in range(3)]
    client.force_login(editor)
    preview = choose(client, "reject_many", *rows)
    nothing = answer(client, preview).content.decode()
    assert "Choose a reason." in nothing
    assert "Say why; every submitter reads it." in nothing
    assert Submission.objects.filter(state="sent").count() == 3
    page = answer(client, nothing, reason="advertising", message="It sells.").content.decode()
    assert "3 submissions decided." in page
    assert set(Submission.objects.values_list("state", flat=True)) == {"rejected"}
    assert Mail.objects.count() == 0


def test_a_contributor_has_no_such_action(client: Client, nouns: None, contributor: Any):
    row = sent(LLAMA)
    client.force_login(contributor)
    data = {"action": "reject_many", "_selected_action": [row.pk], "apply": "yes"}
    data |= {"reason": "scope", "message": "x", f"revision-{row.pk}": row.revision}
    client.post(reverse(QUEUE) + "?state__exact=sent", data)
    assert Submission.objects.get().state == "sent"


@pytest.mark.parametrize("size", [2, 8])
def test_the_preview_of_rejections_asks_the_same_for_any_number(
    client: Client, nouns: None, editor: Any, size: int, django_assert_num_queries: Any
):
    rows = [sent(LLAMA | {"name": f"Nr {number}"}) for number in range(size)]
    client.force_login(editor)
    choose(client, "reject_many", *rows)
    with django_assert_num_queries(7):
        choose(client, "reject_many", *rows)


def test_a_spelling_that_gets_a_meaning_is_recognised_everywhere(
    client: Client, nouns: None, reviewer: Any
):
    free = {"weights_final": {"licence": "Apache-2.0", "form": "full"}}
    system = entry(slug="here", components=free)
    system.components.update(
        licence_expression="", licence_status="unrecognised", licence_text="Apache Two"
    )
    system.components.get().licences.clear()
    client.force_login(reviewer)
    queue = client.get(reverse("admin:unrecognised_licences")).content.decode()
    assert "Apache Two" in queue
    assert "?alias=Apache%20Two" in queue
    form = {"alias": "Apache Two", "expression": "Apache-2.0"}
    done = client.post(reverse("admin:catalog_licensealias_add"), form, follow=True)
    assert "1 row is recognised now." in done.content.decode()
    row = system.components.get()
    assert (row.licence_expression, row.licence_status) == ("Apache-2.0", "stated")
    assert system.evaluations.get(definition_id="owd-0.3").status == "met"
    assert "None: every licence" in client.get(reverse("admin:unrecognised_licences")).text


def test_the_first_page_of_the_desk_says_what_waits(client: Client, nouns: None, editor: Any):
    sent(LLAMA)
    sent(LLAMA | {"name": "Second"})
    Submission.objects.filter(title="Second").update(suspect=True)
    client.force_login(editor)
    html = compact(client.get(reverse("admin:index")).content.decode())
    assert "<b>1</b> Submissions that wait for a decision" in html
    assert "<b>1</b> Submissions that look like spam" in html
    assert "<b>0</b> Verdicts that are not of today’s facts and rules" in html
    queues = re.findall(r'<li[^>]*><a href="([^"]+)"><b>', html)
    assert queues
    for address in queues:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_stale_verdicts_are_a_queue_and_are_judged_again_from_it(
    client: Client, nouns: None, reviewer: Any
):
    system = make.make_system(slug="here", components={"weights_final": "Apache-2.0"})
    system.evaluations.filter(definition_id="owd-0.3").update(definition_fingerprint="old")
    client.force_login(reviewer)
    address = reverse("admin:catalog_evaluation_changelist") + "?stale=yes"
    html = client.get(address).content.decode()
    assert "1 evaluation" in html
    row = system.evaluations.get(definition_id="owd-0.3")
    data = {"action": "judge_again", "_selected_action": [row.pk], "index": 0}
    client.post(address, data)
    assert system.evaluations.filter(definition_fingerprint="old").count() == 0
