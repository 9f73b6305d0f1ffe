"""Live badges: every status, both formats, honest where there is nothing to show."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import AISystem, Evaluation
from catalog.pages.badges import colours, drawing
from catalog.pages.badges.type import fitted, width_of
from definitions import registry
from definitions.strip import LETTERS
from definitions.vocabulary import Status
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SVG = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n\x1a\n"
BADGE = "/systems/one/badge/owd-0.3"
ENDS = ("badge.svg", "card.png", "badges/")


@pytest.fixture
def system(db: None) -> AISystem:
    return make.make_system(
        slug="one",
        name='One <b>&"',
        components={"weights_final": {"licence": "Apache-2.0", "form": "full"}},
        verified_on=make.CHECKED,
    )


def tree(body: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(body)  # noqa: S314 - our own


def test_a_badge_tells_the_verdict_in_words_and_shape(client: Client, system: AISystem):
    response = client.get(f"{BADGE}.svg")

    picture = tree(response.content)
    assert response["Content-Type"] == "image/svg+xml"
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == picture.findtext(f"{SVG}title") == "OWD 0.3: Open Weight"
    assert [text.text for text in picture.iter(f"{SVG}text")] == ["OWD 0.3", "Open Weight"]
    assert all(text.get("textLength") for text in picture.iter(f"{SVG}text"))
    assert picture.find(f"{SVG}g") is not None
    assert colours.FILLS[Status.MET] in response.content.decode()


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_shape_and_a_readable_colour(
    client: Client, system: AISystem, status: Status
):
    Evaluation.objects.filter(definition_id="owd-0.3").update(status=status.value)

    body = client.get(f"{BADGE}.svg").content.decode()

    assert drawing.MARKS[status] in body
    assert colours.FILLS[status] in body
    assert colours.contrast(colours.FILLS[status], colours.WHITE) >= 4.5
    assert client.get(f"{BADGE}.png").content.startswith(PNG)


def test_words_are_readable_everywhere():
    for fill in (colours.LABEL, colours.SCORE, colours.ABSENT):
        assert colours.contrast(fill, colours.WHITE) >= 4.5
    for words in (colours.INK, colours.QUIET):
        assert colours.contrast(words, colours.PAPER) >= 4.5
    assert colours.contrast("#ffffff", "#000000") == pytest.approx(21)


def test_shapes_differ_between_statuses():
    assert len(set(drawing.MARKS.values())) == len(Status)


@pytest.mark.parametrize("definition", registry.DEFINITIONS, ids=lambda d: d.id)
def test_every_definition_has_its_badge(
    client: Client, system: AISystem, definition: registry.Definition
):
    response = client.get(f"/systems/one/badge/{definition.id}.svg")
    assert tree(response.content).get("aria-label", "").startswith(definition.short_title)


def test_a_score_has_no_shape_of_passing(client: Client, system: AISystem):
    body = client.get("/systems/one/badge/osai-2026.svg").content.decode()
    assert colours.SCORE in body
    assert "<g " not in body


def test_the_combined_badge_has_a_cell_per_component(client: Client, system: AISystem):
    AISystem.objects.update(strip="".join(LETTERS.values()) + "o" * 17)
    picture = tree(client.get("/systems/one/badge.svg").content)

    assert len(picture.findall(f"{SVG}g")) == 22
    assert picture.get("aria-label") == (
        'Glassbox on One <b>&": of 22 components 18 released openly, 1 with limits or in part'
    )
    assert client.get("/systems/one/badge.png").content.startswith(PNG)
    assert client.get("/systems/one/badge.json").json()["message"] == "18 of 22 components open"


def test_shields_can_read_it(client: Client, system: AISystem):
    document = client.get(f"{BADGE}.json").json()

    assert document["schemaVersion"] == 1
    assert (document["label"], document["message"]) == ("OWD 0.3", "Open Weight")
    assert re.fullmatch("[0-9a-f]{6}", document["color"])
    assert document["isError"] is False


@pytest.mark.parametrize("kind", ["svg", "png", "json"])
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/systems/nobody/badge/owd-0.3", "not in the register"),
        ("/systems/hidden/badge/owd-0.3", "not in the register"),
        ("/systems/nobody/badge", "not in the register"),
        ("/systems/one/badge/none-1.0", "no such definition"),
    ],
)
def test_what_is_not_there_is_said_in_a_picture(
    client: Client, system: AISystem, address: str, words: str, kind: str
):
    make.make_system(slug="hidden", is_published=False)

    response = client.get(f"{address}.{kind}")

    assert response.status_code == 404
    if kind == "svg":
        assert words in response.content.decode()
    elif kind == "png":
        assert response.content.startswith(PNG)
    else:
        assert response.json()["message"] == words
        assert response.json()["isError"]


def test_an_unjudged_system_is_not_judged_yet(client: Client, system: AISystem):
    Evaluation.objects.all().delete()
    assert "not judged yet" in client.get(f"{BADGE}.svg").content.decode()


@pytest.mark.parametrize("ending", ["svg", "png", "json"])
def test_a_badge_is_sent_again_only_when_the_verdict_changes(
    client: Client, system: AISystem, ending: str
):
    first = client.get(f"{BADGE}.{ending}")
    headers = {"If-None-Match": first["ETag"]}
    assert client.get(f"{BADGE}.{ending}", headers=headers).status_code == 304

    Evaluation.objects.filter(definition_id="owd-0.3").update(status="not_met")
    assert client.get(f"{BADGE}.{ending}", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "address", [f"{BADGE}.svg", f"{BADGE}.json", "/systems/one/badge.png", "/systems/one/card.png"]
)
def test_other_sites_may_show_and_keep_it(client: Client, system: AISystem, address: str):
    response = client.get(address)

    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=300" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.post(address).status_code == 405


def test_the_preview_is_a_large_picture(client: Client, system: AISystem):
    response = client.get("/systems/one/card.png")

    assert response.content.startswith(PNG)
    assert int.from_bytes(response.content[16:20]) == 1200
    assert int.from_bytes(response.content[20:24]) == 630
    headers = {"If-None-Match": response["ETag"]}
    assert client.get("/systems/one/card.png", headers=headers).status_code == 304
    nobody = client.get("/systems/nobody/card.png")
    assert nobody.status_code == 404
    assert nobody.content[16:24] == response.content[16:24]
    html = client.get("/systems/one/").content.decode()
    assert 'property="og:image" content="http://testserver/systems/one/card.png"' in html


@pytest.mark.parametrize(
    "name",
    ["W" * 200, "模型 中文", "Тест ñ é", "<script>alert(1)</script>", "a", "A\x01B\u202eC", "🦅"],
)
def test_any_name_makes_a_picture(client: Client, name: str):
    make.make_system(slug="one", name=name)

    assert tree(client.get("/systems/one/badge.svg").content) is not None
    assert client.get("/systems/one/badge.png").content.startswith(PNG)
    assert client.get("/systems/one/card.png").content.startswith(PNG)
    assert client.get("/systems/one/badges/").status_code == 200
    assert b"<script>alert" not in client.get("/systems/one/badges/").content


def test_long_words_are_cut_to_fit():
    text = fitted("W" * 300, 11, 100)
    assert text.endswith("…")
    assert width_of(text, 11) <= 100
    assert fitted("short", 11, 100) == "short"
    assert width_of("中", 10) == 6.0


def test_the_lines_to_copy_name_their_pages(client: Client, system: AISystem):
    html = client.get("/systems/one/badges/").content.decode()

    assert html.count('class="badge"') == 1 + len(registry.current())
    assert "](http://testserver/systems/one/verdicts/owd-0.3/)" in html
    assert "http://testserver/systems/one/badge/owd-0.3.png" in html
    assert "&lt;a href=" in html
    assert ".. image:: http://testserver/systems/one/badge/owd-0.3.svg" in html
    assert client.get("/systems/nobody/badges/").status_code == 404


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/systems/one/", 'One <b>&" in Glassbox'),
        ("/systems/one/verdicts/owd-0.3/", 'One <b>&" by OWD 0.3'),
    ],
)
def test_oembed_gives_the_badge_of_a_page(client: Client, system: AISystem, path: str, title: str):
    query = {"url": f"http://testserver{path}", "format": "json"}
    document = client.get("/oembed", query).json()

    assert (document["version"], document["type"], document["title"]) == ("1.0", "rich", title)
    assert "<b>" not in document["html"]
    assert f'href="http://testserver{path}"' in document["html"]
    assert document["height"] == 22
    for limit, name in (("maxwidth", "width"), ("maxheight", "height")):
        small = client.get("/oembed", query | {limit: "11"}).json()
        assert small[name] == 11
        assert f'width="{small["width"]}" height="{small["height"]}"' in small["html"]
    assert client.get("/oembed", query | {"maxwidth": "wide"}).json() == document


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "http://testserver/systems/one/", "format": "xml"}, 501),
        ({"url": "https://example.org/systems/one/"}, 404),
        ({"url": "http://testserver/systems/nobody/"}, 404),
        ({"url": "http://testserver/systems/one/verdicts/none/"}, 404),
        ({"url": "http://testserver/about/"}, 404),
        ({"url": "http://testserver/nowhere/"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://[broken"}, 404),
        ({}, 404),
    ],
)
def test_oembed_of_anything_else_is_refused(
    client: Client, system: AISystem, query: dict[str, str], status: int
):
    assert client.get("/oembed", query).status_code == status


def test_badges_cost_the_same_for_any_number(client: Client, system: AISystem):
    def queries() -> list[int]:
        found = []
        for address in (
            f"{BADGE}.svg",
            "/systems/one/badge.svg",
            "/systems/one/card.png",
            "/systems/one/badges/",
        ):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    few = queries()
    for number in range(20):
        make.make_system(slug=f"more-{number}")
    assert queries() == few
    assert max(few) <= 2


def test_a_png_has_its_natural_size_unless_twice_is_asked_for(client: Client, system: AISystem):
    heights = [
        int.from_bytes(client.get(f"{BADGE}.png{query}").content[20:24])
        for query in ("", "?scale=2", "?scale=99")
    ]
    assert heights == [22, 44, 22]


def test_an_address_that_no_slug_has_gives_a_picture_too(client: Client, system: AISystem):
    for address in ("/systems/%C3%A9!/badge.svg", "/systems/%C3%A9!/badge/owd-0.3.svg"):
        response = client.get(address)
        assert response.status_code == 404
        assert "not in the register" in tree(response.content).get("aria-label", "")


def test_the_entry_offers_lines_to_copy(client: Client, system: AISystem):
    html = client.get("/systems/one/").content.decode()

    section = html.partition('<h2 id="badge">')[2].partition("</section>")[0]
    first = registry.current()[0]
    assert section.count('class="badge"') == 2
    assert "](http://testserver/systems/one/)" in section
    assert f"http://testserver/systems/one/badge/{first.id}.png" in section
    assert 'href="/systems/one/badges/"' in section
    assert len(html.encode()) < 100_000


def test_asking_for_the_head_alone_gives_the_same_headers(client: Client, system: AISystem):
    head, get = client.head(f"{BADGE}.svg"), client.get(f"{BADGE}.svg")
    assert not head.content
    assert head["ETag"] == get["ETag"]


def test_a_badge_of_what_is_not_verified_says_so_in_words(client: Client, system: AISystem):
    AISystem.objects.update(tier="recorded", registers="Model Openness Tool")

    picture = tree(client.get(f"{BADGE}.svg").content)
    combined = tree(client.get("/systems/one/badge.svg").content)
    oembed = client.get("/oembed", {"url": "http://testserver/systems/one/"}).json()

    assert picture.findtext(f"{SVG}title") == "OWD 0.3: Open Weight (recorded)"
    assert [text.text for text in picture.iter(f"{SVG}text")][1] == "Open Weight (recorded)"
    assert (combined.get("aria-label") or "").endswith(
        ". Recorded by the Model Openness Tool, not verified"
    )
    assert client.get(f"{BADGE}.json").json()["message"] == "Open Weight (recorded)"
    assert "(recorded by the Model Openness Tool, not verified)" in oembed["title"]
