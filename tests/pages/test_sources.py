"""What other registers say, on the entry and on the pages of the sources."""

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import SourceRecord
from tests import factories as make

pytestmark = pytest.mark.django_db


def add_records(number: int, *, start: int = 0) -> None:
    source = make.make_source(
        key="mot", title="Model Openness Tool", kind="register", licence="MIT"
    )
    for n in range(start, start + number):
        system = make.make_system(slug=f"thing-{n}", components={"model_card": "MIT"})
        SourceRecord.objects.create(
            source=source,
            key=f"Thing-{n}.yml",
            version="8b5d30e",
            url=f"https://example.org/Thing-{n}.yml",
            fingerprint="0" * 64,
            state="matched",
            system=system,
            document={
                "components": {
                    "model_card": {"availability": "not_released"},
                    "weights_final": {"availability": "open_download"},
                }
            },
            problems=[{"path": "x", "code": "y", "message": "One <b>odd</b> thing."}],
            read_on=make.CHECKED,
            imported_at=timezone.now(),
        )


def test_an_entry_shows_what_another_register_says_and_where_it_differs(client: Client):
    add_records(1)

    page = client.get("/systems/thing-0/").content.decode()

    assert 'href="https://example.org/Thing-0.yml"' in page
    assert "It says otherwise on:" in page
    assert page.count("<td>Not released</td>") == 1
    assert "One &lt;b&gt;odd&lt;/b&gt; thing." in page
    assert 'href="/sources/mot/"' in page


def test_what_only_one_of_them_says_is_no_disagreement(client: Client):
    add_records(1)
    section = client.get("/systems/thing-0/").content.decode().partition('id="registers"')[2]

    assert "Final weights" not in section.partition("</section>")[0]


def test_an_entry_without_records_says_nothing_of_registers(client: Client):
    make.make_system(slug="alone")

    assert 'id="registers"' not in client.get("/systems/alone/").content.decode()


def test_a_source_lists_its_records_with_their_entries(client: Client):
    add_records(2)

    page = client.get("/sources/mot/").content.decode()

    assert page.count('href="/systems/thing-') == 2
    assert "2 records were imported" in page


def test_a_source_without_records_and_one_that_is_not_there(client: Client):
    make.make_source()

    assert "No whole record" in client.get("/sources/makers-page/").content.decode()
    assert client.get("/sources/nowhere/").status_code == 404


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_of_a_source_takes_the_same_queries_for_any_number(
    client: Client, django_assert_num_queries: object, number: int
):
    add_records(number)

    with django_assert_num_queries(5):  # type: ignore[operator]
        assert client.get("/sources/mot/").status_code == 200


def test_systems_are_filtered_by_who_checked_them(client: Client):
    add_records(1)
    make.make_system(slug="verified", name="Held against its pages", verified_on=make.CHECKED)
    mot = make.make_source(key="mot", kind="register")
    make.make_system(slug="taken", name="Taken over", recorded_by="import:mot", source=mot)

    def names(query: str) -> list[str]:
        page = client.get(f"/systems/?{query}").content.decode()
        return [n for n in ("Held against its pages", "Taken over") if f">{n}</a>" in page]

    assert names("checked=verified") == ["Held against its pages"]
    assert names("checked=registers") == ["Taken over"]
    assert names("source=mot") == []
    assert "Every component was checked" in client.get("/systems/verified/").content.decode()
