"""Files of the Model Openness Tool, as records of their source."""

from pathlib import Path

import pytest

from catalog.intake.registers.mof import ModelOpennessTool
from definitions.readers import mof
from definitions.readers.known_licences import KnownLicences, register
from definitions.readers.records import RecordRead
from tests.intake.records import model, write

pytestmark = pytest.mark.once


def test_a_file_is_a_record_with_its_address(tmp_path: Path):
    write(tmp_path, Thing__7B=model())
    (reading,) = ModelOpennessTool([tmp_path], register()).read()

    assert reading.key == "Thing.7B.yml"
    assert reading.url.endswith("/models/Thing.7B.yml")
    assert (reading.version, reading.read_on) == ("8b5d30e", "2025-05-16")
    assert reading.document is not None
    assert reading.figures["mof"]["class"] == 3


@pytest.mark.parametrize("text", ["x" * 1_000_001, "just words", "release: {name: X, date: 1024}"])
def test_a_file_that_is_no_record_is_told_and_the_others_are_read(tmp_path: Path, text: str):
    write(tmp_path, a=model("Auk-9B"), b=text, c=model("Cat-9B"))
    first, second, third = ModelOpennessTool([tmp_path], register()).read()

    assert (first.document is None, third.document is None) == (False, False)
    assert (second.key, second.document, second.version) == ("b.yml", None, "")
    assert second.problems[0].code == "unreadable"


def test_whatever_goes_wrong_in_one_record_is_told_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    read = mof.read

    def fails(raw: bytes, known: KnownLicences, key: str) -> RecordRead:
        if key == "b.yml":
            raise ZeroDivisionError("a fault of ours")
        return read(raw, known, key)

    monkeypatch.setattr(mof, "read", fails)
    write(tmp_path, a=model("Auk-9B"), b=model("Bat-9B"), c=model("Cat-9B"))
    first, second, third = ModelOpennessTool([tmp_path], register()).read()

    assert (first.document is None, third.document is None) == (False, False)
    assert (second.key, second.document) == ("b.yml", None)
    assert "ZeroDivisionError: a fault of ours" in second.problems[0].message
