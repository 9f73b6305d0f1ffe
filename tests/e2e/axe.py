"""What axe has to say of a page, in one colour scheme."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

COLOURS = ["color-contrast", "link-in-text-block"]
"""By far the slowest rules, and the only ones that the scheme makes a difference to."""

MARKED = "data-colours"

MARK_ONE_OF_EACH = """(mark) => {
    const seen = new Set();
    document.querySelectorAll(`[${mark}]`).forEach((e) => e.removeAttribute(mark));
    for (const element of document.body.querySelectorAll('*')) {
        const written = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        if (!written && !element.matches('input, select, textarea')) continue;
        const style = getComputedStyle(element);
        const key = [element.matches('a'), element.disabled, style.color, style.fontSize,
            style.fontWeight, style.textDecorationLine, style.textShadow];
        for (let e = element; e; e = e.parentElement) {
            const around = getComputedStyle(e);
            const { color, backgroundColor, backgroundImage, opacity, position } = around;
            key.push(`${color} ${backgroundColor} ${backgroundImage} ${opacity} ${position}`);
        }
        const text = key.filter((value, n) => n === 0 || value !== key[n - 1]).join('|');
        if (!seen.has(text)) element.setAttribute(mark, '');
        seen.add(text);
    }
}"""
"""Marks one of all texts with the same colour and size on the same backgrounds."""

RUN = """async ([context, options]) => {
    const results = await axe.run(context || document, options);
    return results.violations.map((found) => [found.id, found.nodes[0].html.slice(0, 160)]);
}"""


def in_both_schemes(page: Page) -> list[tuple[str, str, str]]:
    """What is found in the light scheme and in the dark one, without loading the page again."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += findings(page, scheme)
    return found


def findings(page: Page, scheme: str) -> list[tuple[str, str, str]]:
    """Address, rule and markup of each violation in the scheme that the page is shown in.

    The markup is judged in the light one. Of what passes axe need not tell every node.
    """
    page.evaluate(MARK_ONE_OF_EACH, MARKED)
    found = violations(page, {"type": "rule", "values": COLOURS}, f"[{MARKED}]")
    if scheme == "light":
        off = {rule: {"enabled": False} for rule in COLOURS}
        found += violations(page, {"type": "tag", "values": TAGS}, None, rules=off)
    return found


def violations(
    page: Page, run_only: dict[str, object], context: str | None, **options: object
) -> list[tuple[str, str, str]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    asked = {"runOnly": run_only, "resultTypes": ["violations"]} | options
    return [(page.url, rule, html) for rule, html in page.evaluate(RUN, [context, asked])]
