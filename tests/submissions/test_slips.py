"""Slips in what people bring along: impossible days in the form, numbers in a file of theirs."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import Submission
from tests.submissions.test_pages import begun

pytestmark = pytest.mark.django_db

MOF = """
framework: {name: Model Openness Framework, version: '1.0'}
release:
  name: %s
  version: %s
  license: {}
  components:
  - name: Model parameters (Final)
    license: MIT
"""


@pytest.mark.parametrize(
    "typed", ["0204-05-01", "20240-05-01", "2024-13-45", "2024-02-30", "1024", "2999", "9999-12-31"]
)
def test_a_day_that_cannot_be_is_named_beside_its_field(client: Client, nouns: None, typed: str):
    address = begun(client, way="blank")
    values = {"s-name": "Auk", "s-released": typed, "s-evidence": "https://example.org/card"}
    assert client.post(address, values)["Location"] == address
    page = client.get(address)
    assert page.status_code == 200
    field = re.search(r"<input[^>]*s-released[^>]*>", page.text)
    assert field is not None
    assert f'value="{typed}"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    assert typed not in str(Submission.objects.get().document)


@pytest.mark.parametrize("stored", ["0204-05-01", "20240", "2024-13-45", "soon"])
def test_a_draft_with_an_impossible_day_opens_on_all_its_pages(
    client: Client, nouns: None, stored: str
):
    address = begun(client, way="blank")
    Submission.objects.update(document={"name": "Auk", "released": stored})
    for step in ("identify", "components", "data", "check", "send"):
        page = client.get(address.replace("/identify/", f"/{step}/"))
        assert page.status_code in (200, 302), (step, stored)


@pytest.mark.parametrize(
    ("name", "version", "found"),
    [("Tern", "1.10", ("Tern", "1.10")), ("42", "7B", ("42", "7B")), ("no", "1e3", ("no", "1e3"))],
)
def test_a_file_is_read_as_it_is_written(
    client: Client, nouns: None, name: str, version: str, found: tuple[str, str]
):
    raw = (MOF % (name, version)).encode()
    begun(client, way="file", file=SimpleUploadedFile("MOF.yml", raw))
    document = Submission.objects.get().document
    assert (document["name"], document["version"]) == found
