"""The triggers see every write, also those that pass Python by."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from catalog.models import AISystem, Component
from tests import factories as make

pytestmark = pytest.mark.django_db


def events(name: str) -> Any:
    return apps.get_model("catalog", f"{name}Event")._default_manager.order_by("pgh_id")


def test_queryset_updates_are_recorded() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})

    Component.objects.filter(system=system).update(availability="gated_manual")

    assert list(events("Component").values_list("pgh_label", "availability")) == [
        ("insert", "open_download"),
        ("update", "gated_manual"),
    ]


def test_plain_sql_is_recorded() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_component_licences")
        cursor.execute("DELETE FROM catalog_component WHERE system_id = %s", [system.pk])

    assert list(events("Component").values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_popularity_and_fingerprints_leave_no_trace() -> None:
    system = make.make_system()
    before = events("AISystem").count()

    AISystem.objects.filter(pk=system.pk).update(popularity=9)
    AISystem.objects.filter(pk=system.pk).update(name=system.name)

    assert events("AISystem").count() == before


FACTS = [
    "AISystem",
    "Claim",
    "Component",
    "DataInformation",
    "Dataset",
    "Derivation",
    "Evaluation",
    "Framework",
    "License",
    "LicenseAlias",
    "Organization",
    "Platform",
    "PlatformProfile",
    "ProgrammingLanguage",
    "Ruling",
    "StewardJudgement",
    "SystemFamily",
    "SystemMaker",
    "TrainingData",
]


@pytest.mark.parametrize("name", FACTS)
def test_inserts_updates_and_deletes_are_tracked(name: str) -> None:
    labels = {tracker.label for tracker in apps.get_model("catalog", f"{name}Event").pgh_trackers}

    assert labels == {"insert", "update", "delete"}


def test_the_event_of_a_verdict_holds_its_result_and_no_sentence() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    row = system.evaluations.get(definition_id="owd-0.3")
    told = events("Evaluation").filter(pgh_obj_id=row.pk)
    columns = {field.attname for field in told.model._meta.concrete_fields}

    row.facts_fingerprint = "0" * 64
    row.save()
    assert told.count() == 1

    row.criteria = "m" * len(row.criteria)
    row.save()
    assert list(told.values_list("status", "criteria"))[1:] == [(row.status, row.criteria)]
    assert {"level", "score", "definition_fingerprint", "status_since"} <= columns
    assert told.last().label == row.label
