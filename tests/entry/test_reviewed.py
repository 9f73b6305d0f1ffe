"""An entry gives out its own reviewed file: loading it again changes nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.entry.reviewed import file_of
from catalog.models import AISystem
from tests.factories import make_system
from tests.intake.files.loading_files import FILES, SYSTEM, load, write

pytestmark = pytest.mark.django_db


def test_the_file_of_an_entry_has_the_form_that_people_write(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    load(tmp_path)

    text = file_of(AISystem.objects.get(slug=Path(SYSTEM).stem))

    assert text.startswith("slug: olmo-7b\nname: OLMo 7B\n")
    assert "organizations: [ai2, paul]\n" in text
    assert "release_date: 2024-02-01\n" in text
    assert "  - kind: weights_final\n    availability: open_download\n" in text
    (tmp_path / SYSTEM).write_text(text, encoding="utf-8")
    assert load(tmp_path).changes == 0


@pytest.mark.parametrize(
    "text", ["null", "~", "yes", "1.0", "2024-01", "a: b", "- a", "#x", "two\nlines", "“ä” ’", "<<"]
)
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    write(tmp_path, FILES)
    load(tmp_path)
    AISystem.objects.filter(slug="olmo-7b").update(version=text, note=text)

    (tmp_path / SYSTEM).write_text(file_of(AISystem.objects.get(slug="olmo-7b")), encoding="utf-8")

    assert load(tmp_path).changes == 0


def test_a_command_prints_the_file_of_an_entry(capsys: pytest.CaptureFixture[str]) -> None:
    make_system(slug="mine")
    call_command("file_entry", "mine")
    assert capsys.readouterr().out.startswith("slug: mine\nname: Mine\n")
    with pytest.raises(CommandError, match="no entry “yours”"):
        call_command("file_entry", "yours")
