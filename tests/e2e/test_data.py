"""The files in a real browser: the lists are usable by keyboard, and linked data breaks nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from catalog.exports.dumps.build import build_dumps
from tests.e2e.axe import in_both_schemes

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the dumps are that the first test builds, and all read."""
    return tmp_path_factory.mktemp("data") / "dumps"


@pytest.fixture
def stocked(site: str, settings: Any, built: Path) -> str:
    """The site with its dumps built."""
    settings.DUMPS_DIR = built
    if not built.exists():
        build_dumps(target=built)
    return site


def test_axe_finds_nothing_among_the_files(page: Page, stocked: str):
    page.goto(f"{stocked}/data/")
    expect(page.get_by_role("link", name="systems.jsonl.gz")).to_be_visible()
    found = in_both_schemes(page)
    page.goto(f"{stocked}/systems/olmo-7b/")
    expect(page.get_by_role("heading", name="Take it with you")).to_be_visible()
    assert found + in_both_schemes(page) == []


def test_a_file_is_taken_by_keyboard(page: Page, stocked: str):
    page.goto(f"{stocked}/systems/olmo-7b/")
    page.get_by_role("link", name="CycloneDX 1.7 ML-BOM").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "olmo-7b.bom.cdx.json"
    assert json.loads(download.value.path().read_text())["bomFormat"] == "CycloneDX"
    page.get_by_role("link", name="The whole register as files").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The register as files")
    with page.expect_download() as download:
        page.get_by_role("link", name="glassbox.sqlite.gz").press("Enter")
    assert download.value.path().read_bytes()[:2] == b"\x1f\x8b"


def test_linked_data_pass_the_content_policy(page: Page, stocked: str):
    """The fixture of the page fails the test on any error in the console."""
    for path, kind in (
        ("/systems/olmo-7b/", "SoftwareApplication"),
        ("/datasets/dolma/", "Dataset"),
        ("/data/", "DataCatalog"),
    ):
        page.goto(stocked + path)
        text = page.locator("script[type='application/ld+json']").text_content()
        assert json.loads(text or "")["@type"] == kind


@pytest.mark.parametrize("path", ["/data/", "/systems/olmo-7b/"])
def test_no_file_list_is_wider_than_a_phone(page: Page, stocked: str, path: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(stocked + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
