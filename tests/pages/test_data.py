"""The register as files: the page, the files and their parts, and what each entry gives out."""

import json
from pathlib import Path

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.exports.dumps.build import build_dumps
from catalog.exports.dumps.published_build import Shelf
from catalog.exports.formats import FORMATS
from catalog.models import AISystem
from definitions.facts import Facts
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAME = '</script><img src=x onerror="a()"> & "q"'


@pytest.fixture
def built(catalogue: list[AISystem], settings: object) -> Shelf:
    return build_dumps(target=Path(settings.DUMPS_DIR))[0]  # type: ignore[attr-defined]


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_without_a_build_the_page_says_so(client: Client, catalogue: list[AISystem]):
    text = client.get("/data/").text
    assert "No files have been built" in text
    assert "systems.jsonl.gz</a>" not in text
    assert client.get("/data/systems.jsonl.gz").status_code == 404


def test_the_page_lists_every_file_with_size_and_checksum(client: Client, built: Shelf):
    text = client.get("/data/").text
    for file in built.files:
        assert f'href="/data/{file["name"]}"' in text
        assert file["sha256"] in text
    assert "CC-BY-4.0" in text
    assert "sqlite3 glassbox.sqlite" in text


def test_the_page_answers_304_until_the_next_build(client: Client, built: Shelf):
    first = client.get("/data/")
    again = client.get("/data/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    build_dumps(target=built.folder.parent, force=True)
    manifest = built.folder.parent / "current" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"built_at": "2', '"built_at": "3'))
    assert client.get("/data/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_every_file_comes_as_it_lies_there(client: Client, built: Shelf):
    for file in built.files:
        response = client.get(f"/data/{file['name']}")
        assert response.status_code == 200
        assert body(response) == (built.folder / file["name"]).read_bytes()
        assert response["ETag"] == f'"{file["sha256"]}"'
        assert response["Content-Type"] == file["media_type"]
        assert "Last-Modified" in response
        assert not response.cookies
    unchanged = client.get(
        "/data/README.txt", headers={"If-None-Match": client.get("/data/README.txt")["ETag"]}
    )
    assert unchanged.status_code == 304


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=5-", 5, None),
        ("bytes=-7", -7, None),
        ("bytes=3-99999999", 3, None),
    ],
)
def test_a_part_of_a_file_can_be_had(
    client: Client, built: Shelf, asked: str, start: int, end: int | None
):
    whole = (built.folder / "README.txt").read_bytes()
    response = client.get("/data/README.txt", headers={"Range": asked})
    assert response.status_code == 206
    part = body(response)
    assert part == whole[start:end]
    assert response["Content-Length"] == str(len(part))
    assert response["Content-Range"].endswith(f"/{len(whole)}")


@pytest.mark.parametrize(
    "asked", ["bytes=9-3", "bytes=-0", "bytes=0-1,4-5", "lines=1-2", "bytes=-"]
)
def test_a_part_that_makes_no_sense_gives_the_whole(client: Client, built: Shelf, asked: str):
    assert client.get("/data/README.txt", headers={"Range": asked}).status_code == 200


def test_a_part_behind_the_end_is_refused(client: Client, built: Shelf):
    response = client.get("/data/README.txt", headers={"Range": "bytes=99999999-"})
    assert response.status_code == 416
    assert response["Content-Range"].startswith("bytes */")


def test_a_part_of_another_version_gives_the_whole(client: Client, built: Shelf):
    headers = {"Range": "bytes=0-1", "If-Range": '"another"'}
    assert client.get("/data/README.txt", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["..%2fREADME.txt", "%2e%2e", "..%2f..%2f.lock", ".lock", "current", "%2fetc%2fpasswd",
     "README.txt%00", "README.txt%2f", "nothing", "v1-1", "..\\README.txt", "a" * 5000],
)  # fmt: skip
def test_only_names_of_the_manifest_lead_to_a_file(client: Client, built: Shelf, name: str):
    assert client.get(f"/data/{name}").status_code in (400, 404)


