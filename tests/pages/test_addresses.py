"""Addresses as people write them: ids in any case, parameters that nothing reads, pasted pages."""

import json

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db

PURL = "pkg:huggingface/allenai/OLMo-7B"


@pytest.fixture
def systems(db: None) -> None:
    make.make_licence(spdx_id="Apache-2.0")
    make.make_system(
        slug="olmo-7b",
        name="OLMo 7B",
        huggingface_id="allenai/OLMo-7B",
        languages=["en"],
        organizations=["ai2"],
        components={"weights_final": "Apache-2.0"},
    )
    make.make_system(
        slug="other",
        name="Other",
        languages=["fr"],
        organizations=["meta"],
        components={"weights_final": "LicenseRef-Llama-2"},
    )


def listed(client: Client, query: str) -> list[str]:
    return [row.name for row, _ in client.get(f"/systems/?{query}").context["rows"]]


@pytest.mark.parametrize(
    "query",
    [
        "language=ENG",
        "language=en",
        "licence=apache-2.0",
        "licence=APACHE-2.0",
        "organisation=AI2",
        "modality=TEXT&q=olmo",
    ],
)
def test_ids_are_found_in_any_case(client: Client, systems: None, query: str):
    assert listed(client, query) == ["OLMo 7B"]
    items = client.get(f"/api/v1/systems?{query}").json()["items"]
    assert [item["slug"] for item in items] == ["olmo-7b"]


def test_a_licence_page_leads_on_from_another_spelling(client: Client, systems: None):
    make.make_licence(spdx_id="GPL-2.0-only")
    assert client.get("/licences/apache-2.0/")["Location"] == "/licences/Apache-2.0/"
    assert client.get("/licences/gpl-2.0/")["Location"] == "/licences/GPL-2.0-only/"
    assert client.get("/licences/nothing/").status_code == 404
    assert client.get("/api/v1/licences/apache-2.0").json()["id"] == "Apache-2.0"


def test_a_value_that_no_system_has_is_told(client: Client, systems: None):
    page = client.get("/systems/?licence=Apache-2.1")
    assert page.status_code == 200
    assert "Did you mean “Apache-2.0”?" in page.content.decode()
    for address in ("/api/v1/systems", "/systems.csv", "/systems.json"):
        answer = client.get(f"{address}?licence=Apache-2.1")
        assert answer.status_code == 400, address
        assert "Apache-2.0" in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/systems", "/systems.csv", "/systems.json"])
def test_a_parameter_that_nothing_reads_is_refused_with_names_like_it(
    client: Client, systems: None, address: str
):
    answer = client.get(f"{address}?osaid=met")
    assert answer.status_code == 400
    assert "osaid-1.0" in answer.content.decode()
    assert client.get(f"{address}?osaid-1.0=met").status_code == 200


def test_a_page_says_what_it_left_out(client: Client, systems: None):
    page = client.get("/systems/?osaid=met&utm_source=x")
    assert page.status_code == 200
    text = page.content.decode()
    assert "There is no parameter “osaid”. Did you mean “osaid-1.0”?" in text
    assert "“utm_source”" not in text
    assert "There is no parameter “knid”" in client.get("/organisations/?knid=x").content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "https%3A%2F%2Fhuggingface.co%2Fallenai%2FOLMo-7B",
        "huggingface.co%2Fallenai%2FOLMo-7B",
        "allenai%2FOLMo-7B",
        "pkg%3Ahuggingface%2Fallenai%2FOLMo-7B%40main",
        "github.com%2Fallenai%2FOLMo",
        "olmo7b",
        "olmo+7+b",
    ],
)
def test_a_pasted_address_finds_its_system(client: Client, systems: None, text: str):
    assert listed(client, f"q={text}") == ["OLMo 7B"]
    assert client.get(f"/suggest.json?q={text}").json()[1] == ["OLMo 7B"]


def test_a_hub_id_is_looked_up(client: Client, systems: None):
    for text in (
        "allenai/olmo-7b",
        "https://hf.co/allenai/OLMo-7B",
        "pkg:huggingface/allenai/OLMo-7B",
    ):
        assert client.get("/api/v1/lookup", {"id": text}).json()["slug"] == "olmo-7b"
    missing = client.get("/api/v1/lookup", {"id": "allenai/OLMo-8B"})
    assert missing.status_code == 404
    assert missing.json()["near"][0]["slug"] == "olmo-7b"
    assert client.get("/api/v1/lookup", {"id": "x" * 1000}).status_code == 400
    assert client.get("/api/v1/lookup").status_code == 400


def test_licence_facts_are_filled_in_and_named(client: Client, systems: None):
    weights = {"availability": "open_download", "licence": "apache-2.0", "licence_status": "stated"}
    document = {
        "schema": "glassbox-facts/1",
        "system": {"slug": "mine", "name": "Mine"},
        "components": {"weights_final": weights},
    }

    def judged(query: str) -> tuple[list[str], str]:
        answer = client.post(
            f"/api/v1/evaluate?definition=osaid-1.0{query}",
            json.dumps(document),
            content_type="application/json",
        ).json()
        findings = {row["code"]: row["status"] for row in answer["verdicts"][0]["findings"]}
        return answer["licences_filled"], findings["osaid-1.0/parameters-terms"]

    assert judged("") == (["Apache-2.0"], "met")
    assert judged("&licences=document") == ([], "unknown")
    wrong = client.post("/api/v1/evaluate?licences=x", "{}", content_type="application/json")
    assert wrong.status_code == 400


def test_bills_of_materials_carry_the_package_url(client: Client, systems: None):
    bom = client.get("/systems/olmo-7b/bom.cdx.json").json()
    assert bom["metadata"]["component"]["purl"] == "pkg:huggingface/allenai/OLMo-7B"
    assert (
        "pkg:huggingface/allenai/OLMo-7B"
        in client.get("/systems/olmo-7b/bom.spdx3.json").content.decode()
    )
