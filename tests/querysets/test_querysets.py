"""Reads: what pages may rely on, and what a query costs."""

from typing import Any

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import (
    AISystem,
    CatalogState,
    Dataset,
    Evaluation,
    Framework,
    License,
    Link,
    Organization,
    Platform,
    ProgrammingLanguage,
    Source,
    SystemFamily,
)
from catalog.querysets import page_reads
from tests import factories as make

pytestmark = pytest.mark.django_db


def slugs(rows: Any) -> list[str]:
    return sorted(row.slug for row in rows)


@pytest.fixture
def shelf() -> None:
    make.make_system(slug="gpt-oss", name="gpt-oss", organizations=["openai"])
    make.make_system(slug="qwen2-5-vl-7b", name="Qwen2.5-VL-7B", organizations=["alibaba"])
    make.make_system(slug="cpp-coder", name="C++ Coder", organizations=["meta"], family="coder")
    make.make_system(
        slug="whales", name="Moby", summary="Hears the singing of whales.", organizations=["ai2"]
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gpt-oss", ["gpt-oss"]),
        ("GPT", ["gpt-oss"]),
        ("Qwen2.5-VL-7B", ["qwen2-5-vl-7b"]),
        ("qwen2.5", ["qwen2-5-vl-7b"]),
        ("VL-7B", ["qwen2-5-vl-7b"]),
        ("C++", ["cpp-coder"]),
        ("whale", ["whales"]),
        ("sing", ["whales"]),
        ("meta", ["cpp-coder"]),
        ("CODER", ["cpp-coder"]),
        ("nothing like it", []),
        ("100%", []),
        ("a_b", []),
        ("' OR 1=1 --", []),
        ("\x00\ud800gpt", ["gpt-oss"]),
        ("", ["cpp-coder", "gpt-oss", "qwen2-5-vl-7b", "whales"]),
        ("(((( & | ! :*", []),
        ("gpt " * 3000, ["gpt-oss"]),
    ],
)
def test_search_finds_names_words_and_makers(shelf: None, text: str, found: list[str]) -> None:
    assert slugs(AISystem.objects.search(text)) == found


def test_the_exact_name_ranks_first(shelf: None) -> None:
    make.make_system(slug="gpt-oss-20b", name="gpt-oss 20B small")

    best = AISystem.objects.search("gpt-oss").order_by("-rank", "id").first()

    assert best is not None
    assert best.slug == "gpt-oss"


def test_lists_of_other_nouns_can_be_searched() -> None:
    make.make_organization(slug="ai2", name="Allen Institute")
    make.make_licence(spdx_id="MIT")

    assert slugs(Organization.objects.search("allen inst")) == ["ai2"]
    assert [row.spdx_id for row in License.objects.search("mit lic")] == ["MIT"]


def fill(start: int, end: int) -> None:
    for number in range(start, end):
        make.make_system(
            slug=f"s-{number}",
            organizations=[f"o-{number}", "ai2"],
            family=f"f-{number % 3}",
            components={"weights_final": "Apache-2.0", "training_code": "MIT"},
            training_data={f"d-{number}": {}},
            data_information={"scope": "yes"},
            frameworks=[f"fw-{number}"],
            programming_languages=[f"pl-{number}"],
        )


def touch(system: AISystem) -> None:
    """Read what pages show."""
    assert [maker.name for maker in system.maker_list]
    assert system.lead_maker
    assert [row.label for row in system.evaluations.all()]
    assert system.family
    assert system.family.name


def everything(system: AISystem) -> None:
    touch(system)
    assert [row.facts_fingerprint for row in system.evaluations.all()]
    assert [row.source and row.source.title for row in system.components.all()]
    assert [row.dataset.name for row in system.training_data.all()]
    assert system.data_information.source
    assert [row.base for row in system.derivations.all()] == []
    assert list(system.rulings.all()) == []


def with_tools(system: AISystem) -> None:
    everything(system)
    assert list(system.frameworks.all())
    assert list(system.programming_languages.all())


def linked(system: Any) -> None:
    everything(system)
    assert [link["name"] for link in system.framework_links]
    assert [link["name"] for link in system.language_links]


