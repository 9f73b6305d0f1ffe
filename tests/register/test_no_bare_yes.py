"""Nothing below verified says yes, met or open download without saying whose word it is.

Every published entry of the register, in every place and format where an answer stands.
"""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client

from catalog.models import AISystem, Evaluation
from catalog.pages.badges.drawing import RECORDED
from catalog.pages.presenters.entry import row_standing
from definitions import registry
from definitions.tiers import Standing
from definitions.vocabulary import BusinessUse, Status
from tests.markup import compact

pytestmark = [pytest.mark.django_db, pytest.mark.once]

YES = {BusinessUse.YES, BusinessUse.LIMITED, BusinessUse.CAPPED}
ROW = re.compile(r'<tr>(?:(?!</tr>).)*?href="/systems/([^/"]+)/".*?</tr>', re.DOTALL)
MET_CELL = re.compile(r'<td class="verdict">(?:(?!</td>).)*?"status met"(?:(?!</td>).)*</td>')
OPEN_CELL = re.compile(r"<td>Open download(?:(?!</td>).)*</td>", re.DOTALL)
CARD = re.compile(r'<section class="card met".*?</section>', re.DOTALL)
BELOW = 'class="src below"'


@pytest.fixture(autouse=True)
def _one_asks_as_often_as_it_likes(settings: Any) -> None:
    settings.API_READS = 10**6


@pytest.fixture
def entries(catalogue: None) -> dict[str, AISystem]:
    """Every published entry; there are some of each tier that the register has."""
    rows = AISystem.objects.published().defer("search").prefetch_related("components__source")
    found = {row.slug: row for row in rows}
    assert len({row.tier for row in found.values()}) >= 2
    return found


def says_yes(system: AISystem) -> bool:
    return system.commercial_use in YES and not system.business_standing.is_verified


def met(slugs: Any) -> list[tuple[str, str]]:
    """The verdicts that are reached by entries that nobody has verified."""
    current = [definition.id for definition in registry.current()]
    rows = Evaluation.objects.filter(system__slug__in=slugs, definition_id__in=current)
    reached = rows.filter(status=Status.MET.value) | rows.filter(level__gt=0)
    return list(reached.values_list("system__slug", "definition_id"))


def below(entries: dict[str, AISystem]) -> dict[str, AISystem]:
    found = {slug: row for slug, row in entries.items() if not row.standing.is_verified}
    assert len(found) > 300
    return found


def test_no_register_alone_says_yes(entries: dict[str, AISystem]):
    words = {slug: row.business_standing.recorded_by for slug, row in entries.items()}
    assert any(words.values())
    assert [
        slug for slug, row in entries.items() if words[slug] and row.commercial_use in YES
    ] == []


