"""The learn pages: each statement has its source, each link leads somewhere, nothing is unsafe."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from catalog.pages.learn import pages, rendering
from catalog.pages.learn.live import LIVE
from catalog.pages.learn.pages import ContentError, LearnPage, Source, glossary, library
from definitions import registry
from tests import factories as make

pytestmark = pytest.mark.once

CITED = re.compile(r"\[@([a-z0-9-]+)\]")
FOLDERS = {
    "system": "systems",
    "dataset": "datasets",
    "organisation": "organizations",
    "framework": "frameworks",
}
THEMES = sorted(library())


def theme(**changes: Any) -> LearnPage:
    values: dict[str, Any] = {
        "slug": "thing",
        "title": "Thing",
        "order": 1,
        "group": "basics",
        "summary": "About a thing.",
        "checked_on": dt.date(2026, 11, 23),
        "related": (),
        "sources": (Source(id="a", title="A page", url="https://example.org/a"),),
        "text": "Words [@a].",
    }
    return LearnPage(**values | changes)


def shown(text: str) -> str:
    return "".join(part.html for part in rendering.render_page(theme(text=text)).parts)


@pytest.fixture
def empty(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder of content of our own."""
    settings.CONTENT_DIR = tmp_path
    (tmp_path / "learn").mkdir()
    clear()
    yield tmp_path / "learn"
    clear()


def clear() -> None:
    pages.library.cache_clear()
    pages.glossary.cache_clear()
    rendering.render.cache_clear()


# --- the form --------------------------------------------------------------------------------


def test_there_is_a_theme_for_every_group_and_a_glossary():
    assert len(THEMES) >= 15
    assert {page.group for page in library().values()} == set(pages.GROUPS)
    assert len(glossary()) >= 40


@pytest.mark.parametrize("slug", THEMES)
def test_every_source_is_cited_and_every_citation_has_its_source(slug: str):
    page = library()[slug]
    ids = [source.id for source in page.sources]

    assert len(ids) == len(set(ids)) > 0
    assert set(CITED.findall(page.text)) == set(ids)
    for source in page.sources:
        assert re.match(r"https?://[^\s/]+\.[^\s]+$", source.url), source.url
        assert source.title
    assert 0 < len(page.summary) <= pages.SUMMARY
    assert isinstance(page.checked_on, dt.date)


@pytest.mark.parametrize("slug", THEMES)
def test_every_paragraph_has_a_source_or_leads_into_the_register(slug: str):
    """But for the opening, which says what the page is about, and words on this register itself."""
    _opening, *blocks = library()[slug].text.strip().split("\n\n")
    for block in blocks:
        prose = block.strip()
        if prose.startswith(("#", "[[live:")) or len(prose.split()) < 12:
            continue
        assert "register" in prose or CITED.search(prose) or "[[" in prose, prose[:120]


@pytest.mark.parametrize("slug", THEMES)
def test_quotes_are_short_and_attributed(slug: str):
    for line in library()[slug].text.splitlines():
        if line.startswith("> “"):
            quote, _, who = line[2:].partition("”")
            assert len(quote.split()) <= 25, line
            assert "—" in who, line
            assert CITED.search(who), line


@pytest.mark.parametrize("slug", THEMES)
def test_every_link_into_the_register_names_something_that_is_there(slug: str):
    licences = (settings.FIXTURES_DIR / "licences.yaml").read_text()
    records = "".join(
        path.read_text() for path in (settings.FIXTURES_DIR / "records").glob("*.jsonl")
    )
    for kind, key, _words in rendering.TOKEN.findall(library()[slug].text):
        if kind == "live":
            assert key in LIVE, key
        elif kind == "definition":
            assert key in {definition.id for definition in registry.DEFINITIONS}, key
        elif kind == "licence":
            assert f"- id: {key}\n" in licences, key
        elif kind == "learn":
            assert key in library() or key == "glossary", key
        elif kind in FOLDERS:
            there = (settings.FIXTURES_DIR / FOLDERS[kind] / f"{key}.yaml").exists()
            assert there or (kind == "system" and f'"system": "{key}"' in records), (kind, key)
        else:
            assert rendering.address_of(kind, key), (kind, key)


@pytest.mark.parametrize("slug", THEMES)
def test_no_theme_has_html_of_its_own_or_a_stray_token(slug: str):
    page = library()[slug]
    rendered = "".join(part.html for part in rendering.render(slug).parts)

    assert "&lt;" not in rendered
    assert "[[" not in rendered
    assert "[@" not in rendered
    assert set(page.related) <= set(library()), page.related


def test_terms_of_the_glossary_have_sources_and_see_terms_that_are_there():
    names = {item.term for item in glossary()}
    for item in glossary():
        assert item.source.url.startswith(("http://", "https://"))
        assert set(item.see) <= names, item.term


# --- the rendering ---------------------------------------------------------------------------


def test_citations_are_numbered_and_can_be_found_again():
    html = shown("One [@a]. Two [@a].")

    assert 'id="cite-1-1"' in html
    assert 'id="cite-1-2"' in html
    assert html.count('href="#source-1"') == 2


def test_tokens_become_links_and_those_that_lead_nowhere_plain_words():
    html = shown(
        "[[system:olmo-7b|OLMo]] [[definition:osaid-1.0]] [[page:claims]] [[page:never]] "
        "[[soul:x|a soul]]"
    )

    assert '<a href="/systems/olmo-7b/">OLMo</a>' in html
    assert '<a href="/definitions/osaid-1.0/">' in html
    assert '<a href="/claims/">claims</a>' in html
    assert "never" in html
    assert "a soul" in html
    assert html.count("<a ") == 3


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[[system:olmo|<img src=x onerror=alert(1)>]]",
        "<a onclick='x'>y</a>",
        "![x](https://example.org/x.png)",
    ],
)
def test_nothing_unsafe_gets_through(text: str):
    html = shown(text)

    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in re.sub(r"[^\"]*&", "", html) or "href" not in html
    assert "<a onclick" not in html


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no front matter", "front matter"),
        ("---\ntitle: X\n---\nWords.", "front matter"),
        (
            "---\ntitle: X\norder: 1\ngroup: none\nsummary: S\nchecked_on: 2026-11-23\n---\nWords.",
            "no group",
        ),
    ],
)
def test_a_file_that_does_not_keep_to_the_form_is_named(empty: Path, text: str, says: str):
    (empty / "bad.md").write_text(text)

    with pytest.raises(ContentError, match=says) as fault:
        library()
    assert "bad.md" in str(fault.value)


# --- the pages -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_index_leads_to_every_theme(client: Client):
    page = client.get("/learn/").content.decode()

    for slug in THEMES:
        assert f'href="/learn/{slug}/"' in page
    assert 'href="/learn/glossary/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("slug", [*THEMES, "glossary"])
def test_every_theme_is_a_page_with_one_heading(client: Client, slug: str):
    response = client.get(f"/learn/{slug}/")

    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


@pytest.mark.django_db
def test_a_theme_that_is_not_there(client: Client):
    assert client.get("/learn/never/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("number", [1, 20])
def test_a_live_part_takes_one_query_for_any_number(
    django_assert_num_queries: Any, name: str, number: int
):
    for n in range(number):
        system = make.make_system(slug=f"s-{n}", components={"weights_final": "MIT"})
        make.make_training_data(system=system)
        make.make_claim(system=system)

    with django_assert_num_queries(1):
        figures = LIVE[name]()
    assert any(count for _label, counts in figures.rows for count in counts)
