"""Requests that nobody thought of: the API answers as its description says, and never 500."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks

from catalog.api.interface import document
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

checks.load_all_checks()
CHECKS = [
    checks.CHECKS.get_one("not_a_server_error"),
    checks.CHECKS.get_one("status_code_conformance"),
    checks.CHECKS.get_one("content_type_conformance"),
    checks.CHECKS.get_one("response_schema_conformance"),
]
EXAMPLES = 25
OPERATIONS = [
    operation["operationId"]
    for methods in document()["paths"].values()
    for operation in methods.values()
]


@pytest.fixture
def api(live_server: Any, settings: Any) -> Any:
    settings.API_READS = settings.API_WRITES = 10**9
    make.make_dataset()
    grow(3)
    return schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json")


def test_there_is_something_to_try():
    assert {"listSystems", "getSystem", "evaluate", "listChanges"} <= set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_request_is_answered_otherwise_than_described(api: Any, name: str):
    (operation,) = (
        found.ok()
        for found in api.get_all_operations()
        if found.ok().definition.raw["operationId"] == name
    )

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy())
    def attempt(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    attempt()