def test_lists(client: Client, entries: dict[str, AISystem]):
    seen = set()
    for page in range(1, len(entries) // 100 + 2):
        html = client.get(f"/systems/?size=100&page={page}").text
        for row in ROW.finditer(html):
            system, text = entries[row[1]], row[0]
            seen.add(row[1])
            assert system.standing.words in text, row[1]
            if says_yes(system):
                assert system.business_standing.said in text, row[1]
            for cell in MET_CELL.findall(text):
                assert system.standing.is_verified or "not verified" in cell, row[1]
    assert seen == entries.keys()


def test_entries(client: Client, entries: dict[str, AISystem]):
    for slug, system in entries.items():
        html = client.get(f"/systems/{slug}/").text
        answer = html.partition('<p class="answer">')[2].partition("</p>")[0]
        assert not says_yes(system) or system.business_standing.said in answer, slug
        if not system.standing.is_verified:
            assert f'<p class="notice"><b>{system.standing.words}' in compact(html), slug
            assert all(BELOW in card for card in CARD.findall(html)), slug
        parts = html.partition('id="components"')[2].partition("</section>")[0]
        standings = [row_standing(row) for row in system.components.all()]
        if standings and not any(standing.is_verified for standing in standings):
            assert all(BELOW in cell for cell in OPEN_CELL.findall(parts)), slug
        linked = json.loads(
            html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        )
        assert linked.get("disambiguatingDescription", "") == system.standing.told, slug


def test_verdicts_and_badges(client: Client, entries: dict[str, AISystem]):
    unverified = below(entries)
    for slug, definition in met(unverified):
        page = client.get(f"/systems/{slug}/verdicts/{definition}/").text
        lead = page.partition('<p class="lead">')[2].partition("</p>")[0]
        assert unverified[slug].standing.told in lead, (slug, definition)
        badge = client.get(f"/systems/{slug}/badge/{definition}.json").json()
        assert badge["message"].endswith(RECORDED), (slug, definition)
        svg = client.get(f"/systems/{slug}/badge/{definition}.svg").text
        assert svg.count(RECORDED.strip()) >= 2, (slug, definition)
    for slug in list(unverified)[::20]:
        svg = client.get(f"/systems/{slug}/badge.svg").text
        assert unverified[slug].standing.told in svg
        badges = client.get(f"/systems/{slug}/badges/").context["badges"]
        assert all("recorded" in item.text.lower() for item in badges), slug


def test_comparisons(client: Client, entries: dict[str, AISystem]):
    slugs = sorted(below(entries))
    for start in range(0, len(slugs), 6):
        some = slugs[start : start + 6]
        query = "&".join(f"s={slug}" for slug in some)
        page = client.get(f"/compare/?{query}")
        for section in page.context["sections"]:
            for row in section.rows:
                for slug, cell in zip(some, row.cells, strict=True):
                    bare = cell.status is Status.MET or cell.text == "Open download"
                    assert not bare or cell.below, (slug, row.label)
                    if row.label == "Business use" and says_yes(entries[slug]):
                        assert entries[slug].business_standing.said in cell.text, slug


def told(row: dict[str, Any], system: AISystem, business: Any, entry: Any) -> None:
    """The answers of a machine's row stand beside their tiers."""
    assert row["commercial_use"] == system.commercial_use
    assert row["commercial_use_tier"] == system.commercial_use_tier
    assert row["commercial_use_recorded_by"] == business
    assert (row["tier"], row["recorded_by"]) == (system.tier, entry)


def test_api_and_table_files(client: Client, entries: dict[str, AISystem]):
    address: str | None = "/api/v1/systems?limit=100"
    seen = set()
    while address:
        page = client.get(address).json()
        for row in page["items"]:
            system = entries[row["slug"]]
            names = list(system.standing.recorded_by)
            told(row, system, list(system.business_standing.recorded_by), names)
            assert all(item["tier"] == system.tier for item in row["verdicts"])
            assert all(item["recorded_by"] == names for item in row["verdicts"])
            seen.add(row["slug"])
        address = page["next"]
    assert seen == entries.keys()

    text = b"".join(client.get("/systems.csv")).decode()  # type: ignore[arg-type]
    for line in csv.DictReader(io.StringIO(text)):
        system = entries[line["slug"]]
        told(line, system, system.commercial_use_registers, system.registers)


def parts_of(bill: dict[str, Any]) -> list[dict[str, Any]]:
    model = bill["metadata"]["component"]
    return [model, *model.get("components", [])]


def test_files(client: Client, entries: dict[str, AISystem]):
    unverified = below(entries)
    some = dict(list(unverified.items())[::3])  # each is asked for six files
    sample = list(some)[::8]
    for slug, system in some.items():
        words, names = system.standing.words, system.standing.recorded_by
        registers = {row.kind: row_standing(row).recorded_by for row in system.components.all()}
        facts = client.get(f"/systems/{slug}/facts.json").json()
        assert "verified_on" not in facts["system"], slug
        for kind, row in facts.get("components", {}).items():
            assert tuple(filter(None, [row.get("recorded_by")])) == registers[kind], (slug, kind)

        bill = client.get(f"/systems/{slug}/bom.cdx.json").json()
        for part in parts_of(bill):
            kind = part["bom-ref"].partition("#")[2] or "weights_final"
            declared = '"declared"' in json.dumps(part.get("licenses", []))
            assert not (declared and registers.get(kind)), (slug, kind)
        properties = bill["metadata"]["component"]["modelCard"]["properties"]
        values = {(item["name"], item["value"]) for item in properties}
        assert ("glassbox:tier", system.tier) in values, slug
        assert {("glassbox:recorded-by", name) for name in names} <= values, slug

        assert f"# {words}" in client.get(f"/systems/{slug}/MOF.yml").text, slug
        card = client.get(f"/systems/{slug}/card.md").text
        assert "(recorded" in card.lower() or "(from the metadata" in card.lower(), slug
        cited = client.get(f"/systems/{slug}/cite.txt").text
        assert system.standing.told[1:] in cited, slug
        if slug not in sample:
            continue  # one takes half a second
        spdx = client.get(f"/systems/{slug}/bom.spdx3.json").text
        assert words in spdx, slug
        for item in json.loads(spdx)["@graph"]:
            kind = item.get("from", "").partition("#spdx-")[2]
            if item.get("relationshipType") == "hasDeclaredLicense":
                assert not registers.get("weights_final" if kind == "system" else kind), slug


def test_of_verified_entries_nothing_more_is_said(client: Client, entries: dict[str, AISystem]):
    slug = next(
        slug
        for slug, row in entries.items()
        if row.standing == Standing.of(verified=True, registers=[])
    )
    html = client.get(f"/systems/{slug}/").text

    assert BELOW not in html
    assert "Verified" in html
