"""The guide, the handbook and the policy: found, complete, and nothing left to write."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from catalog.pages.presenters.guide import PLAIN_WORDS, kinds_by_group
from definitions.vocabulary import ComponentKind
from tests.architecture.test_house_rules import OPEN_ENDS
from tests.markup import compact

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = ["submit_guide", "handbook", "policy"]
ALL = [*WORDS, "privacy"]
MARKS = "|".join(map(re.escape, [*(end.strip() for end in OPEN_ENDS), "TBD", "X" * 3]))
UNFINISHED = re.compile(rf"\b(?:{MARKS})\b|" + r"\{[{%]|lorem|example\.(?:org|com)", re.IGNORECASE)
HEADING = re.compile(r"<h[23]([^>]*)>")


def read(client: Client, name: str) -> str:
    return compact(client.get(reverse(f"catalog:{name}")).content.decode())


def body(client: Client, name: str) -> str:
    return read(client, name).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("name", "address"),
    [("submit_guide", "/submit/guide/"), ("handbook", "/handbook/"), ("policy", "/policy/")],
)
def test_the_page_answers_and_is_not_sent_twice(client: Client, name: str, address: str):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert reverse(f"catalog:{name}") == address
    assert first.status_code == 200
    assert again.status_code == 304


@pytest.mark.parametrize("name", WORDS)
def test_the_footer_of_every_page_links_it(client: Client, name: str):
    footer = read(client, "about").partition('<footer class="colophon"')[2]

    assert f'href="{reverse(f"catalog:{name}")}"' in footer


@pytest.mark.parametrize("name", WORDS)
def test_it_links_the_two_others(client: Client, name: str):
    page = body(client, name)

    for other in WORDS:
        assert other == name or f'href="{reverse(f"catalog:{other}")}' in page, other


def test_the_policy_and_the_privacy_page_link_each_other(client: Client):
    assert 'href="/privacy/#submissions"' in body(client, "policy")
    assert 'id="submissions"' in body(client, "privacy")
    assert 'href="/policy/"' in body(client, "privacy")


def test_the_table_explains_every_kind_of_component(client: Client):
    page = body(client, "submit_guide")

    assert set(PLAIN_WORDS) == set(ComponentKind)
    assert [kind for _, kinds in kinds_by_group() for kind, _ in kinds] == list(ComponentKind)
    for kind in ComponentKind:
        row = page.partition(f'<tr id="kind-{kind}">')[2].partition("</tr>")[0]
        assert f'<th scope="row">{kind.label}</th><td>{PLAIN_WORDS[kind]}</td>' in row, kind
    assert f"{len(ComponentKind)} kinds of component" in page


@pytest.mark.parametrize("name", ALL)
def test_every_heading_can_be_linked(client: Client, name: str):
    page = body(client, name).replace("<h2>On this page</h2>", "")
    ids = [re.search(r'id="([a-z-]+)"', attributes) for attributes in HEADING.findall(page)]

    assert len(ids) >= 3
    assert None not in ids
    found = [match[1] for match in ids if match]
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("name", WORDS)
def test_the_contents_list_every_section_in_order(client: Client, name: str):
    page = body(client, name)
    contents = page.partition('<nav class="learn-contents"')[2].partition("</nav>")[0]

    listed = re.findall(r'<a href="#([a-z-]+)">([^<]+)</a>', contents)
    assert listed == re.findall(r'<h2 id="([a-z-]+)">([^<]+)</h2>', page)


def test_links_into_a_page_lead_to_a_section_of_it(client: Client):
    for name in ALL:
        for address, section in re.findall(r'href="(/[a-z/]+)#([a-z-]+)"', body(client, name)):
            assert f'id="{section}"' in client.get(address).content.decode(), (name, section)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_left_to_write(client: Client, name: str):
    assert UNFINISHED.search(body(client, name)) is None


@pytest.mark.parametrize("name", ["policy", "privacy"])
def test_an_address_is_named_only_where_the_operator_has_one(
    client: Client, name: str, settings: pytest.FixtureRequest
):
    settings.CRAWLER_CONTACT = ""
    without = body(client, name)
    settings.CRAWLER_CONTACT = "https://register.test/contact"
    with_web = body(client, name)
    settings.CRAWLER_CONTACT = "desk@register.test"
    with_mail = body(client, name)

    assert "mailto:" not in without
    assert "the people who run this site" in without
    assert 'href="/about/"' in without
    assert 'href="https://register.test/contact"' in with_web
    assert 'href="mailto:desk@register.test"' in with_mail


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("submit_guide", ["90 days", "12 months", "30 days", "25 words", "Unknown is not no"]),
        ("policy", ["90 days", "12 months", "30 days", "25 words", "they are not promises"]),
        ("privacy", ["90 days", "12 months", "30 days", "IP address itself is not stored"]),
        ("handbook", ["needs judgement", "Editors never decide on their own submissions"]),
    ],
)
def test_the_pages_agree_on_what_they_promise(client: Client, page: str, words: list[str]):
    text = body(client, page).lower()

    assert [word for word in words if word.lower() not in text] == []
