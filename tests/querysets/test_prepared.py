"""Subqueries that are written once: the rows of the plain ones, in the outermost query alone."""

from typing import Any

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.test.utils import CaptureQueriesContext

from catalog.models import AISystem, SystemFact, SystemFamily
from catalog.querysets.prepared import Prepared
from tests import factories as make

pytestmark = pytest.mark.django_db


def topics() -> ArraySubquery:
    rows = SystemFact.objects.filter(system=OuterRef("pk"), value="yes").order_by("topic")
    return ArraySubquery(rows.values(row=JSONObject(topic="topic")))


@pytest.fixture
def facts() -> None:
    told = make.make_system(slug="told")
    make.make_system_fact(system=told, topic="gpai", value="yes")
    make.make_system_fact(system=told, topic="systemic_risk", value="no")
    make.make_system(slug="silent", family=None)


def rows_and_sql(rows: Any) -> tuple[list[Any], str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = list(rows.values_list("slug", "facts"))
    return found, queries[0]["sql"]


def test_the_rows_and_the_sql_are_those_of_the_plain_subquery(facts: None) -> None:
    prepared = Prepared(AISystem, topics())
    plain = rows_and_sql(AISystem.objects.order_by("slug").annotate(facts=topics()))
    first = rows_and_sql(AISystem.objects.order_by("slug").annotate(facts=prepared))
    again = rows_and_sql(AISystem.objects.filter(slug="told").annotate(facts=prepared))

    assert first == plain
    assert first[0] == [("silent", []), ("told", [{"topic": "gpai"}])]
    assert again[0] == [("told", [{"topic": "gpai"}])]


def test_it_is_written_once(facts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = Prepared(AISystem, topics())
    rows = AISystem.objects.order_by("slug").annotate(facts=prepared)
    found = list(rows)
    monkeypatch.setattr(ArraySubquery, "as_sql", None)

    assert [row.facts for row in rows.all()] == [row.facts for row in found]


def test_rows_may_be_counted_joined_and_made_unique(facts: None) -> None:
    rows = AISystem.objects.annotate(facts=Prepared(AISystem, topics()))

    assert rows.count() == 2
    assert rows.filter(slug="told").exists()
    assert len(rows.select_related("family").order_by("family__name").distinct()) == 2


def test_another_model_is_refused() -> None:
    with pytest.raises(TypeError, match="SystemFamily"):
        SystemFamily.objects.annotate(facts=Prepared(AISystem, topics()))


def test_a_query_within_another_is_refused(facts: None) -> None:
    inner = AISystem.objects.annotate(facts=Prepared(AISystem, topics()))

    with pytest.raises(TypeError, match="outermost"):
        list(AISystem.objects.filter(pk__in=inner.filter(facts__len=1).values("facts")))
