"""The systems list: search, facets with counts, chips, sorting, pages, fragments."""

import pytest
from django.test import Client

from catalog.listing import facets
from catalog.models import AISystem
from definitions import registry
from tests import factories as make
from tests.pages.conftest import OPEN_COMPONENTS, grow

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def names(client: Client, query: str) -> list[str]:
    response = client.get(f"/systems/?{query}")
    assert response.status_code == 200
    return [system.name for system, _ in response.context["rows"]]


def totals(client: Client, query: str, facet: str) -> dict[str, int]:
    rows = client.get(f"/systems/?{query}").context["facets"]
    return {o.value: o.total for row in rows if row.facet.key == facet for o in row.options}


@pytest.fixture
def systems(db: None) -> None:
    make.make_system(
        slug="olmo",
        name="OLMo 7B",
        components=OPEN_COMPONENTS,
        organizations=["ai2"],
        frameworks=["pytorch"],
        parameters=7 * 10**9,
        languages=["en"],
        family="olmo",
    )
    base = make.make_system(
        slug="llama",
        name="Llama 3.1",
        components={"weights_final": "LicenseRef-Llama-2"},
        organizations=["meta"],
        parameters=405 * 10**9,
        release_date="2025",
        languages=["en", "fr"],
    )
    tuned = make.make_system(
        slug="tuned",
        name="C++ Helper",
        organizations=["meta", "ai2"],
        release_date="",
        tasks=[],
    )
    make.make_derivation(system=tuned, base=base)
    make.make_organization(slug="meta", kind="company")
    make.make_system(slug="hidden", name="Hidden", is_published=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["C++ Helper", "Llama 3.1", "OLMo 7B"]),
        ("q=olmo", ["OLMo 7B"]),
        ("q=C%2B%2B", ["C++ Helper"]),
        ("q=hidden", []),
        ("commercial=yes", ["OLMo 7B"]),
        ("commercial=capped", ["Llama 3.1"]),
        ("commercial=capped&commercial=yes", ["Llama 3.1", "OLMo 7B"]),
        ("commercial=capped&modality=image", []),
        ("licence=Apache-2.0", ["OLMo 7B"]),
        ("licence=none", ["C++ Helper"]),
        ("component=training_code", ["OLMo 7B"]),
        ("organisation=meta", ["C++ Helper", "Llama 3.1"]),
        ("country=US&q=llama", ["Llama 3.1"]),
        ("size=100", ["C++ Helper", "Llama 3.1", "OLMo 7B"]),
        ("year=2025", ["Llama 3.1"]),
        ("language=fr", ["Llama 3.1"]),
        ("framework=pytorch", ["OLMo 7B"]),
        ("base=llama", ["C++ Helper"]),
        ("mof-1.0=level-3", ["OLMo 7B"]),
        ("owd-0.3=not_met", ["Llama 3.1"]),
        ("sort=largest", ["Llama 3.1", "OLMo 7B", "C++ Helper"]),
        ("sort=newest", ["Llama 3.1", "OLMo 7B", "C++ Helper"]),
        ("sort=oldest", ["OLMo 7B", "Llama 3.1", "C++ Helper"]),
    ],
)
def test_search_filters_and_sorting(client: Client, systems: None, query: str, found: list[str]):
    listed = names(client, query)
    assert listed == found if "sort" in query or len(found) < 2 else sorted(listed) == found


def test_counts_ignore_the_own_facet_and_heed_the_others(client: Client, systems: None):
    assert totals(client, "", "commercial") == {"yes": 1, "capped": 1, "unknown": 1}
    assert totals(client, "commercial=yes", "commercial") == {"yes": 1, "capped": 1, "unknown": 1}
    assert totals(client, "organisation=ai2", "commercial") == {"yes": 1, "unknown": 1}
    assert totals(client, "commercial=yes", "organisation") == {"ai2": 1}
    assert totals(client, "q=llama", "language") == {"en": 1, "fr": 1}
    assert totals(client, "", "mof-1.0")["level-3"] == 1


def test_every_count_is_what_choosing_the_value_gives(client: Client, systems: None):
    rows = client.get("/systems/").context["facets"]
    assert len(rows) >= 12
    for row in rows:
        for option in row.options:
            query = f"{row.facet.key}={option.value.replace('+', '%2B')}"
            assert len(names(client, query)) == option.total, query


