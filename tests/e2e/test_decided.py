"""From the public form over the desk to the public page and its feed, whatever is decided."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from catalog.desk.roles import make_roles
from catalog.intake.editing import refresh
from catalog.models import AISystem, PossibleDuplicate, Submission
from tests import factories as make
from tests.e2e.cards import verdicts
from tests.hub_server import FakeHub, serving

pytestmark = pytest.mark.e2e

EVIDENCE = "https://tiny.example.org/card"
OPEN_PARTS = (
    "pretraining_data", "data_preprocessing_code", "training_code", "evaluation_code",
    "inference_code", "model_architecture", "data_documentation", "technical_report",
    "evaluation_results",
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_waiting(settings: Any) -> None:
    """The time trap has tests of its own."""
    settings.SUBMISSION_SECONDS = 0


@pytest.fixture
def desk(browser: Browser, site: str, django_user_model: Any) -> Iterator[Page]:
    """A Reviewer's browser."""
    make_roles()
    user = django_user_model.objects.create_user("rea", is_staff=True)
    user.groups.set(Group.objects.filter(name="Reviewer"))
    client = Client()
    client.force_login(user)
    context = browser.new_context()
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    yield context.new_page()
    context.close()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A Hub with one open and one restricted repository."""
    with serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.delenv("HF_TOKEN", raising=False)
        monkeypatch.setenv("NO_PROXY", "*")
        running.owner("maker", "Maker")
        running.model(
            "maker/olmix-7b",
            files=("config.json", "LICENSE", "model.safetensors"),
            pipeline_tag="text-generation",
            tags=["en", "license:apache-2.0"],
            card="---\nlicense: apache-2.0\nlanguage:\n- en\n---\n# Olmix 7B\n",
        )
        running.model(
            "maker/lhama-3",
            gated="manual",
            files=("config.json", "model.safetensors"),
            pipeline_tag="text-generation",
            tags=["en", "license:llama2"],
            card="---\nlicense: llama2\nlanguage:\n- en\n---\n# Lhama 3\n",
        )
        yield running


def component(page: Page, kind: str, **fields: str) -> None:
    """Fill in one kind of component."""
    section = page.locator(f"#c-{kind}-errors")
    if section.get_attribute("open") is None:
        section.locator("summary").first.click()
    labels = {"licence": "Licence", "evidence": "Evidence: the page that shows it"}
    for name, value in fields.items():
        if name in labels:
            section.get_by_label(labels[name], exact=True).fill(value)
        elif name == "availability":
            section.get_by_label("Is it available?").select_option(value)
        else:
            section.get_by_label("Is it all of it?").select_option(value)


def send(page: Page) -> Submission:
    """From the check to the editors."""
    page.get_by_role("link", name="Continue to sending").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#state")).to_have_text("Waiting for an editor")
    return Submission.objects.latest("id")


def proposed(page: Page, site: str, **basics: str) -> Submission:
    """A small new system, sent."""
    make.make_licence(spdx_id="MIT-0")
    page.goto(f"{site}/submit/")
    page.get_by_label("Begin with an empty form").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Name (needed)").fill(basics.get("name", "Tiny 1B"))
    page.get_by_label("Page that shows all this").fill(EVIDENCE)
    if "hub" in basics:
        page.locator("[name=s-huggingface_id]").fill(basics["hub"])
    page.get_by_role("button", name="Save and continue").click()
    for kind in ("weights_final", "model_card"):
        component(page, kind, availability="open_download", licence="MIT-0", evidence=EVIDENCE)
    page.get_by_role("button", name="Save and check").click()
    return send(page)


def corrected(page: Page, site: str, slug: str, summary: str) -> Submission:
    """A correction of an entry's summary, sent, from the entry's own page."""
    page.goto(f"{site}/systems/{slug}/")
    page.get_by_role("link", name="Correct it").first.click()
    page.get_by_role("button", name="Open the form").click()
    page.locator("[name=s-summary]").fill(summary)
    page.get_by_label("Page that shows all this").fill(EVIDENCE)
    page.get_by_role("button", name="Save and check").click()
    return send(page)


def decide(desk: Page, site: str, submission: Submission, decision: str, message: str) -> None:
    """Decide on the review page; boxes are ticked or not by the caller before."""
    address = f"{site}/desk/catalog/submission/{submission.pk}/change/"
    if desk.url != address:
        desk.goto(address)
    desk.get_by_role("radio", name=decision).check()
    desk.get_by_label("Message", exact=True).fill(message)
    desk.get_by_role("button", name="Decide").click()
    expect(desk.locator("li.success")).to_be_visible()


def feed(page: Page, site: str, path: str) -> str:
    return page.request.get(f"{site}{path}").text()


def hidden_from_the_public(page: Page, site: str, slug: str) -> bool:
    return page.request.get(f"{site}/systems/{slug}/").status == 404


@pytest.mark.parametrize("kind", ["open", "restricted"])
def test_a_prefilled_system_is_published_as_it_was_previewed(
    page: Page, site: str, hub: FakeHub, desk: Page, kind: str
):
    repository = "maker/olmix-7b" if kind == "open" else "maker/lhama-3"
    page.goto(f"{site}/submit/")
    page.get_by_role("textbox", name="Repository").fill(repository)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("[name=s-huggingface_id]")).to_have_value(repository)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#c-weights_final-errors")).to_have_attribute("open", "")
    if kind == "open":
        for part in OPEN_PARTS:
            component(
                page, part, availability="open_download", licence="Apache-2.0", evidence=EVIDENCE
            )
    page.get_by_role("button", name="Save and check").click()
    previewed = verdicts(page)
    assert len(previewed) == 11
    submission = send(page)
    decide(desk, site, submission, "Accept the ticked parts", "Read on the pages.")
    page.goto(page.url)
    page.get_by_role("link", name=submission.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(submission.title)
    assert verdicts(page) == previewed
    assert ("Open Weight" in previewed) == (kind == "open")


def test_accepted_in_part(page: Page, site: str, desk: Page):
    submission = proposed(page, site)
    desk.goto(f"{site}/desk/catalog/submission/{submission.pk}/change/")
    desk.locator('input[name="unit"][value="components.model_card"]').uncheck()
    decide(desk, site, submission, "Accept the ticked parts", "The card has no terms.")
    page.goto(page.url)
    expect(page.locator("#state")).to_have_text("Accepted in part")
    page.goto(f"{site}/systems/tiny-1b/history/")
    expect(page.get_by_text("Reviewer: a proposed entry, accepted in part")).to_be_visible()
    kinds = AISystem.objects.get(slug="tiny-1b").components.values_list("kind", flat=True)
    assert list(kinds) == ["weights_final"]
    assert "accepted in part" in feed(page, site, "/systems/tiny-1b/changes.atom")


def test_rejected(page: Page, site: str, desk: Page):
    submission = proposed(page, site)
    desk.goto(f"{site}/desk/catalog/submission/{submission.pk}/change/")
    desk.get_by_label("Reason for a rejection").select_option("unproved")
    decide(desk, site, submission, "Reject", "The card names no licence.")
    page.goto(page.url)
    expect(page.locator("#state")).to_have_text("Rejected")
    expect(page.get_by_text("The card names no licence.")).to_be_visible()
    assert hidden_from_the_public(page, site, "tiny-1b")
    page.goto(f"{site}/decisions/")
    line = page.get_by_role("listitem").filter(has_text="Reviewer: a proposed entry, rejected")
    expect(line).to_contain_text("The evidence does not show it")
    told = feed(page, site, "/decisions.atom")
    assert "The evidence does not show it" in told
    assert "Tiny 1B" not in told


def test_asked_answered_and_accepted(page: Page, site: str, desk: Page):
    submission = proposed(page, site)
    status = page.url
    decide(desk, site, submission, "Ask the submitter", "Which page shows the licence?")
    page.goto(status)
    expect(page.locator("#state")).to_have_text("Waiting for the submitter")
    expect(page.get_by_text("Which page shows the licence?")).to_be_visible()
    page.get_by_role("link", name="Change what you entered").click()
    page.locator("[name=s-summary]").fill("A small model.")
    page.get_by_role("button", name="Save and continue").click()
    page.goto(status)
    page.get_by_label("Your answer").fill("The file LICENSE.")
    page.get_by_role("button", name="Answer and send again").click()
    expect(page.locator("#state")).to_have_text("Waiting for an editor")
    decide(desk, site, submission, "Accept the ticked parts", "Seen.")
    page.goto(f"{site}/systems/tiny-1b/")
    expect(page.get_by_text("A small model.").first).to_be_visible()
    assert "a proposed entry, accepted" in feed(page, site, "/systems/tiny-1b/changes.atom")


def test_withdrawn(page: Page, site: str, desk: Page):
    submission = proposed(page, site)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator("#state")).to_have_text("Withdrawn")
    desk.goto(f"{site}/desk/catalog/submission/{submission.pk}/change/")
    expect(desk.get_by_text("Withdrawn").first).to_be_visible()
    expect(desk.get_by_role("button", name="Decide")).to_have_count(0)
    assert hidden_from_the_public(page, site, "tiny-1b")
    assert "tiny-1b" not in feed(page, site, "/changes.atom")


def test_a_conflict_is_shown_and_resolved(page: Page, site: str, desk: Page):
    system = AISystem.objects.get(slug="llama-3-1")
    submission = corrected(page, site, "llama-3-1", "Weights under terms that restrict use.")
    AISystem.objects.filter(pk=system.pk).update(summary="What another editor wrote.")
    refresh(rows=[AISystem.objects.get(pk=system.pk)])
    desk.goto(f"{site}/desk/catalog/submission/{submission.pk}/change/")
    row = desk.locator("tr.conflict")
    expect(row).to_contain_text("What another editor wrote.")
    expect(row).to_contain_text("Weights under terms that restrict use.")
    expect(row.locator("input[name=unit]")).not_to_be_checked()
    row.locator("input[name=unit]").check()
    decide(desk, site, submission, "Accept the ticked parts", "The maker’s page says so.")
    page.goto(f"{site}/systems/llama-3-1/")
    expect(page.get_by_text("Weights under terms that restrict use.").first).to_be_visible()
    assert "a correction, accepted" in feed(page, site, "/systems/llama-3-1/changes.atom")


def test_a_double_is_merged(page: Page, site: str, desk: Page):
    known = AISystem.objects.get(slug="olmo-7b")
    AISystem.objects.filter(pk=known.pk).update(huggingface_id="allenai/OLMo-7B")
    submission = proposed(page, site, name="Tiny OLMo", hub="allenai/OLMo-7B")
    desk.goto(f"{site}/desk/catalog/submission/{submission.pk}/change/")
    expect(desk.get_by_text("the same repository on the Hub")).to_be_visible()
    decide(desk, site, submission, "Accept the ticked parts", "Read on the card.")
    pair = PossibleDuplicate.objects.get(first=known)
    desk.goto(f"{site}/desk/catalog/possibleduplicate/{pair.pk}/change/")
    desk.get_by_label("One system: keep the first entry").check()
    desk.get_by_label("Rationale").fill("The same repository.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("li.success").first).to_contain_text("its address leads there")
    page.goto(f"{site}/systems/tiny-olmo/")
    expect(page).to_have_url(f"{site}/systems/olmo-7b/")
    page.goto(f"{site}/systems/olmo-7b/history/")
    expect(page.get_by_text("Reviewer: a proposed entry, accepted")).to_be_visible()
    assert "a proposed entry, accepted" in feed(page, site, "/systems/olmo-7b/changes.atom")
