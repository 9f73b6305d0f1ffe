"""Definitions side by side: agreement, versions, one verdict in full, and a new one by one line."""

from dataclasses import replace

import pytest
from django.test import Client

from catalog.evaluation.evaluate import evaluate_system
from catalog.listing import facets
from catalog.pages.presenters.agreement import agreement
from definitions import registry
from definitions.claims import PROMISES
from definitions.core import Definition
from definitions.diff import difference
from definitions.vocabulary import ComponentKind
from tests import factories as make
from tests.markup import compact

pytestmark = pytest.mark.django_db

FREE_WEIGHTS = {"weights_final": {"licence": "Apache-2.0", "form": "full"}}


def toy() -> Definition:
    """A definition of one criterion, as somebody would add it."""
    owd = registry.get("owd-0.3")
    criterion = replace(owd.criteria[1], code="toy-1.0/weights", title="Toy weights")
    return replace(
        owd,
        key="toy",
        version="1.0",
        title="Toy Definition",
        short_title="TOY 1.0",
        criteria=(criterion,),
        policy=replace(owd.policy, titles={criterion.code: criterion.title}),  # type: ignore[type-var]
        notes=(),
    )


def test_one_line_in_the_registry_is_all_it_takes(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "DEFINITIONS", (*registry.DEFINITIONS, toy()))
    system = make.make_system(slug="one", components=FREE_WEIGHTS)
    assert registry.problems() == []
    assert system.evaluations.get(definition_id="toy-1.0").status == "met"

    for address in (
        "/", "/systems/", "/systems/one/", "/systems/one/verdicts/toy-1.0/", "/definitions/",
        "/definitions/matrix/", "/definitions/agreement/", "/definitions/toy-1.0/",
        "/compare/?s=one", "/claims/", "/changes/", "/as-of/", "/methodology/", "/charts/",
        "/systems/one/badges/",
    ):  # fmt: skip
        assert "TOY 1.0" in (html := compact(client.get(address).content.decode())) or (
            "Toy Definition" in html
        ), address
    assert "toy-1.0" in [facet.key for facet in facets.build()]
    assert client.get("/systems/?toy-1.0=met").context["results"].total == 1
    vocabulary = client.get("/definitions.json").json()["definitions"]
    assert vocabulary[-1]["id"] == "toy-1.0"
    assert client.get("/definitions/toy-1.0/rules.json").json()["id"] == "toy-1.0"
    assert client.get("/definitions/toy-1.0/changes.atom").status_code == 200
    assert client.get("/systems/one/badge/toy-1.0.svg").status_code == 200


def test_agreement_counts_who_meets_one_and_fails_another():
    table = agreement(
        {
            "mof-1.0=met,osaid-1.0=not_met": 3,
            "mof-1.0=met,osaid-1.0=met": 2,
            "mof-1.0=met,osaid-1.0=unknown": 1,
            "mof-1.0=not_met,osaid-1.0=met": 4,
        }
    )
    columns = [row.definition.id for row in table]
    row = next(row for row in table if row.definition.id == "mof-1.0")
    cell = row.cells[columns.index("osaid-1.0")]

    assert (row.total, cell.failing, cell.both, cell.undecided) == (6, 3, 2, 1)
    assert cell.shade == 3
    assert row.cells[columns.index("mof-1.0")].same


def test_agreement_shows_the_figures_of_the_register(client: Client):
    make.make_system(slug="one", components=FREE_WEIGHTS)

    html = compact(client.get("/definitions/agreement/").content.decode())

    assert "OWD 0.3" in html
    assert html.count("<tr>") == 1 + len(registry.current())


def test_the_index_dropped_two_dimensions():
    found = difference(registry.get("osai-2024"), registry.get("osai-2026"))

    assert {item.slug for item in found.removed} == {"package", "api"}
    assert (found.added, found.changed, found.same) == ((), (), 12)


def test_a_changed_criterion_is_told_part_by_part():
    before = registry.get("owd-0.3")
    first = replace(before.criteria[0], title="Other", explanation="Otherwise.")
    after = replace(before, version="0.4", criteria=(first, *before.criteria[1:]))

    (changed,) = difference(before, after).changed
    assert changed.parts == ("Title", "What it asks")


def test_versions_are_compared_on_a_page(client: Client):
    make.make_system(slug="one", components=FREE_WEIGHTS | {"package": "MIT"})

    html = compact(client.get("/definitions/osai-2026/since/osai-2024/").content.decode())

    assert "Criteria removed: 2, added: 0" in html
    assert client.get("/definitions/osai-2026/since/osaid-1.0/").status_code == 404
    assert client.get("/definitions/osai-2026/since/osai-2026/").status_code == 404
    assert client.get("/definitions/osai-2026/since/none/").status_code == 404


def test_one_verdict_in_full_has_everything_to_cite(client: Client):
    system = make.make_system(slug="one", components=FREE_WEIGHTS)
    make.make_ruling(system=system, criterion="osaid-1.0/data-info-complete")
    make.make_judgement(system=system, definition_id="osaid-1.0", result="fail")
    evaluate_system(system=system)

    html = compact(client.get("/systems/one/verdicts/osaid-1.0/").content.decode())

    for criterion in registry.get("osaid-1.0").criteria:
        assert criterion.code in html
        assert criterion.clause.split(":")[0] in html
    assert "https://example.org/evidence" in html
    assert "The pages describe every step." in html
    assert 'rel="canonical"' in html
    assert client.get("/systems/one/verdicts/none/").status_code == 404
    assert client.get("/systems/nobody/verdicts/osaid-1.0/").status_code == 404


def test_a_steward_grade_stands_beside_ours(client: Client):
    system = make.make_system(slug="one", components=FREE_WEIGHTS)
    make.make_judgement(
        system=system,
        definition_id="osai-2026",
        result="0.5000",
        classes={"weights-endmodel": "partial", "paper": "closed"},
    )
    evaluate_system(system=system)

    html = compact(client.get("/systems/one/verdicts/osai-2026/").content.decode())

    assert "The steward's own grade: partial." in html
    assert "the index&#x27;s reviewers call it closed" in html


def test_every_promise_names_a_definition_of_the_registry():
    known = {definition.id for definition in registry.DEFINITIONS}

    assert {promise.definition for promise in PROMISES} <= known


def test_the_entry_stays_small(client: Client):
    kinds = [kind.value for kind in ComponentKind]
    make.make_system(slug="one", components=dict.fromkeys(kinds, "Apache-2.0"))

    assert len(client.get("/systems/one/").content) < 100_000