READS = {
    "list": (AISystem.objects.for_list, touch, 3),
    "detail": (AISystem.objects.for_detail, with_tools, 11),
    "compare": (lambda: page_reads.side_by_side.rows(slugs=["s-0", "s-1", "s-2"]), linked, 7),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_costs_the_same_for_few_and_many(name: str) -> None:
    read, look, most = READS[name]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            for system in read():
                look(system)
        return len(queries)

    fill(0, 3)
    few = cost()
    fill(3, 12)

    assert cost() == few <= most


def test_a_forgotten_relation_is_an_error_not_a_query() -> None:
    make.make_system(components={"weights_final": "MIT"}, source=make.make_source())
    system = AISystem.objects.for_list().get()

    with pytest.raises(FieldFetchBlocked):
        _ = system.source
    with pytest.raises(FieldFetchBlocked):
        _ = system.search
    with pytest.raises(FieldFetchBlocked):
        _ = next(iter(system.evaluations.all())).facts_fingerprint


def test_unpublished_systems_are_not_seen() -> None:
    make.make_system(slug="seen")
    make.make_system(slug="hidden", is_published=False)

    assert slugs(AISystem.objects.published()) == ["seen"]
    assert Organization.objects.with_counts().get(slug="ai2").systems_count == 1
    counts = Evaluation.objects.counts()
    assert sum(counts["osaid-1.0"].values()) == 1


def test_meeting_and_level_ask_the_verdicts() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    row = system.evaluations.get(definition_id="osaid-1.0")
    system.evaluations.filter(definition_id="mof-1.0").update(level=2, level_possible=3)

    assert slugs(AISystem.objects.meeting("osaid-1.0", row.status)) == ["olmo-7b"]
    assert slugs(AISystem.objects.meeting("osaid-1.0")) == []
    assert slugs(AISystem.objects.at_level("mof-1.0", 2)) == ["olmo-7b"]
    assert slugs(AISystem.objects.at_level("mof-1.0", 3)) == []


def test_newest_first_puts_unknown_days_last() -> None:
    make.make_system(slug="old", release_date="2020")
    make.make_system(slug="new", release_date="2024-05")
    make.make_system(slug="never", release_date="")

    found = AISystem.objects.newest_first()

    assert [system.slug for system in found] == ["new", "old", "never"]
    assert found.totally_ordered


def test_counts_do_not_multiply_each_other() -> None:
    fill(0, 2)
    make.make_dataset(slug="x", licence="MIT", organizations=["ai2"])
    make.make_dataset(slug="y", licence="MIT", organizations=["ai2"])
    make.make_framework(slug="z", organizations=["ai2"], languages=["pl-0"])
    make.make_profile(organization=make.make_organization(slug="ai2"))

    ai2 = Organization.objects.for_list().get(slug="ai2")
    assert (ai2.systems_count, ai2.datasets_count, ai2.frameworks_count) == (2, 2, 1)
    mit = License.objects.for_list().get(spdx_id="MIT")
    assert (mit.components_count, mit.systems_count, mit.datasets_count) == (2, 2, 2)
    assert mit.usage() == {"training_code": 2}
    assert Dataset.objects.for_list().get(slug="d-0").systems_count == 1
    assert Framework.objects.for_list().get(slug="fw-1").systems_count == 1
    assert ProgrammingLanguage.objects.for_list().get(slug="pl-0").systems_count == 1
    assert ProgrammingLanguage.objects.for_list().get(slug="pl-0").frameworks_count == 1
    assert Platform.objects.for_list().get(slug="huggingface").organizations_count == 1
    assert slugs_of(License.objects.in_use()) == ["Apache-2.0", "MIT"]
    assert slugs(SystemFamily.objects.for_list()) == ["f-0", "f-1"]


def slugs_of(rows: Any) -> list[str]:
    return sorted(row.spdx_id for row in rows)


@pytest.mark.parametrize(
    "model", [Organization, Platform, Dataset, Framework, ProgrammingLanguage, License]
)
def test_details_of_other_nouns_cost_the_same_for_few_and_many(model: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows = list(model.objects.for_detail())
            list(model.objects.for_list())
            if model is Dataset:
                assert [use.system.name for row in rows for use in row.uses.all()]
        return len(queries)

    fill(0, 3)
    make.make_profile(organization=make.make_organization())
    few = cost()
    fill(3, 9)

    assert cost() == few


def test_natural_keys_find_their_rows() -> None:
    fill(0, 1)
    make.make_alias(alias="Expat", expression="MIT")
    make.make_platform()
    rows: list[Any] = [
        AISystem.objects.get(),
        Organization.objects.get(slug="ai2"),
        Dataset.objects.get(),
        Framework.objects.get(),
        ProgrammingLanguage.objects.get(),
        Platform.objects.get(),
        SystemFamily.objects.get(),
        License.objects.get(spdx_id="MIT"),
        License.objects.get(spdx_id="MIT")._meta.model.objects.get(spdx_id="Apache-2.0"),
        Source.objects.get(),
    ]
    for row in rows:
        manager = type(row).objects
        assert manager.get_by_natural_key(*row.natural_key()) == row
        assert list(manager.named([row.natural_key()[0]])) == [row]
        assert str(row)


def test_current_rows_are_those_of_today() -> None:
    system = make.make_system()
    prints = list(system.evaluations.values_list("definition_fingerprint", flat=True))

    assert Evaluation.objects.current(prints).count() == len(prints)
    assert Evaluation.objects.current(["osaid-1.0+r0"]).count() == 0


def test_the_version_counts_up_from_nothing() -> None:
    assert CatalogState.objects.current() == 0

    make.make_system()

    assert CatalogState.objects.current() == 1
    assert str(CatalogState.objects.get()) == "version 1"


def test_links_never_looked_at_come_first() -> None:
    Link.objects.create(
        url="https://a.example/", state="ok", checked_at="2026-01-01T00:00:00+00:00"
    )
    Link.objects.create(url="https://b.example/")

    assert [link.url for link in Link.objects.to_check()] == [
        "https://b.example/",
        "https://a.example/",
    ]


def test_licences_in_use_are_found_by_each_kind_of_record_and_once():
    for name in ("MIT", "CC-BY-4.0", "BSD-3-Clause", "Zlib"):
        make.make_licence(spdx_id=name)
    for number in range(2):
        make.make_system(slug=f"system-{number}", components={"weights_final": "MIT"})
        make.make_dataset(slug=f"data-{number}", licence="CC-BY-4.0 AND MIT")
        make.make_framework(slug=f"tool-{number}", licence="BSD-3-Clause")

    used = License.objects.in_use()

    assert sorted(row.spdx_id for row in used) == ["BSD-3-Clause", "CC-BY-4.0", "MIT"]
    assert " JOIN " not in str(used.query)
