"""What all tests share."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from catalog.api import limits
from catalog.listing.index import MEMORY
from tests import databases

# No test asserts a time: a busy machine is not a fault of the rules. Twenty-five examples per
# property and definition, with other seeds in every run; --hypothesis-profile=searching tries 300.
for profile, examples in (("glassbox", 25), ("searching", 300)):
    settings.register_profile(
        profile,
        deadline=None,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("glassbox")

pytest_plugins = ["tests.shared"]

RULES = Path(__file__).parent / "definitions"


LONG = ("e2e", "replicas", "test_killed", "test_embedded", "test_no_bare_yes", "test_roles")
"""Folders and modules that take minutes: they begin first, so that no process ends alone."""


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what is measured for coverage: the properties say nothing there that others do not."""
    for item in items:
        if RULES in item.path.parents:
            item.add_marker("rules")
    yield
    items.sort(key=lambda item: not {item.path.stem, item.path.parent.name} & {*LONG})


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Whatever is loaded by now stays: looking through it for garbage took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def dumps_dir(settings: Any, tmp_path: Path) -> None:
    """No test reads or writes the dumps of this machine."""
    settings.DUMPS_DIR = tmp_path / "dumps"


@pytest.fixture(autouse=True)
def _no_page_is_kept(settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0


@pytest.fixture(autouse=True)
def _passwords_cost_nothing(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_goes_on_after_a_test(settings: Any) -> None:
    settings.BACKGROUND_THREADS = 0


@pytest.fixture(autouse=True)
def _no_request_happens_to_tidy_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One request in so many takes a query more; none of those whose queries are counted."""
    monkeypatch.setattr(limits, "TIDIED", 10**12)


@pytest.fixture(autouse=True)
def _index_of_this_test() -> Iterator[None]:
    """Rows that a test writes by itself count up no version, so nothing is kept from them."""
    MEMORY.keeps = False
    yield
    MEMORY.keeps = True
    MEMORY.forget()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, worker_id: str
) -> Iterator[None]:
    """An empty database for this process, in place of pytest-django's, which migrates one."""
    name = f"test_{databases.name_at_hand()}_{worker_id}"
    with django_db_blocker.unblock():
        databases.copy(databases.migrated(), name)
    with databases.used(name):
        yield
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="session")
def whole_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database with the catalogue of ``fixtures/``, one for each process."""
    with django_db_blocker.unblock():
        name = f"{databases.name_at_hand()}_catalogue"
        databases.copy(databases.whole(), name)
        yield name
        databases.drop(name)


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