def test_a_broken_manifest_is_no_build(client: Client, built: Shelf):
    (built.folder / "manifest.json").write_text("{")
    assert "No files have been built" in client.get("/data/").text


# --- entries -----------------------------------------------------------------------------------


def test_every_file_of_an_entry_is_offered_and_comes(client: Client, catalogue: list[AISystem]):
    text = client.get("/systems/system-0/").text
    for name, file in FORMATS.items():
        address = f"/systems/system-0/{name}"
        assert f'href="{address}"' in text
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"].startswith(file.media_type)
        assert f'filename="system-0.{name}"' in response["Content-Disposition"]
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
    assert 'type="application/vnd.cyclonedx+json"' in text


def test_files_of_nobody_and_unknown_files_are_404(client: Client, catalogue: list[AISystem]):
    hidden = make.make_system(slug="hidden", is_published=False)
    for address in ("/systems/nobody/MOF.yml", f"/systems/{hidden.slug}/bom.cdx.json",
                    "/systems/system-0/MOF.yaml", "/systems/system-0/cite.exe"):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_files_cost_the_same_queries_at_any_size(client: Client, catalogue: list[AISystem]):
    def costs() -> dict[str, int]:
        found = {}
        for name in FORMATS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/systems/system-0/{name}").status_code == 200
            found[name] = len(queries)
        with CaptureQueriesContext(connection) as queries:
            client.get("/data/")
        return found | {"data": len(queries)}

    make.make_training_data(system=catalogue[0])
    make.make_derivation(system=catalogue[0], base=catalogue[1])
    few = costs()
    for number, system in enumerate(grow(10, start=3)):
        make.make_training_data(system=catalogue[0], dataset=f"set-{number}")
        make.make_derivation(system=catalogue[0], base=system)
    assert costs() == few
    assert max(few.values()) <= 10


def linked(text: str) -> dict[str, object]:
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    (script,) = [s for s in tree.iter("script") if s.get("type") == "application/ld+json"]
    return dict(json.loads(script.text))


def test_pages_carry_linked_data_that_nothing_can_break_out_of(
    client: Client, catalogue: list[AISystem]
):
    make.make_system(slug="bad", name=NAME, summary=NAME, components={"weights_final": "MIT"})
    make.make_dataset(slug="bad-data", name=NAME, summary=NAME)
    entry = linked(client.get("/systems/bad/").text)
    assert entry["name"] == NAME
    assert entry["license"] == ["https://spdx.org/licenses/MIT.html"]
    dataset = linked(client.get("/datasets/bad-data/").text)
    assert (dataset["@type"], dataset["name"]) == ("Dataset", NAME)
    register = linked(client.get("/data/").text)
    assert register["@type"] == "DataCatalog"
    tree = html5lib.parse(client.get("/systems/bad/").text, namespaceHTMLElements=False)
    assert not [node for node in tree.iter() if "onerror" in node.attrib]


def test_the_facts_of_an_entry_give_the_same_facts_again(client: Client, catalogue: list[AISystem]):
    document = client.get("/systems/system-0/facts.json").json()
    facts = Facts.from_json(document)
    assert facts.to_json() == document
    assert facts.fingerprint == AISystem.objects.get(slug="system-0").facts_fingerprint


def test_the_schema_of_facts_has_an_address(client: Client, catalogue: list[AISystem]):
    assert client.get("/schema/facts.json").json()["$id"] == "urn:glassbox:facts:1"


def test_programs_are_told_where_the_data_lie(client: Client, catalogue: list[AISystem]):
    text = client.get("/llms.txt").text
    assert text.startswith("# Glassbox")
    assert "http://testserver/data/" in text
    assert "&quot;" not in text
    for name in ("MOF.yml", "bom.cdx.json", "facts.json"):
        assert name in text
    assert "/data/" in client.get("/sitemap-pages.xml").text
