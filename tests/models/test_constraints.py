"""Each rule that the database keeps is proved by an attempt to break it."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from catalog.models import (
    AISystem,
    Claim,
    Component,
    Derivation,
    Evaluation,
    FacetBitmap,
    FactsDocument,
    LicenseAlias,
    Organization,
    OrganizationFact,
    PlatformProfile,
    PossibleDuplicate,
    Quota,
    Ruling,
    SourceRecord,
    StewardJudgement,
    SystemFact,
    SystemMaker,
    TrainingData,
)
from tests import factories as make
from tests.models.constraint_tables import BROKEN, GOOD, Columns, row, system, verdict

pytestmark = pytest.mark.django_db

CASES = [
    pytest.param(
        model, f"{model._meta.model_name}_{name}", broken, id=f"{model._meta.model_name}_{name}"
    )
    for model, table in BROKEN.items()
    for name, broken in table.items()
]


def store(model: type[models.Model], columns: Columns) -> models.Model:
    with transaction.atomic():
        return model._default_manager.create(**columns)


@pytest.mark.parametrize("model", GOOD, ids=lambda model: model._meta.model_name)
def test_a_good_row_is_stored(model: type[models.Model]) -> None:
    columns = GOOD[model]()

    assert store(model, columns).pk


@pytest.mark.parametrize(("model", "constraint", "broken"), CASES)
def test_the_database_refuses(model: type[models.Model], constraint: str, broken: Columns) -> None:
    columns = GOOD[model]() | broken

    with pytest.raises(IntegrityError, match=f'"{constraint}"'):
        store(model, columns)


TWICE: dict[type[models.Model], str] = {
    Claim: "claim_once",
    Quota: "quota_once",
    Component: "component_once",
    Derivation: "derivation_once",
    Evaluation: "evaluation_once",
    FacetBitmap: "facetbitmap_once",
    FactsDocument: "factsdocument_once",
    LicenseAlias: "licensealias_alias_once",
    OrganizationFact: "organizationfact_once",
    PlatformProfile: "platformprofile_once",
    PossibleDuplicate: "possibleduplicate_once",
    Ruling: "ruling_once",
    SourceRecord: "sourcerecord_once",
    StewardJudgement: "stewardjudgement_once",
    SystemFact: "systemfact_once",
    SystemMaker: "systemmaker_once",
    TrainingData: "trainingdata_once",
}


@pytest.mark.parametrize("model", TWICE, ids=lambda model: model._meta.model_name)
def test_the_same_row_is_not_stored_twice(model: type[models.Model]) -> None:
    columns = GOOD[model]()
    store(model, columns)

    with pytest.raises(IntegrityError, match=TWICE[model]):
        store(model, columns)


def test_an_alias_is_the_same_in_any_case() -> None:
    make.make_alias(alias="Apache License", expression="Apache-2.0")

    with pytest.raises(IntegrityError, match="licensealias_alias_once"):
        store(LicenseAlias, {"alias": "apache LICENSE", "expression": "Apache-2.0"})


def test_a_verdict_cannot_be_older_than_its_status() -> None:
    columns = verdict()
    columns["evaluated_at"] = columns["status_since"].replace(year=2020)

    with pytest.raises(IntegrityError, match="evaluation_times_ordered"):
        store(Evaluation, columns)


def test_an_organisation_is_not_its_own_parent() -> None:
    maker = make.make_organization()

    with (
        pytest.raises(IntegrityError, match="organization_parent_not_itself"),
        transaction.atomic(),
    ):
        Organization.objects.filter(pk=maker.pk).update(parent=maker)


def test_a_system_is_not_its_own_base() -> None:
    columns = row() | {"base": system(), "kind": "finetune"}

    with pytest.raises(IntegrityError, match="derivation_not_itself"):
        store(Derivation, columns)


def test_a_merged_entry_is_hidden() -> None:
    other = make.make_system(slug="two", evaluated=False)

    with pytest.raises(IntegrityError, match="aisystem_merged_is_hidden"), transaction.atomic():
        AISystem.objects.filter(pk=other.pk).update(merged_into=system())


def test_an_entry_is_not_merged_into_itself() -> None:
    columns = {"merged_into": system(), "is_published": False}

    with pytest.raises(IntegrityError, match="aisystem_merged_is_hidden"), transaction.atomic():
        AISystem.objects.filter(slug="one").update(**columns)


def test_a_pair_has_its_older_entry_first() -> None:
    first = system()
    second = make.make_system(slug="two", evaluated=False)

    with pytest.raises(IntegrityError, match="possibleduplicate_order"):
        store(PossibleDuplicate, {"first": second, "second": first, "reason": "The same name."})


def test_every_constraint_has_a_test() -> None:
    """A constraint that is added without a line in the tables above fails here."""
    tried = {case.values[1] for case in CASES} | set(TWICE.values())
    tried |= {
        "organization_parent_not_itself",
        "derivation_not_itself",
        "evaluation_times_ordered",
        "aisystem_merged_is_hidden",
        "possibleduplicate_order",
    }
    kept = {
        constraint.name
        for model in apps.get_app_config("catalog").get_models()
        if not model.__name__.endswith("Event")
        for constraint in model._meta.constraints
    }

    assert kept - tried == set()
