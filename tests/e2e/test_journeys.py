"""Journeys: search, filter, go back, open a verdict, compare; by keyboard, without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e


def open_facet(page: Page, name: str) -> None:
    group = page.locator(f"#facet-{name}")
    if group.get_attribute("open") is None:
        group.locator("summary").click()


def test_a_newcomer_finds_whether_olmo_is_open_and_why(page: Page, site: str):
    page.goto(site)
    page.get_by_label("Search AI systems").fill("olmo")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("link", name="OLMo 7B").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("OLMo 7B")
    card = page.locator("[id='mof-1.0']")
    expect(card).to_contain_text("Class I – Open Science")
    card.get_by_text("Every criterion with its reason").click()
    expect(card.get_by_text("Anybody can download: training code")).to_be_visible()
    card.get_by_role("link", name="With evidence and clauses").click()
    expect(page).to_have_url(re.compile("/systems/olmo-7b/verdicts/mof-1.0/"))
    expect(page.get_by_text("mof-1.0/training-code")).to_be_visible()
    expect(page.locator(".links a").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_tick_leaves_the_reader_where_they_are(page: Page, site: str, width: int):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{site}/systems/")
    if width < 960:
        page.locator("#panel > summary").click()
    open_facet(page, "modality")
    box = page.locator("#facet-modality input").first
    box.scroll_into_view_if_needed()
    before = (page.evaluate("scrollY"), box.bounding_box())
    with page.expect_response(lambda answer: "modality=" in answer.url):
        box.check()
    expect(page.locator("#count")).to_be_visible()
    page.wait_for_function("document.querySelector('#facet-modality input').checked")
    if width < 960:
        return  # the panel closes; the results stand where it was
    assert page.evaluate("scrollY") == before[0]
    after = page.locator("#facet-modality input").first.bounding_box()
    assert after is not None
    assert before[1] is not None
    assert abs(after["y"] - before[1]["y"]) < 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_ink_black_in_print(page: Page, site: str, scheme: str):
    page.goto(f"{site}/systems/olmo-7b/")
    page.evaluate(f"document.documentElement.dataset.scheme = '{scheme}'")
    page.emulate_media(media="print")
    style = "getComputedStyle(document.body)"
    assert page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    assert page.evaluate(f"{style}.backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    expect(page.locator(".printed")).to_contain_text("/systems/olmo-7b/")
    assert page.locator("details:not([open]) > :not(summary)").first.is_visible()


def test_suggestions_come_while_typing_and_are_chosen_by_keyboard(page: Page, site: str):
    page.goto(site)
    field = page.get_by_role("combobox", name="Search AI systems")
    field.press_sequentially("olm")
    option = page.get_by_role("option", name="OLMo 7B System")
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    for _ in range(20):
        field.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("OLMo 7B")

    header = page.get_by_role("combobox", name="Search systems")
    header.press_sequentially("llam")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    header.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    header.press("Enter")
    expect(page).to_have_url(re.compile(r"/systems/\?q=llam"))


def test_two_facets_a_chip_and_the_back_button(page: Page, site: str):
    page.goto(f"{site}/systems/")
    expect(page.locator("#count")).to_contain_text("32 systems")
    open_facet(page, "commercial")
    page.get_by_role("checkbox", name=re.compile("^Yes, below a cap")).check()
    expect(page.locator("#count")).to_contain_text("16 systems")
    expect(page).to_have_url(re.compile("commercial=capped"))
    open_facet(page, "modality")
    page.get_by_role("checkbox", name=re.compile("^Image")).check()
    expect(page.locator("#count")).to_contain_text("15 systems")
    assert "q=" not in page.url

    page.get_by_role("link", name=re.compile("Remove the filter Business use")).click()
    expect(page.locator("#count")).to_contain_text("15 systems")
    expect(page).not_to_have_url(re.compile("commercial"))

    page.go_back()
    expect(page).to_have_url(re.compile("commercial=capped"))
    expect(page.locator("header.masthead")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("AI systems")
    expect(page.locator(".chip")).to_have_count(3)


def test_going_back_from_an_entry_shows_the_whole_list(page: Page, site: str):
    page.goto(f"{site}/systems/")
    open_facet(page, "commercial")
    page.get_by_role("checkbox", name=re.compile("^Yes, below a cap")).check()
    expect(page.locator("#count")).to_contain_text("16 systems")
    page.get_by_role("link", name="Llama 3.1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Llama 3.1")
    page.go_back()
    expect(page.locator("header.masthead")).to_be_visible()
    expect(page.locator("#count")).to_contain_text("16 systems")


def test_sorting_and_pages(page: Page, site: str):
    page.goto(f"{site}/systems/")
    page.get_by_label("Sort by").select_option("largest")
    expect(page.locator("tbody tr").first).to_contain_text("System 29")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#count")).to_contain_text("showing 26 to 32")


def test_tick_two_and_compare(page: Page, site: str):
    page.goto(f"{site}/systems/?q=l")
    page.get_by_label("Compare OLMo 7B").check()
    page.get_by_label("Compare Llama 3.1").check()
    button = page.get_by_role("button", name="Compare (2)")
    button.click()
    expect(page).to_have_url(re.compile("s=olmo-7b"))
    table = page.get_by_role("table")
    expect(table).to_contain_text("Not Open Source AI")
    page.get_by_role("link", name="Differences only").click()
    expect(page.get_by_role("link", name="Show all lines")).to_be_visible()
    page.get_by_role("link", name="left Llama 3.1").or_(
        page.get_by_role("link", name="left OLMo 7B")
    ).click()
    page.get_by_label("Add a system").fill("System 12")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="System 12", exact=True).click()
    expect(page.locator("thead th[scope=col]")).to_have_count(4)
    page.get_by_role("link", name="remove System 12").click()
    expect(page.locator("thead th[scope=col]")).to_have_count(3)


def test_the_keyboard_is_enough(page: Page, site: str):
    page.goto(f"{site}/systems/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("#q").focus()
    page.keyboard.type("olmo")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("1 system")
    page.get_by_role("link", name="OLMo 7B").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("OLMo 7B")
    summary = page.locator("[id='osaid-1.0'] summary").last
    summary.focus()
    page.keyboard.press("Enter")
    expect(
        page.locator("[id='osaid-1.0']").get_by_text("Complete code", exact=True)
    ).to_be_visible()


def test_everything_works_without_scripts(plain_page: Page, site: str):
    page = plain_page
    page.goto(f"{site}/systems/")
    page.locator("#facet-commercial summary").click()
    page.get_by_role("checkbox", name=re.compile("^Yes, below a cap")).check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#count")).to_contain_text("16 systems")
    page.get_by_label("Compare Llama 3.1").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("table")).to_contain_text("Llama 3.1")
    page.goto(f"{site}/systems/llama-3-1/")
    page.locator("[id='osaid-1.0']").get_by_text("Every criterion with its reason").click()
    card = page.locator("[id='osaid-1.0']")
    expect(card.get_by_text("Parameters under OSI-approved terms", exact=True)).to_be_visible()
    card.get_by_role("link", name="With evidence and clauses").click()
    expect(page.get_by_text("osaid-1.0/parameters-terms")).to_be_visible()


def test_the_colour_scheme_is_chosen_and_remembered(page: Page, site: str):
    page.emulate_media(color_scheme="light")
    page.goto(site)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate(paper) != light
    page.goto(f"{site}/definitions/")
    assert page.evaluate(paper) != light
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute(
        "aria-pressed", "true"
    )


@pytest.mark.parametrize("path", ["/", "/systems/", "/systems/olmo-7b/", "/definitions/mof-1.0/"])
def test_nothing_is_wider_than_a_phone(page: Page, site: str, path: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
