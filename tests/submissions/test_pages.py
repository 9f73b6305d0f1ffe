"""The form, its private pages and the desk, over HTTP."""

import base64
import json
import logging
from typing import Any

import altcha.v1 as altcha
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Mail, Quota, Submission
from catalog.submissions import proof, quotas
from catalog.submissions.links import address_of, token_of
from catalog.submissions.tidying import tidy_up
from config.logs import PrivateLinks
from tests import factories as make
from tests.submissions.conftest import LLAMA, OLMO, drafted, sent

pytestmark = pytest.mark.django_db

BASICS = {"s-name": "Xyz 1B", "s-evidence": "https://x.example.org/card"}
SEND = {"relation": "none", "note": "hello", "email": ""}


def begun(client: Client, **data: Any) -> str:
    """The address of the first step of a new draft."""
    response = client.post("/submit/", {"way": "blank"} | data)
    assert response.status_code == 302, response.content
    return str(response["Location"])


def test_from_an_empty_form_to_the_editors(client: Client, nouns: None, settings: Any):
    settings.SUBMISSION_SECONDS = 0
    first = begun(client)
    assert client.post(first, BASICS)["Location"].endswith("/components/")
    components = first.replace("identify", "components")
    weights = {
        "c-weights_final-availability": "open_download",
        "c-weights_final-licence": "apache 2",
        "c-weights_final-evidence": "https://x.example.org/card",
        "go": "check",
    }
    checked = client.post(components, weights)["Location"]
    page = client.get(checked).content.decode()
    assert "Apache-2.0" in page
    assert "Continue to sending" in page
    answer = client.post(checked.replace("/check/", "/send/"), SEND)
    assert "Waiting for an editor" in client.get(answer["Location"]).content.decode()
    submission = Submission.objects.get()
    assert submission.document["components"]["weights_final"]["licence"] == "Apache-2.0"
    assert (submission.state, submission.suspect) == ("sent", False)


def test_what_is_wrong_is_kept_as_typed_and_named(client: Client):
    first = begun(client)
    assert client.post(first, BASICS | {"s-homepage": "nope <b>"})["Location"].endswith(
        "/identify/"
    )
    page = client.get(first).content.decode()
    assert "nope &lt;b&gt;" in page
    assert "1 thing is not right yet" in page
    check = client.get(first.replace("identify", "check")).content.decode()
    assert "is not an address that begins with http" in check
    assert client.get(first.replace("identify", "send")).status_code == 302


def test_more_rows_without_scripts(client: Client):
    data = begun(client).replace("identify", "data")
    rows = {"t-TOTAL_FORMS": "2", "t-INITIAL_FORMS": "0", "b-TOTAL_FORMS": "0"}
    rows |= {"b-INITIAL_FORMS": "0", "t-0-dataset": "Dolma", "more": "t"}
    target = client.post(data, rows)["Location"]
    page = client.get(target).content.decode()
    assert 'value="Dolma"' in page
    assert "t-4-dataset" in page


def test_the_live_part_counts_what_is_typed_and_keeps_nothing(client: Client, nouns: None):
    first = begun(client)
    preview = first.replace("identify/", "preview/components/")
    typed = {
        "c-weights_final-availability": "open_download",
        "c-weights_final-licence": "Apache-2.0",
        "c-weights_final-evidence": "https://x.example.org/card",
        "c-model_card-url": "nope",
    }
    page = client.post(preview, typed).content.decode()
    assert "1 thing is not right yet" not in page
    assert "not right yet and do" in page
    assert Submission.objects.get().document == {}


