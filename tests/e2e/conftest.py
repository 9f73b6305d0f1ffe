"""A real Chromium against a live server with a small catalogue."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests import databases
from tests import factories as make
from tests.pages.conftest import OPEN_COMPONENTS, grow

# Playwright's synchronous interface runs an event loop in this thread; the database is
# used from it between the steps, one after the other.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium where there is one; it needs no sandbox as root."""
    found = shutil.which("chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return (
        browser_type_launch_args
        | {"args": arguments}
        | ({"executable_path": found} if found else {})
    )


def lay_out() -> None:
    """A catalogue that holds OLMo, Llama and some more."""
    make.make_dataset(slug="dolma", licence="ODC-By-1.0", organizations=["ai2"])
    make.make_system(
        slug="olmo-7b",
        name="OLMo 7B",
        components=OPEN_COMPONENTS,
        training_data={"dolma": {"where": "https://example.org/dolma"}},
        data_information=dict.fromkeys(
            ("provenance", "scope", "selection", "labelling", "processing", "filtering",
             "covers_all_training_data"), "yes"),
        frameworks=["pytorch"],
        programming_languages=["python"],
        parameters=6_900_000_000,
    )  # fmt: skip
    llama = make.make_system(
        slug="llama-3-1",
        name="Llama 3.1",
        organizations=["meta"],
        components={
            "weights_final": {"licence": "LicenseRef-Llama-2", "availability": "gated_manual"},
            "training_code": {"availability": "not_released", "completeness": "none"},
        },
        release_date="2024-07-23",
    )
    make.make_claim(system=llama, claimed="open source")
    make.make_decision(system=llama, kind="rejected")
    make.make_judgement(system=llama, result="fail")
    make.make_profile(organization=make.make_organization(slug="ai2"))
    grow(30)


@pytest.fixture(scope="session")
def laid_out(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database with that catalogue, made once for all browser tests of a process."""
    with django_db_blocker.unblock(), databases.laid_out("laid_out", lay_out) as name:
        yield name


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """One web server for all browser tests of a process; its address."""
    running = LiveServer("localhost")
    running._live_server_modified_settings.enable()
    yield str(running.url)
    running._live_server_modified_settings.disable()
    running.stop()


@pytest.fixture
def db(laid_out: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy of that database, in place of pytest-django's transaction."""
    with django_db_blocker.unblock():
        name = f"{laid_out}_copy"
        databases.copy(laid_out, name)
        with databases.used(name):
            cache.clear()
            yield
        databases.drop(name)


@pytest.fixture
def site(db: None, server: str) -> str:
    """The address of a site with that catalogue; what a test writes is gone after it."""
    return server


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on which every script error and every refused load fails the test."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("requestfailed", lambda request: problems.append(f"{request.url}: {request.failure}"))
    yield page
    # A page that htmx leaves drops its loads; a page that is not there is 404 by design.
    expected = (
        "ERR_ABORTED",
        "404 (Not Found)",
        "htmx:afterRequest",
        "htmx:sendError",
        "htmx:sendAbort",
    )
    aborted = [text for text in problems if not any(words in text for words in expected)]
    assert aborted == []


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser without scripts."""
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
