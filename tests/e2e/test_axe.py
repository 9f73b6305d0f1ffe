"""Every page template passes axe (WCAG 2.2 A and AA) in both colour schemes."""

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import in_both_schemes

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


ONE_OF_EACH = """
    document.querySelectorAll('details').forEach((d) => { d.open = true; });
    document.querySelectorAll('tr:has(> th.thing):nth-child(n+7)').forEach((d) => d.remove());
"""
"""Everything unfolded; of the rows of a list, which one template makes, the first six."""


def test_axe_finds_nothing(page: Page, site: str):
    found = []
    for path in PATHS:
        page.goto(site + path)
        page.evaluate(ONE_OF_EACH)
        found += in_both_schemes(page)
    assert found == []
