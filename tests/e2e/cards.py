"""The cards of verdicts on a page."""

from playwright.sync_api import Page, expect


def verdicts(page: Page) -> list[str]:
    """What the eleven cards say, once all of them are on the page."""
    statuses = page.locator(".card .head > p .status")
    expect(statuses).to_have_count(11)
    return statuses.all_inner_texts()
