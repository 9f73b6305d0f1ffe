"""Decisions: what was previewed is published, four eyes, conflicts, nothing twice."""

import threading
from typing import Any

import pytest
from django.db import connection, connections

from catalog.evaluation.evaluate import stale
from catalog.models import (
    AISystem,
    CatalogState,
    Component,
    Dataset,
    Evaluation,
    Mail,
    PossibleDuplicate,
    Submission,
    SubmissionEvent,
)
from catalog.submissions import deciding, drafting
from catalog.submissions.effects import effect_of, facts_after, judged
from catalog.submissions.letters import send_due
from tests import factories as make
from tests.reading import explained
from tests.submissions.conftest import LLAMA, OLMO, drafted, sent

pytestmark = pytest.mark.django_db


def units(submission: Submission) -> list[str]:
    return [change.unit for change in effect_of(submission).changes]


def accepted(submission: Submission, user: Any, chosen: list[str] | None = None) -> AISystem:
    return deciding.accept(
        submission=submission,
        units=units(submission) if chosen is None else chosen,
        user=user,
        role="Reviewer",
        revision=submission.revision,
    )


def entry(**values: Any) -> AISystem:
    """An entry with the page that shows it, as every entry of the register has."""
    return make.make_system(evidence_url=make.EVIDENCE, **values)


def correction(system: AISystem, **part: Any) -> Submission:
    """A correction of an entry with these parts of its document changed."""
    draft = drafting.begin(sender=drafting.Sender(network="n"), system=system)
    draft.document |= part
    draft.save()
    return drafting.send(
        submission=draft, note="", relation="none", email="", sender=drafting.Sender(network="n")
    )


@pytest.mark.parametrize("document", [OLMO, LLAMA], ids=["open", "restricted"])
def test_the_published_entry_is_the_previewed_one(nouns: None, reviewer: Any, document: Any):
    submission = sent(document)
    previewed = judged(facts_after(submission.document))
    system = accepted(submission, reviewer)
    published = {row.definition_id: row for row in Evaluation.objects.filter(system=system)}
    for key, verdict in previewed.items():
        assert explained(published[key]).to_json() == verdict.to_json()
    assert stale() == []
    row = system.components.get(kind="weights_final")
    assert row.recorded_by == f"submission:{submission.pk}"
    assert row.source.key == "reviewed"
    submission.refresh_from_db()
    assert (submission.state, submission.system) == ("accepted", system)


def test_accepting_in_part_takes_the_ticked_parts_alone(nouns: None, reviewer: Any):
    submission = sent(OLMO)
    system = accepted(submission, reviewer, ["name", "evidence", "components.model_card"])
    assert [row.kind for row in system.components.all()] == ["model_card"]
    assert not Dataset.objects.filter(name="Dolmix").exists()
    assert SubmissionEvent.objects.get(kind="partly").units == [
        "name",
        "evidence",
        "components.model_card",
    ]


def test_a_correction_touches_nothing_else(nouns: None, reviewer: Any):
    system = entry(
        slug="here",
        components={"weights_final": "Apache-2.0", "model_card": "MIT"},
    )
    before = Component.objects.get(system=system, kind="model_card")
    weights = {
        "availability": "open_download",
        "licence": "MIT",
        "licence_status": "stated",
        "evidence": "https://example.org/licence",
    }
    document = drafting.begin(sender=drafting.Sender(), system=system).document
    submission = correction(system, components=document["components"] | {"weights_final": weights})
    assert units(submission) == ["components.weights_final"]
    accepted(submission, reviewer)
    after = Component.objects.get(system=system, kind="model_card")
    assert (after.recorded_by, after.checked_on) == (before.recorded_by, before.checked_on)
    assert Component.objects.get(system=system, kind="weights_final").licence_expression == "MIT"
    assert stale() == []


def test_a_row_of_another_register_cannot_be_taken_away(nouns: None, reviewer: Any):
    system = entry(slug="here", components={"model_card": "MIT"})
    system.components.update(recorded_by="import:mot")
    submission = correction(system, components={})
    with pytest.raises(deciding.DecisionError, match="another register"):
        accepted(submission, reviewer)
    assert system.components.count() == 1
    submission.refresh_from_db()
    assert submission.state == "sent"


# --- who may ----------------------------------------------------------------------------------


def test_contributors_do_not_decide(nouns: None, contributor: Any):
    with pytest.raises(deciding.DecisionError, match="Your role"):
        accepted(sent(LLAMA), contributor)


def test_nobody_decides_on_a_submission_of_their_own(nouns: None, reviewer: Any):
    submission = sent(LLAMA)
    Submission.objects.update(submitter=reviewer)
    with pytest.raises(deciding.DecisionError, match="your own"):
        accepted(submission, reviewer)
    Submission.objects.update(submitter=None, email="VERA@example.org")
    reviewer.email = "vera@example.org"
    with pytest.raises(deciding.DecisionError, match="your own"):
        accepted(submission, reviewer)
    assert AISystem.objects.count() == 0


def test_high_impact_needs_a_reviewer(nouns: None, editor: Any, reviewer: Any):
    system = entry(slug="here", components={"weights_final": "Apache-2.0"})
    weights = {
        "availability": "not_released",
        "evidence": "https://example.org/gone",
    }
    submission = correction(system, components={"weights_final": weights})
    assert submission.high_impact
    assert submission.verdicts_changed > 0
    with pytest.raises(deciding.DecisionError, match="Reviewer"):
        accepted(submission, editor)
    accepted(submission, reviewer)


