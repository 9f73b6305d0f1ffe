"""What the tests with servers of their own share."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a short path, since a socket's has 107 bytes, that other accounts may enter."""
    with tempfile.TemporaryDirectory(prefix="glassbox-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
