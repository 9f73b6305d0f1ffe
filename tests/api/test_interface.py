"""The interface for programs: what it answers, how it pages, and what it says when it refuses."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.api.interface import document
from catalog.entry.facts import facts_for
from catalog.intake.merge import merge
from catalog.models import AISystem
from definitions import registry
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = pytest.mark.django_db

BASE = "/api/v1/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def get(client: Client, path: str, **headers: str) -> Any:
    return client.get(BASE + path, headers=headers)


def test_a_list_goes_on_page_by_page_and_has_each_system_once(client: Client):
    grow(7)
    address, seen = f"{BASE}systems?limit=3", []
    while address:
        page = client.get(address).json()
        seen += [row["slug"] for row in page["items"]]
        address = page["next"]

    assert seen == [f"system-{n}" for n in range(7)]


def test_pages_stay_whole_while_entries_are_added(client: Client):
    grow(4)
    response = client.get(f"{BASE}systems?limit=2")
    first = response.json()
    assert response["Link"] == f'<{first["next"]}>; rel="next"'
    make.make_system(slug="aaa")

    second = client.get(first["next"]).json()

    assert [row["slug"] for row in second["items"]] == ["system-2", "system-3"]


def test_the_filters_are_those_of_the_page(client: Client):
    grow(4)

    page = get(client, "systems?licence=LicenseRef-Llama-2&parameters=1b-10b").json()

    assert {row["weights_licence"] for row in page["items"]} == {"LicenseRef-Llama-2"}
    assert {row["slug"] for row in get(client, "systems?q=system 2").json()["items"]} == {
        "system-2"
    }


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("commercial=perhaps", "commercial"),
        ("osaid-1.0=nonsense", "osaid-1.0"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("limit=²", "limit"),
        ("cursor=***", "cursor"),
        ("cursor=%F0%9F%98%80", "cursor"),
        ("q=" + "x" * 300, "q"),
    ],
)
def test_a_value_that_does_not_fit_is_told_beside_its_parameter(
    client: Client, query: str, parameter: str
):
    response = get(client, f"systems?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_a_system_has_facts_verdicts_and_sources(client: Client):
    system = make.make_system(slug="olmo-7b", components={"weights_final": "Apache-2.0"})
    make.make_claim(system=system)

    found = get(client, "systems/olmo-7b").json()

    fresh = AISystem.objects.with_facts().get(pk=system.pk)
    assert found["facts"] == json.loads(json.dumps(facts_for(fresh).to_json()))
    assert [row["definition"] for row in found["evaluations"]] == sorted(
        definition.id for definition in registry.DEFINITIONS
    )
    assert found["evaluations"][0]["findings"][0]["reason"]
    assert found["claims"][0]["quote"]


def test_a_merged_system_leads_to_the_kept_one_and_a_hidden_one_is_not_there(client: Client):
    keep, drop = make.make_system(slug="keep"), make.make_system(slug="drop")
    make.make_system(slug="hidden", is_published=False)
    merge(keep=keep, drop=drop, rationale="The same.", by="editors")

    response = get(client, "systems/drop")
    assert (response.status_code, response["Location"]) == (301, f"{BASE}systems/keep")
    assert get(client, "systems/hidden").status_code == 404
    assert "hidden" not in get(client, "systems").content.decode()


def test_the_smaller_nouns_are_there_in_lists_and_alone(client: Client):
    system = make.make_system(slug="olmo-7b", components={"weights_final": "Apache-2.0"})
    make.make_dataset(slug="dolma", licence="ODC-By-1.0", organizations=["ai2"])
    for path, key in (
        ("definitions", "osaid-1.0"),
        ("licences", "Apache-2.0"),
        ("datasets", "dolma"),
        ("organisations", "ai2"),
    ):
        items = get(client, path).json()["items"]
        assert key in {row.get("id") or row["slug"] for row in items}, path
        assert get(client, f"{path}/{key}").status_code == 200
        missing = get(client, f"{path}/never-was")
        assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")
    changes = get(client, "changes").json()["items"]
    assert changes[0]["system"]["slug"] == system.slug


def test_facts_sent_in_give_the_verdicts_of_the_entry(client: Client):
    make.make_system(slug="olmo-7b", components={"weights_final": "Apache-2.0"})
    entry = get(client, "systems/olmo-7b").json()

    response = client.post(f"{BASE}evaluate", entry["facts"], content_type="application/json")

    found = {row["definition"]: row["label"] for row in response.json()["verdicts"]}
    assert found == {row["definition"]: row["label"] for row in entry["evaluations"]}


def test_only_the_definitions_that_are_asked_for(client: Client):
    facts = {"schema": "glassbox-facts/1", "system": {"slug": "x", "name": "X"}}
    address = f"{BASE}evaluate?definition=osaid-1.0&definition=mof-1.0"

    verdicts = client.post(address, facts, content_type="application/json").json()["verdicts"]

    assert [row["definition"] for row in verdicts] == ["osaid-1.0", "mof-1.0"]


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("{", 400, "not a JSON document"),
        ("[" * 100_000, 400, "not a JSON document"),
        ('{"a": NaN}', 400, "not a JSON document"),
        ("[]", 422, "$"),
        ('{"schema": "glassbox-facts/1"}', 422, "system"),
        (
            '{"schema": "glassbox-facts/1", "system": {"slug": "x", "name": "X"},'
            ' "components": {"weights_final": {"availability": "ajar"}}}',
            422,
            "$.components.weights_final.availability",
        ),
        ("x" * 1_000_001, 413, "at most"),
        ("\ud800", 400, "not a JSON document"),
    ],
)
def test_a_document_that_is_wrong_is_refused_with_the_place(
    client: Client, body: str, status: int, says: str
):
    raw = body.encode("utf-8", "surrogatepass")
    response = client.post(f"{BASE}evaluate", raw, content_type="application/json")

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert says in json.dumps(response.json(), ensure_ascii=False)


def test_an_unknown_definition_is_refused(client: Client):
    facts = {"schema": "glassbox-facts/1", "system": {"slug": "x", "name": "X"}}

    response = client.post(
        f"{BASE}evaluate?definition=mine", facts, content_type="application/json"
    )

    assert response.status_code == 400


# --- HTTP ------------------------------------------------------------------------------------


def test_an_answer_is_empty_while_nothing_has_changed(client: Client):
    make.make_system(slug="one")
    first = get(client, "systems")

    again = get(client, "systems", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")

    make.make_system(slug="two")
    assert get(client, "systems", if_none_match=first["ETag"]).status_code == 200


def test_anybody_may_call_it_from_any_page_and_no_cookie_is_set(client: Client):
    make.make_system(slug="one")
    response = get(client, "systems", origin="https://elsewhere.example")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    preflight = client.options(f"{BASE}evaluate", headers={"origin": "https://elsewhere.example"})
    assert preflight.status_code == 204
    assert "POST" in preflight["Access-Control-Allow-Methods"]


def test_a_head_request_has_the_headers_alone(client: Client):
    make.make_system(slug="one")
    response = client.head(f"{BASE}systems")

    assert (response.status_code, response.content) == (200, b"")
    assert "ETag" in response


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("delete", "systems", 405),
        ("get", "evaluate", 405),
        ("get", "nothing/here", 404),
        ("get", "systems/no such", 404),
        ("get", "systems?q=%00", 400),
        ("get", "systems/%ff", 400),
    ],
)
def test_every_error_is_a_problem_document(client: Client, method: str, path: str, status: int):
    response = getattr(client, method)(BASE + path)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_a_network_that_asks_too_often_is_told_to_wait(client: Client, settings: Any):
    settings.API_READS = 2
    statuses = [get(client, "definitions").status_code for _ in range(3)]

    refused = get(client, "definitions")
    assert statuses == [200, 200, 429]
    assert refused["Content-Type"] == "application/problem+json"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Policy"] == '"read";q=2;w=60'
    assert refused["RateLimit"].startswith('"read";r=0;t=')


def test_a_network_is_an_address_or_a_64_and_cannot_be_made_up(client: Client, settings: Any):
    settings.API_READS = 1

    def ask(address: str, **headers: str) -> int:
        response = client.get(f"{BASE}definitions", REMOTE_ADDR=address, headers=headers)
        return int(response.status_code)

    assert ask("198.51.100.7") == 200
    assert ask("198.51.100.7", x_forwarded_for="203.0.113.9") == 429
    assert ask("198.51.100.8") == 200
    assert ask("2001:db8::1") == 200
    assert ask("2001:db8::ffff") == 429
    assert ask("2001:db8:0:1::1") == 200
    settings.TRUSTED_PROXIES = 1
    assert ask("198.51.100.7", x_forwarded_for="1.2.3.4, 203.0.113.9") == 200
    assert ask("198.51.100.7", x_forwarded_for="9.9.9.9, 203.0.113.9") == 429


@pytest.mark.once
@pytest.mark.parametrize("number", [3, 60])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("systems?limit=100", 5), ("systems/system-1", 10), ("datasets", 4), ("changes?limit=100", 4)],
)
def test_the_same_queries_for_any_number(
    client: Client, django_assert_max_num_queries: Any, number: int, path: str, queries: int
):
    grow(number)
    make.make_dataset()

    with django_assert_max_num_queries(queries):
        assert get(client, path).status_code == 200


# --- its description -------------------------------------------------------------------------


def test_the_description_is_openapi_3_1_and_complete(client: Client):
    found = client.get(f"{BASE}openapi.json").json()

    assert found["openapi"].startswith("3.1")
    assert found["info"]["license"]["identifier"] == "CC-BY-4.0"
    names = set()
    for path, methods in found["paths"].items():
        assert path.startswith(BASE)
        for operation in methods.values():
            names.add(operation["operationId"])
            assert operation["summary"]
            assert "429" in operation["responses"]
            for parameter in operation["parameters"]:
                assert parameter.get("description") or parameter["in"] == "path"
    assert len(names) == sum(len(methods) for methods in found["paths"].values())
    assert found["components"]["schemas"]["Facts"]["properties"]["components"]


def test_every_filter_of_the_page_is_described():
    from catalog.listing import facets  # noqa: PLC0415

    described = document()["paths"]["/api/v1/systems"]["get"]["parameters"]
    assert {facet.key for facet in facets.build()} <= {item["name"] for item in described}


def test_the_page_for_people_shows_every_operation(client: Client):
    page = client.get("/api/").content.decode()

    for methods in document()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
