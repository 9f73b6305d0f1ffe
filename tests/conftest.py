"""What all tests share."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from catalog.index import MEMORY
from tests import databases

# No test asserts a time: a busy machine is not a fault of the rules. Forty examples per property
# and definition, with other seeds in every run; --hypothesis-profile=default tries a hundred.
settings.register_profile(
    "glassbox", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("glassbox")


@pytest.fixture(autouse=True)
def dumps_dir(settings: Any, tmp_path: Path) -> None:
    """No test reads or writes the dumps of this machine."""
    settings.DUMPS_DIR = tmp_path / "dumps"


@pytest.fixture(autouse=True)
def _no_page_is_kept(settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0


@pytest.fixture(autouse=True)
def _nothing_goes_on_after_a_test(settings: Any) -> None:
    settings.BACKGROUND_THREADS = 0


@pytest.fixture(autouse=True)
def _index_of_this_test() -> Iterator[None]:
    """Rows that a test writes by itself count up no version, so nothing is kept from them."""
    MEMORY.keeps = False
    yield
    MEMORY.keeps = True
    MEMORY.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """End what a browser's last requests have left open, so that the database can be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def empty_dump(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A migrated database without rows, as a file that ``databases.restore`` reads."""
    with django_db_blocker.unblock():
        return databases.dump(tmp_path_factory.mktemp("dump"))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a short path, since a socket's has 107 bytes, that other accounts may enter."""
    with tempfile.TemporaryDirectory(prefix="glassbox-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