def test_lists_to_choose_from(client: Client, nouns: None, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        page = client.get("/submit/choices/licences/?c-x-licence=apache").content.decode()
    assert 'value="Apache-2.0"' in page
    assert client.get("/submit/choices/nothing/?q=a").status_code == 404


def test_a_system_that_is_there_already_is_shown(client: Client):
    make.make_system(slug="xyz", name="Xyz 1B")
    first = begun(client)
    client.post(first, BASICS)
    assert "Is it in the register already?" in client.get(first).content.decode()


def test_a_file_begins_a_draft_and_a_wrong_one_says_why(client: Client, nouns: None):

    good = File(
        "a.json",
        json.dumps({"schema": "glassbox-facts/1", "system": {"slug": "x", "name": "X"}}).encode(),
    )
    begun(client, way="file", file=good)
    assert Submission.objects.get().title == "X"
    bad = File("a.json", b'{"system": 1}')
    response = client.post("/submit/", {"way": "file", "file": bad})
    assert response.status_code == 200
    assert "$.system" in response.content.decode()
    assert Submission.objects.count() == 1


def test_a_correction_begins_with_what_the_entry_says(client: Client, nouns: None):
    system = make.make_system(
        slug="here", evidence_url=make.EVIDENCE, components={"weights_final": "Apache-2.0"}
    )
    entry = client.get("/systems/here/").content.decode()
    assert "/submit/?correct=here" in entry
    first = client.post("/submit/?correct=here")["Location"]
    assert f'value="{system.name}"' in client.get(first).content.decode()
    check = client.get(first.replace("identify", "check")).content.decode()
    assert "Continue to sending" not in check


# --- private links ----------------------------------------------------------------------------


def test_private_pages_are_kept_by_nobody(client: Client, nouns: None):
    submission = drafted(OLMO)
    token = token_of(submission)
    for path in (
        "",
        "identify/",
        "components/",
        "data/",
        "people/",
        "check/",
        "facts.json",
        "MOF.yml",
    ):
        response = client.get(f"/submit/{token}/{path}")
        assert response.status_code == 200, path
        assert "no-store" in response["Cache-Control"], path
        assert "noindex" in response["X-Robots-Tag"], path
        assert response["Referrer-Policy"] == "strict-origin", path


@pytest.mark.parametrize("change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), str.upper])
def test_a_link_that_is_none_of_ours_finds_nothing(client: Client, change: Any):
    token = token_of(drafted({"name": "X"}))
    assert client.get(f"/submit/{change(token)}/").status_code == 404


def test_a_link_for_letters_opens_no_submission(client: Client):
    submission = drafted({"name": "X"})
    assert client.get(f"/submit/{token_of(submission, 'confirm')}/").status_code == 404


def test_an_address_is_confirmed_by_a_click_and_forgotten_by_one(client: Client, nouns: None):
    submission = sent(LLAMA, email="a@example.org")
    confirm = reverse("catalog:confirm_address", args=[token_of(submission, "confirm")])
    client.get(confirm)
    submission.refresh_from_db()
    assert submission.email_confirmed_at is None
    client.post(confirm)
    submission.refresh_from_db()
    assert submission.email_confirmed_at is not None
    strict = Client(enforce_csrf_checks=True)
    forget = reverse("catalog:forget_address", args=[token_of(submission, "forget")])
    assert strict.post(forget).status_code == 200
    submission.refresh_from_db()
    assert submission.email == ""


def test_withdrawn_by_the_submitter(client: Client, nouns: None):
    submission = sent(LLAMA)
    client.post(f"{address_of(submission)}withdraw/")
    submission.refresh_from_db()
    assert submission.state == "withdrawn"


# --- against abuse ----------------------------------------------------------------------------


def test_who_fills_in_the_hidden_field_waits_apart(client: Client, nouns: None, settings: Any):
    settings.SUBMISSION_SECONDS = 0
    submission = drafted(LLAMA)
    client.post(f"/submit/{token_of(submission)}/send/", SEND | {"website": "http://spam"})
    submission.refresh_from_db()
    assert (submission.state, submission.suspect) == ("sent", True)


def test_the_second_submission_an_hour_needs_a_proof(client: Client, nouns: None):
    client.post(f"/submit/{token_of(drafted(LLAMA))}/send/", SEND)
    second = drafted(LLAMA | {"name": "Other"})
    address = f"/submit/{token_of(second)}/send/"
    refused = client.post(address, SEND | {"note": "typed"})
    assert refused.status_code == 429
    assert "typed" in refused.content.decode()
    assert "proof.js" in refused.content.decode()
    answer = client.post(address, SEND | {"altcha": solution()})
    assert answer.status_code == 302
    second.refresh_from_db()
    assert second.state == "sent"


def test_in_a_flood_each_new_draft_needs_a_proof(client: Client, monkeypatch: Any):
    monkeypatch.setattr(quotas, "ALL_DRAFTS", quotas.Limit("draft-all", 2, 3600))
    for _ in range(2):
        begun(client)
    refused = client.post("/submit/", {"way": "hub", "repository": "maker/olmix-7b"})
    assert refused.status_code == 429
    html = refused.content.decode()
    assert 'value="maker/olmix-7b"' in html
    assert "data-challenge" in html
    assert Submission.objects.count() == 2
    begun(client, altcha=solution())
    assert Submission.objects.count() == 3


def solution() -> str:
    """What the script of the page hands in."""
    task = proof.challenge()
    found = altcha.solve_challenge(
        task["challenge"], task["salt"], task["algorithm"], task["maxNumber"]
    )
    payload = {key: task[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps(payload | {"number": found.number}).encode()).decode()


def test_a_proof_is_good_once():
    payload = solution()
    assert proof.solved(payload)
    assert not proof.solved(payload)
    other = dict(reversed(json.loads(base64.b64decode(payload)).items()))
    rewritten = base64.b64encode(json.dumps(other, indent=2).encode()).decode()
    assert altcha.verify_solution(rewritten, proof.key(), check_expires=True)[0]
    assert not proof.solved(rewritten)
    assert not proof.solved("nonsense")
    assert not proof.solved("")


def test_a_network_that_begins_too_many_drafts_waits(client: Client, settings: Any):
    me = quotas.hashed("127.0.0.1")
    for _number in range(quotas.DRAFTS.most):
        quotas.use(quotas.DRAFTS, me)
    assert client.post("/submit/", {"way": "blank"}).status_code == 429
    assert Submission.objects.count() == 0


def test_what_has_had_its_time_is_deleted(nouns: None):
    drafted({"name": "Old"})
    old = sent(LLAMA, email="a@example.org")
    long_ago = timezone.now() - timezone.timedelta(days=400)
    Submission.objects.filter(state="draft").update(saved_at=long_ago)
    Submission.objects.filter(pk=old.pk).update(
        state="rejected", decided_at=long_ago, created_at=long_ago
    )
    Mail.objects.update(created_at=long_ago)
    quotas.use(quotas.SENDS, "x")
    Quota.objects.update(expires_at=long_ago)
    spent = Quota.objects.count()
    done = tidy_up()
    assert (done["drafts"], done["addresses"], done["networks"]) == (1, 1, 1)
    assert (done["letters"], done["quotas"]) == (1, spent)
    old.refresh_from_db()
    assert (old.email, old.network) == ("", "")


def test_private_links_are_not_logged(client: Client):
    token = token_of(drafted({"name": "X"}))
    record = logging.LogRecord("x", 30, "", 0, "Not Found: %s", (f"/submit/{token}/nope/",), None)
    PrivateLinks().filter(record)
    assert token not in record.getMessage()
    assert "/nope/" in record.getMessage()


def test_what_no_column_can_hold_is_no_fault_of_the_server(client: Client):
    first = begun(client)
    answer = client.post(first, {"s-name": "A\0B", "s-evidence": "no\0pe"})
    assert answer.status_code == 302
    assert 'value="AB"' in client.get(first).content.decode()
    preview = first.replace("identify/", "preview/identify/")
    assert client.post(preview, {"s-name": "A\0B"}).status_code == 200
