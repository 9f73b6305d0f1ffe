"""Statements: what the ORM gives, planned once, and what they refuse."""

from typing import Any

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db import connection, models
from django.db.models import CharField, IntegerField
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from catalog.models import AISystem, Component, License
from catalog.querysets import page_reads
from catalog.querysets.statements import Param, Statement
from tests import factories as make

pytestmark = pytest.mark.django_db

BY_NAME = Param("name", CharField())


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.PLAIN_READS = False


@pytest.fixture
def shelf() -> None:
    make.make_system(
        slug="one", name="100 % “one”", components={"weights_final": "MIT", "research_paper": ""}
    )
    make.make_system(slug="two", name="Two", components={"weights_final": "Apache-2.0"})
    make.make_system(slug="bare", name="Bare", family=None)


def plain(systems: Any) -> list[Any]:
    """All that the ORM and a statement have to agree on."""
    return [
        (
            {name: value for name, value in vars(system).items() if not name.startswith("_")},
            system.family,
            [(row.pk, row.kind, row.source, row.system) for row in system.components.all()],
            [(row.pk, row.criteria, row.label) for row in system.evaluations.all()],
            [(row.organization, row.fact_rows) for row in system.makers.all()],
        )
        for system in systems
    ]


def test_the_instances_are_those_of_the_queryset(shelf: None) -> None:
    for slug in ("one", "two", "bare", "nobody"):
        expected = AISystem.objects.published().for_page().filter(slug=slug)

        assert plain(page_reads.entry.rows(slug=slug)) == plain(expected)


ASKED: list[tuple[Statement[Any], dict[str, Any]]] = [
    (page_reads.entry, {"slug": "one"}),
    (page_reads.entry, {"slug": "nobody"}),
    (page_reads.side_by_side, {"slugs": ["one", "bare", "none"]}),
    (page_reads.licences, {"identifiers": ["MIT", "Apache-2.0", "none"]}),
    (page_reads.badge, {"slug": "two"}),
    (page_reads.suggested, {"first": "T", "end": "U"}),
]


@pytest.mark.parametrize(("statement", "values"), ASKED)
def test_with_plain_reads_the_same_comes_in_as_many_queries(
    shelf: None, settings: Any, statement: Statement[Any], values: dict[str, Any]
) -> None:
    with CaptureQueriesContext(connection) as kept_queries:
        kept = statement.rows(**values)
    settings.PLAIN_READS = True
    with CaptureQueriesContext(connection) as plain_queries:
        found = statement.rows(**values)

    assert sorted(found, key=str) == sorted(kept, key=str)
    assert len(plain_queries) == len(kept_queries)
    if statement in (page_reads.entry, page_reads.side_by_side):
        assert sorted(plain(found), key=str) == sorted(plain(kept), key=str)


def test_with_plain_reads_keys_and_nested_values_are_given_too(shelf: None, settings: Any) -> None:
    keys = list(AISystem.objects.values_list("pk", flat=True))
    found = []
    for is_plain in (False, True):
        settings.PLAIN_READS = is_plain
        found.append(
            [
                sorted(page_reads.lines.rows(keys=keys)),
                sorted(page_reads.scores.rows(keys=keys, text="two")),
                sorted(page_reads.verdicts.rows(keys=keys)),
                [row.slug for row in page_reads.derived.rows(base=keys[0])],
                [row.pk for row in page_reads.verdict.rows(system=keys[0], definition="osd-1.9")],
                [row.pk for row in page_reads.unreachable.rows(urls=["https://example.org/"])],
            ]
        )

    assert found[0] == found[1]
    assert found[0][0]


def test_every_owner_has_its_own_related_rows(shelf: None) -> None:
    expected = AISystem.objects.published().for_compare().filter(slug__in=["one", "bare", "two"])
    found = page_reads.side_by_side.rows(slugs=["one", "bare", "two"])

    assert sorted(plain(found), key=str) == sorted(plain(expected), key=str)
    assert all(row.system is system for system in found for row in system.components.all())


def test_what_was_not_read_is_an_error_not_a_query(shelf: None) -> None:
    system = page_reads.entry.first_or_404(slug="one")

    with pytest.raises(FieldFetchBlocked):
        _ = system.search
    with pytest.raises(TypeError, match="cannot be asked again"):
        system.components.filter(kind="weights_final")
    with pytest.raises(TypeError, match="cannot be asked again"):
        system.components.order_by("kind")


@pytest.mark.parametrize(
    "text", ["100 % “one”", "%s", "%%", "' OR 1=1 --", "$1", "{}", "\\", "“", "nothing"]
)
def test_a_value_is_never_read_as_sql(shelf: None, text: str) -> None:
    statement = Statement(lambda: AISystem.objects.filter(name=BY_NAME).exclude(summary="50 % %s"))

    assert statement.rows(name=text) == list(AISystem.objects.filter(name=text))


def test_values_may_stand_twice_and_be_numbers(shelf: None) -> None:
    least = Param("least", IntegerField())
    statement = Statement(
        lambda: AISystem.objects.filter(models.Q(parameters__gte=least) | models.Q(pk__lt=least))
    )
    AISystem.objects.filter(slug="two").update(parameters=7_000_000_000)

    everybody = {row.slug for row in statement.rows(least=7_000_000_000)}
    assert everybody == {"one", "two", "bare"}
    assert [row.slug for row in statement.rows(least=0)] == ["two"]


def test_rows_of_values_work_too(shelf: None) -> None:
    statement: Any = Statement(
        lambda: AISystem.objects.filter(slug=Param("slug", CharField())).values_list("name", "slug")
    )

    assert statement.rows(slug="two") == [("Two", "two")]


def test_the_plan_is_kept_by_the_connection(shelf: None) -> None:
    for slug in ("one", "two"):
        page_reads.entry.rows(slug=slug)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s",
            ['%"catalog_aisystem"."slug" = ($1)%'],
        )
        kept = cursor.fetchall()
    assert len(kept) == 1


def test_behind_a_pooler_nothing_is_kept(shelf: None, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    statement = Statement(lambda: License.objects.filter(name=BY_NAME))

    assert statement.rows(name="none such") == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ['%FROM "catalog_license" WHERE "catalog_license"."name" = ($1)%'],
        )
        assert cursor.fetchone() == (0,)


def test_queries_are_counted_and_nobody_gives_404(shelf: None) -> None:
    with CaptureQueriesContext(connection) as queries, pytest.raises(Http404):
        page_reads.entry.first_or_404(slug="nobody")

    assert len(queries) == 1
    assert "nobody" in queries[0]["sql"]


def test_other_relations_are_refused(shelf: None) -> None:
    tools: Statement[AISystem] = Statement(lambda: AISystem.objects.prefetch_related("frameworks"))
    nested: Statement[AISystem] = Statement(
        lambda: AISystem.objects.prefetch_related("components__source")
    )
    upwards: Statement[Component] = Statement(lambda: Component.objects.prefetch_related("system"))

    for statement in (tools, nested, upwards):
        with pytest.raises(TypeError, match="is no reverse foreign key"):
            statement.rows()
