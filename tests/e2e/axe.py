"""What axe has to say of a page, in one colour scheme."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "light": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # The scheme changes colours alone; the markup is judged in the light one.
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


def findings(page: Page, scheme: str) -> list[tuple[str, str, str]]:
    """Address, rule and markup of each violation; of what passes axe need not tell every node."""
    options = {"runOnly": RULES[scheme], "resultTypes": ["violations"]}
    results = Axe().run(page, options=options)
    return [
        (page.url, violation["id"], violation["nodes"][0]["html"][:160])
        for violation in results.response["violations"]
    ]
