"""A few hundred bad requests at every public address: a message, 400 or 404, never 500."""

import pytest
from django.test import Client

from catalog.models import AISystem
from definitions import registry

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = ["/", "/systems/", "/compare/", "/compare.csv", "/definitions/", "/definitions/matrix/",
         "/datasets/", "/frameworks/", "/licences/", "/organisations/", "/languages/",
         "/platforms/", "/data/", "/sources/", "/methodology/", "/about/"]  # fmt: skip

QUERIES = [
    "q=%00",
    "q=%ff%fe",
    "q=%C3%28",
    "q=" + "a" * 10_000,
    "q=" + "%20".join(["word"] * 500),
    "q=%27%3B%20DROP%20TABLE%20catalog_aisystem%3B--",
    "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "q=%F0%9F%92%A9%E2%80%AE",
    "q=%25%5C_%27%22",
    "q=(((%26%26||!!:*",
    "page=9999",
    "page=-1",
    "page=1e9",
    "page=%D9%A1",
    "page=" + "9" * 5000,
    "size=0&size=x",
    "sort=;drop",
    "kind=nobody&osi=maybe&use=",
    "s=" + "&s=".join(f"x{n}" for n in range(200)),
    "s=%00&s=..%2F..%2Fetc%2Fpasswd",
    "add=%00",
    "add=" + "b" * 5000,
    "commercial=" + "c" * 3000,
    "a[]=1&a[b]=2&&&===",
    "osaid-1.0=met&osaid-1.0=%00",
    "&".join(f"p{n}=1" for n in range(2000)),
]

PATHS = [
    "/systems/nobody/",
    "/systems/%00/",
    "/systems/%ff/",
    "/systems/../../etc/passwd",
    "/systems/" + "x" * 5000 + "/",
    "/systems/nobody/facts.json",
    "/definitions/nobody-1.0/",
    "/definitions/%2e%2e/",
    "/licences/NOBODY/",
    "/licences/%3Cscript%3E/",
    "/datasets/%F0%9F%92%A9/",
    "/organisations/'or'1'='1/",
    "/sitemap-nobody.xml",
    "/sitemap-systems.xml?p=99",
    "/sitemap-systems.xml?p=x",
    "/.env",
    "/desk/catalog/",
]


@pytest.mark.once
def test_bad_queries_at_every_list(client: Client, catalogue: list[AISystem]):
    client.raise_request_exception = False
    details = ["/systems/system-0/", "/licences/Apache-2.0/", "/organisations/maker-0/"]
    details += [f"/definitions/{definition.id}/" for definition in registry.DEFINITIONS]
    for address in LISTS + details:
        for query in QUERIES:
            response = client.get(f"{address}?{query}")
            assert response.status_code in (200, 400, 404), (address, query[:60])
            assert b"<script>alert" not in response.content


def test_bad_paths(client: Client, catalogue: list[AISystem]):
    client.raise_request_exception = False
    for path in PATHS:
        response = client.get(path)
        assert response.status_code in (301, 302, 400, 404), path


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading_is_allowed(client: Client, method: str):
    assert getattr(client, method)("/systems/").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"If-None-Match": "\x01broken"},
        {"Accept-Language": "x" * 5000},
        {"HX-Request": "true", "HX-Current-URL": "http://[::1"},
        {"Cookie": "sessionid=%00; csrftoken=\x7f"},
        {"If-Modified-Since": "yesterday"},
    ],
)
def test_bad_headers(client: Client, catalogue: list[AISystem], headers: dict[str, str]):
    client.raise_request_exception = False
    assert client.get("/systems/", headers=headers).status_code in (200, 400)


def test_the_page_for_our_own_faults_needs_no_database(client: Client, monkeypatch):
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("catalog.querysets.records.CatalogStateQuerySet.current", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
