"""What the tests of the importers share."""

from pathlib import Path

import pytest
from django.conf import settings

from catalog.importers.figures import Shelf
from catalog.services.loading import load_catalog

DATA = Path(__file__).parents[2].parent / "shared" / "data"

needs_the_data = pytest.mark.skipif(
    not DATA.exists(), reason="the shared data are not beside this checkout"
)
LISTS = ("sources.yaml", "licences.yaml", "licence_aliases.yaml", "platforms.yaml", "organizations")


@pytest.fixture
def reference(db: None) -> None:
    """Our own sources, licences and makers, and no system."""
    load_catalog(paths=[settings.FIXTURES_DIR / name for name in LISTS])


@pytest.fixture
def shelf(reference: None) -> Shelf:
    return Shelf.load()
