"""From a stranger's form to a published entry, in a real browser, with and without scripts."""

import re
from typing import Any

import pytest
from django.conf import settings as site_settings
from playwright.sync_api import Browser, Page, expect

from catalog.desk.roles import make_roles
from catalog.models import License, Submission
from tests import factories as make
from tests.e2e.axe import in_both_schemes
from tests.e2e.cards import verdicts

pytestmark = pytest.mark.e2e


@pytest.fixture
def reviewer(site: str, django_user_model: Any) -> Any:
    make_roles()
    return django_user_model.objects.create_superuser("rea", password="secret-of-rea")  # noqa: S106


def fill_in(page: Page, site: str) -> None:
    """A small system, up to the check."""
    if not License.objects.filter(spdx_id="Apache-2.0").exists():
        make.make_licence(spdx_id="Apache-2.0")
    page.goto(f"{site}/submit/")
    page.get_by_label("Begin with an empty form").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Name (needed)").fill("Tiny 1B")
    page.get_by_label("Page that shows all this").fill("https://tiny.example.org/card")
    page.get_by_role("button", name="Save and continue").click()
    kind = page.locator("#c-weights_final-errors")
    kind.locator("summary").first.click()
    kind.get_by_label("Is it available?").select_option("open_download")
    kind.get_by_label("Licence", exact=True).fill("Apache-2.0")
    kind.get_by_label("Evidence: the page that shows it").fill("https://tiny.example.org/card")


def decide(page: Page, site: str, submission: Submission) -> None:
    page.goto(f"{site}/desk/catalog/submission/{submission.pk}/change/")
    page.get_by_label("Username").fill("rea")
    page.get_by_label("Password").fill("secret-of-rea")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Accept the ticked parts").check()
    page.get_by_label("Message", exact=True).fill("Read on the card.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Published: Tiny 1B")).to_be_visible()


def test_from_the_form_to_the_public_page(page: Page, site: str, reviewer: Any):
    fill_in(page, site)
    expect(page.locator("#known-licences option").first).to_be_attached()
    live = page.locator("#preview")
    page.wait_for_load_state("networkidle")
    expect(live.get_by_text(re.compile("Missing for")).first).to_be_visible()
    assert in_both_schemes(page) == []
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", name="What each definition makes of it")).to_be_visible()
    assert in_both_schemes(page) == []
    previewed = verdicts(page)
    page.get_by_role("link", name="Continue to sending").click()
    assert in_both_schemes(page) == []
    page.wait_for_timeout(site_settings.SUBMISSION_SECONDS * 1000)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#state")).to_have_text("Waiting for an editor")
    assert in_both_schemes(page) == []
    status = page.url
    submission = Submission.objects.get(title="Tiny 1B")
    assert not submission.suspect
    decide(page, site, submission)
    page.goto(status)
    page.get_by_role("link", name="Tiny 1B").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tiny 1B")
    assert verdicts(page) == previewed
    page.goto(f"{site}/systems/tiny-1b/history/")
    expect(page.get_by_text("Read on the card.")).to_be_visible()


def test_the_form_works_without_scripts(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    fill_in(page, site)
    page.get_by_role("button", name="Save and check").click()
    page.get_by_role("link", name="Continue to sending").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#state")).to_have_text("Waiting for an editor")
    context.close()


def test_a_mistake_is_named_and_nothing_typed_is_lost(page: Page, site: str):
    page.goto(f"{site}/submit/")
    page.get_by_label("Begin with an empty form").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Name (needed)").fill("Tiny 1B")
    page.get_by_label("Home page").fill("not an address")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("2 things are not right yet")
    expect(page.get_by_label("Home page")).to_have_value("not an address")
    assert in_both_schemes(page) == []
