"""The parts of an entry: each column is one of its model, and what identifies a row is its own."""

import pytest
from django.db.models import UniqueConstraint

from catalog.entry.nouns import ORDER
from catalog.entry.parts import BY_DOCUMENT, PARTS, PLAIN, SYSTEM
from catalog.entry.shape import Part, attributes, identity
from catalog.intake.files.shape import links_of, reader_of
from catalog.models import AISystem, Component, Dataset, Derivation, LicenseAlias, SystemMaker

EVERY = [part for noun in ORDER for part in (noun, *noun.children)]


@pytest.mark.parametrize("part", EVERY, ids=lambda part: f"{part.model.__name__}")
def test_every_column_is_one_of_the_model_and_has_a_reader(part: Part) -> None:
    for column in part.columns:
        assert callable(reader_of(part.model, column.name))
    for name in part.links:
        assert callable(links_of(part.model, name))


@pytest.mark.parametrize("part", EVERY, ids=lambda part: f"{part.model.__name__}")
def test_a_key_names_one_column_and_a_column_has_one_key(part: Part) -> None:
    assert len({column.key for column in part.columns}) == len(part.columns)
    assert len({column.name for column in part.columns}) == len(part.columns)
    assert len(part.words) == sum(bool(column.word) for column in part.columns)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_row_is_identified_as_the_database_does(part: Part) -> None:
    unique = [
        constraint.fields
        for constraint in part.model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    assert [part.identity] == (unique or [("system",)])
    assert part.owner == "system_id"


def test_what_identifies_a_row_is_read_from_constraints_of_every_form() -> None:
    assert identity(AISystem) == ("slug",)
    assert identity(LicenseAlias) == ("alias",)
    assert attributes(SystemMaker) == ("system_id", "organization_id")
    assert attributes(Derivation) == ("system_id", "base_id", "base_name", "kind")
    assert attributes(Dataset.organizations.through) == ("dataset_id", "organization_id")
    assert attributes(Component.licences.through) == ("component_id", "license_id")


def test_a_document_says_of_an_entry_what_forms_ask() -> None:
    assert set(PLAIN) == {*SYSTEM.words, "organizations", "released"}
    assert list(BY_DOCUMENT) == [part.document for part in PARTS[:7]]
