"""What the tests of the importers share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from catalog.intake.files import load_catalog
from catalog.intake.registers.known_licences import known_licences
from definitions.readers.known_licences import KnownLicences
from tests import databases

DATA = Path(__file__).parents[2].parent / "shared" / "data"

needs_the_data = pytest.mark.skipif(
    not DATA.exists(), reason="the shared data are not beside this checkout"
)
LISTS = ("sources.yaml", "licences.yaml", "licence_aliases.yaml", "platforms.yaml", "organizations")


OUR_OWN = databases.Rows(
    lambda: load_catalog(paths=[settings.FIXTURES_DIR / name for name in LISTS])
)


@pytest.fixture
def reference(db: None) -> None:
    """Our own sources, licences and makers, and no system."""
    OUR_OWN.write()


@pytest.fixture(scope="module")
def module_licences(django_db_setup: None, django_db_blocker: Any) -> Iterator[KnownLicences]:
    """The same, once for all tests of a module that only read; taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        OUR_OWN.write()
        yield known_licences()
        transaction.set_rollback(True)


@pytest.fixture
def known(module_licences: KnownLicences, db: None) -> KnownLicences:
    return module_licences
