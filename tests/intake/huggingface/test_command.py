"""``import_huggingface``: from the Hub to an entry, over real HTTP, and never half."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from catalog.intake.files import load_catalog
from catalog.models import AISystem, Component, Organization, SourceRecord
from tests.hub_server import FakeHub, json_answer
from tests.intake.huggingface.hub_readings import REPO, olmo
from tests.intake.records import model, write

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def reference(db: None) -> None:
    names = ("sources.yaml", "licences.yaml", "licence_aliases.yaml", "platforms.yaml")
    folders = ("organizations", "languages.yaml", "frameworks")
    load_catalog(paths=[settings.FIXTURES_DIR / name for name in (*names, *folders)])


def run(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("import_huggingface", *arguments, "--format", "json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_repository_becomes_an_entry_of_a_known_maker(reference: None, hub: FakeHub):
    olmo(hub)

    (line,) = run(REPO)

    assert (line["status"], line["slug"]) == ("new", "olmo-7b")
    system = AISystem.objects.get()
    assert [maker.slug for maker in system.maker_list] == ["ai2"]
    assert [framework.slug for framework in system.frameworks.all()] == ["transformers"]
    weights = Component.objects.get(kind="weights_final")
    assert weights.licence_expression == "Apache-2.0"
    assert weights.source.key == "huggingface"
    assert [line["status"] for line in run(REPO)] == ["same"]


def test_the_makers_page_counts_before_another_register(
    reference: None, hub: FakeHub, tmp_path: Path
):
    olmo(hub)
    address = f"https://huggingface.co/{REPO}"
    content = model("OLMo-7B", huggingface=address, producer="Allen Institute for AI")
    for row in content["release"]["components"]:
        row["license"] = "MIT"
    quiet = StringIO()
    call_command("import_mof", str(write(tmp_path, thing=content)), stdout=quiet)
    assert Component.objects.get(kind="weights_final").licence_expression == "MIT"

    (line,) = run(REPO)

    assert line["reason"].startswith("matched: the same repository")
    assert Component.objects.get(kind="weights_final").licence_expression == "Apache-2.0"
    assert Component.objects.get(kind="data_documentation").source.key == "mot"


def test_a_hub_that_is_down_is_told_and_nothing_changes(reference: None, hub: FakeHub):
    hub.answers[f"/api/models/{REPO}"] = json_answer({}, status=503)
    makers = Organization.objects.count()

    with pytest.raises(CommandError) as failure:
        run(REPO)

    assert failure.value.returncode == 2
    assert not SourceRecord.objects.exists()
    assert Organization.objects.count() == makers


def test_what_is_no_repository_is_told(reference: None, hub: FakeHub):
    with pytest.raises(CommandError, match="owner/name"):
        run("not an id")