def test_an_editor_asks_about_what_a_reviewer_decides(nouns: None, editor: Any):
    system = entry(slug="here", components={"weights_final": "Apache-2.0"})
    weights = {"availability": "not_released", "evidence": "https://example.org/gone"}
    submission = correction(system, components={"weights_final": weights})
    asking = {"submission": submission, "user": editor, "role": "Editor"}
    asked = deciding.ask(**asking, revision=submission.revision, message="Which page?")
    assert asked.state == "asked"


def test_small_corrections_are_for_editors(nouns: None, editor: Any):
    system = entry(slug="here", components={"weights_final": "Apache-2.0"})
    submission = correction(system, summary="What it is, in better words.")
    assert not submission.high_impact
    assert accepted(submission, editor).summary == "What it is, in better words."


# --- nothing twice, nothing unseen --------------------------------------------------------------


def test_a_second_decision_is_told_of_the_first(nouns: None, editor: Any, reviewer: Any):
    submission = sent(LLAMA)
    accepted(submission, reviewer)
    with pytest.raises(deciding.DecisionError, match="decided already"):
        deciding.reject(
            submission=submission,
            user=editor,
            role="Editor",
            revision=2,
            reason="scope",
            message="x",
        )
    assert AISystem.objects.count() == 1


def test_an_editor_who_has_read_an_older_version_reads_again(nouns: None, editor: Any):
    submission = sent(LLAMA)
    with pytest.raises(deciding.DecisionError, match="changed it"):
        deciding.accept(
            submission=submission, units=["name"], user=editor, role="Editor", revision=1
        )


def test_an_entry_that_has_moved_on_is_looked_at_again(nouns: None, editor: Any):
    system = entry(slug="here", components={"weights_final": "Apache-2.0"})
    submission = correction(system, summary="Better.")
    with pytest.raises(deciding.DecisionError, match="entry has changed"):
        deciding.accept(
            submission=submission,
            units=["summary"],
            user=editor,
            role="Editor",
            revision=submission.revision,
            seen="0" * 64,
        )


def test_asked_and_answered(nouns: None, editor: Any):
    submission = sent(LLAMA, email="a@example.org")
    drafting.confirm_address(submission=submission)
    asked = deciding.ask(
        submission=submission,
        user=editor,
        role="Editor",
        revision=submission.revision,
        message="Which page shows it?",
    )
    again = drafting.send(
        submission=asked,
        note="",
        relation="none",
        email="",
        sender=drafting.Sender(),
        answer="This one.",
    )
    assert (again.state, again.email) == ("sent", "a@example.org")
    assert [event.kind for event in again.events.all()] == ["sent", "asked", "answered"]
    assert [mail.template for mail in Mail.objects.order_by("id")] == ["confirm", "asked"]


def test_what_is_decided_cannot_be_withdrawn(nouns: None, editor: Any):
    submission = sent(LLAMA)
    accepted(submission, editor)
    with pytest.raises(drafting.NotNowError):
        drafting.withdraw(submission=submission)


def test_letters_go_out_once_and_wait_for_a_server_that_is_down(
    nouns: None, settings: Any, mailoutbox: Any
):
    sent(LLAMA, email="a@example.org")
    working = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": "tests.submissions.mailers.Down"}}
    assert send_due() == (0, 1)
    Mail.objects.update(next_attempt_at="2026-01-01T00:00Z")
    settings.MAILERS = working
    assert send_due() == (1, 0)
    assert send_due() == (0, 0)
    (letter,) = mailoutbox
    assert letter.to == ["a@example.org"]
    assert "/mail/confirm/" in letter.body
    assert "<p>" not in letter.body
    assert "List-Unsubscribe" in letter.extra_headers


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_one_wins(nouns: None, editor: Any, reviewer: Any):
    submission = sent(LLAMA)
    chosen = units(submission)
    results: list[str] = []
    gate = threading.Barrier(2)

    def decide(user: Any) -> None:
        gate.wait()
        try:
            deciding.accept(
                submission=submission,
                units=chosen,
                user=user,
                role="Editor",
                revision=submission.revision,
            )
            results.append("won")
        except deciding.DecisionError as error:
            results.append(str(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=[user]) for user in (editor, reviewer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()
    assert sorted(result == "won" for result in results) == [False, True]
    assert any("decided already" in result for result in results)
    assert AISystem.objects.count() == 1
    assert SubmissionEvent.objects.filter(kind="accepted").count() == 1


def test_drafts_are_no_rows_of_the_catalogue(nouns: None):
    drafted(OLMO)
    assert AISystem.objects.count() == 0


def test_a_rejection_changes_the_version_of_public_pages(nouns: None, editor: Any):
    submission = sent(LLAMA)
    before = CatalogState.objects.current()
    deciding.reject(
        submission=submission,
        user=editor,
        role="Editor",
        revision=submission.revision,
        reason="scope",
        message="A plan is no release.",
    )
    assert CatalogState.objects.current() > before


def test_an_accepted_double_goes_to_the_queue_of_pairs(nouns: None, reviewer: Any):
    known = entry(slug="known", name="Known", huggingface_id="maker/olmix-7b")
    entry(slug="sister", name="Sister", repository=OLMO["repository"])
    made = accepted(sent(OLMO), reviewer)
    (pair,) = PossibleDuplicate.objects.all()
    assert (pair.first, pair.second) == (known, made)
    assert "the same repository on the Hub" in pair.reason
