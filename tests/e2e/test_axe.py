"""Every page template passes axe (WCAG 2.2 A and AA) in both colour schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.e2e

PATHS = [
    "/",
    "/systems/",
    "/systems/?q=olmo&commercial=yes",
    "/systems/?q=nothing-at-all",
    "/systems/olmo-7b/",
    "/systems/llama-3-1/",
    "/systems/olmo-7b/verdicts/osaid-1.0/",
    "/systems/olmo-7b/verdicts/osai-2026/",
    "/systems/olmo-7b/verdicts/public-ai-2025/",
    "/systems/olmo-7b/history/?on=2026-11-23",
    "/claims/",
    "/changes/",
    "/decisions/",
    "/charts/",
    "/systems/olmo-7b/badges/",
    "/as-of/",
    "/definitions/agreement/",
    "/definitions/osai-2026/since/osai-2024/",
    "/definitions/osai-2026/systems/?sort=verdict",
    "/compare/",
    "/compare/?s=olmo-7b&s=llama-3-1",
    "/definitions/",
    "/definitions/osaid-1.0/",
    "/definitions/mof-1.0/",
    "/definitions/matrix/",
    "/datasets/",
    "/datasets/dolma/",
    "/frameworks/",
    "/frameworks/pytorch/",
    "/licences/",
    "/licences/LicenseRef-Llama-2/",
    "/organisations/",
    "/organisations/ai2/",
    "/languages/",
    "/languages/python/",
    "/platforms/",
    "/platforms/huggingface/",
    "/data/",
    "/sources/",
    "/sources/links/",
    "/sources/makers-page/",
    "/api/",
    "/learn/",
    "/learn/open-source-ai/",
    "/learn/what-people-say/",
    "/learn/glossary/",
    "/methodology/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/submit/",
    "/submit/?correct=olmo-7b",
    "/policy/",
    "/handbook/",
    "/submit/guide/",
    "/nowhere/",
]

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, site: str, scheme: str):
    axe = Axe()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = []
    for path in PATHS:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        results = axe.run(page, options=OPTIONS)
        found += [
            (path, violation["id"], violation["nodes"][0]["html"][:160])
            for violation in results.response["violations"]
        ]
    assert found == []
