"""Fixtures that the tests of the catalogue share."""

from pathlib import Path

import pytest

from tests.catalog.loading_files import FILES, write


@pytest.fixture
def files(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path