def test_every_definition_has_a_facet():
    keys = [facet.key for facet in facets.build()]
    current = registry.current()
    assert keys[: len(current)] == [definition.id for definition in current]


def test_chips_take_one_filter_back(client: Client, systems: None):
    response = client.get("/systems/?q=o&commercial=yes&organisation=ai2&page=2&sort=name")
    chips = {chip.facet: chip for chip in response.context["chips"]}
    assert chips["Organisation"].label == "AI2"
    assert chips["Organisation"].query == "q=o&commercial=yes&sort=name"
    assert chips["Search"].query == "commercial=yes&organisation=ai2&sort=name"


def test_slugs_and_codes_are_shown_by_name(client: Client, systems: None):
    html = client.get("/systems/").text
    for name in ("United States", "French", "Llama 3.1"):
        assert f"<span>{name}</span>" in html


def test_nothing_found_offers_near_names(client: Client, systems: None):
    html = client.get("/systems/?q=LLamma").text
    assert "Did you mean" in html
    assert "/systems/llama/" in html


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("commercial=perhaps", "There is no value “perhaps”. It was left out."),
        ("osaid-1.0=level-9", "There is no value “level-9”."),
        ("q=" + "x" * 201, "at most 200 characters"),
        ("sort=sideways", "sideways is not one of the available choices"),
        ("page=9999", "There is no page “9999”; this is page 1 of 1."),
        ("page=0", "There is no page “0”"),
        ("page=-1", "There is no page “-1”"),
        ("page=one", "There is no page “one”"),
        ("&".join(f"task=t{n}" for n in range(60)), "Choose at most 50 values."),
    ],
)
def test_a_bad_value_is_a_message_and_the_rest_still_works(
    client: Client, systems: None, query: str, message: str
):
    response = client.get(f"/systems/?{query}")
    assert response.status_code == 200
    assert message in response.text.replace("&#x27;", "'")
    assert len(response.context["rows"]) == 3 or "q=" in query


def test_what_was_typed_stays(client: Client, systems: None):
    long = "y" * 201
    assert f'value="{long}"' in client.get(f"/systems/?q={long}").text


def test_htmx_gets_the_fragment_and_everybody_else_the_page(client: Client, systems: None):
    whole = client.get("/systems/")
    part = client.get("/systems/", headers=HTMX)
    restored = client.get("/systems/", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert 'id="browse"' in part.text
    assert "<html" in restored.text
    assert whole["ETag"] != part["ETag"]
    for response in (whole, part):
        assert "HX-Request" in response["Vary"]


def test_pages_are_numbered(client: Client, db: None):
    grow(60)
    first = client.get("/systems/")
    assert len(first.context["rows"]) == 25
    last = client.get("/systems/?page=3")
    assert len(last.context["rows"]) == 10
    assert 'rel="prev"' in last.text
    assert len(client.get("/systems/?size=100").context["rows"]) == 60
    assert len(client.get("/systems/?size=7").context["rows"]) == 25


def test_a_list_without_entries_says_so(client: Client, db: None):
    assert AISystem.objects.count() == 0
    assert "Nothing matches" in client.get("/systems/").text


def test_names_are_in_order_without_regard_to_case(client: Client):
    for slug, name in (("a", "all-MiniLM"), ("b", "AMD OLMo"), ("c", "Zephyr"), ("d", "i2vgen")):
        make.make_system(slug=slug, name=name)
    assert names(client, "") == ["all-MiniLM", "AMD OLMo", "i2vgen", "Zephyr"]


def test_where_nothing_fits_the_list_says_which_filter_to_drop(client: Client, systems: None):
    response = client.get("/systems/?modality=text&licence=LicenseRef-Llama-2&organisation=ai2")
    assert response.context["results"].total == 0
    found = {chip.facet: total for chip, total in response.context["ways_out"]}
    assert found
    page = response.content.decode()
    for chip, total in response.context["ways_out"]:
        assert names(client, chip.query), chip
        assert len(names(client, chip.query)) == total
    assert "Without “" in page


def test_an_entry_that_is_not_there_offers_the_names_like_it(client: Client, systems: None):
    response = client.get("/systems/olmo-7/")
    assert response.status_code == 404
    page = response.content.decode()
    assert '<a href="/systems/olmo/">OLMo 7B</a>' in page
    assert 'value="olmo 7"' in page
    assert "Did you mean" not in client.get("/systems/zzzz/").content.decode()
    assert client.get("/datasets/olmo/").status_code == 404
