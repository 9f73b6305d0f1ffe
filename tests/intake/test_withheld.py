"""Records that name no system, records that cannot be taken in, and bases that are the entry."""

from pathlib import Path
from typing import Any

import pytest

from catalog.entry.lineage import self_ancestors
from catalog.intake.entries import make_entry
from catalog.intake.registers.osai import PAGE
from catalog.models import AISystem, CatalogState, Component, Derivation, SourceRecord
from tests import factories as make
from tests.intake.records import graded, model, write
from tests.intake.test_run import Line, run, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# --- records that name no system, and what they had brought ------------------------------------


@pytest.mark.parametrize("name", ["Unnamed-Model", "Thing-V3-test", "untitled", "My Model 2"])
def test_a_placeholder_is_withheld_with_its_reason_and_makes_no_entry(
    reference: None, tmp_path: Path, name: str
):
    folder = write(tmp_path, a=model(name), b=model("Thing-7B"))
    first, _second = run("import_mof", folder)

    assert (first["status"], first["slug"]) == ("withheld", "")
    assert name in first["reason"]
    assert [system.slug for system in AISystem.objects.all()] == ["thing-7b"]
    record = SourceRecord.objects.get(key="a.yml")
    assert (record.state, record.system) == ("withheld", None)
    assert record.problems[-1]["code"] == "withheld"
    assert told("import_mof", folder).strip().endswith("nothing to do.")


def test_an_entry_that_rested_on_a_withheld_record_alone_is_hidden(
    reference: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = write(tmp_path, a=model("Thing-7B-test"))
    with monkeypatch.context() as before:
        before.setattr("definitions.readers.mof.placeholder", lambda _name: "")
        run("import_mof", folder)
    version = CatalogState.objects.current()
    assert AISystem.objects.published().exists()

    run("import_mof", folder)

    assert not AISystem.objects.published().exists()
    assert not Component.objects.exists()
    assert CatalogState.objects.current() != version


def test_what_no_record_states_any_more_is_unknown_again(reference: None, tmp_path: Path):
    run("import_mof", write(tmp_path, Thing=model("Thing", version="7B")))
    run("import_mof", write(tmp_path, Thing=model("Thing", version="v2")))

    system = AISystem.objects.get()
    assert (system.parameters, system.version) == (None, "v2")


def test_any_fault_in_taking_one_record_in_is_told_and_the_others_are_in(
    reference: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fails(document: dict[str, Any], *others: Any, **more: Any) -> AISystem:
        if document["name"].startswith("Bat"):
            raise OverflowError("too large for us")
        return make_entry(document, *others, **more)

    monkeypatch.setattr("catalog.intake.record.make_entry", fails)
    folder = write(tmp_path, a=model("Auk-9B"), b=model("Bat-9B"), c=model("Cat-9B"))
    lines = run("import_mof", folder, code=1)

    assert [line["status"] for line in lines] == ["new", "rejected", "new"]
    assert "too large for us" in lines[1]["reason"]


def test_a_record_of_the_index_with_an_impossible_date_does_not_end_the_run(
    reference: None, tmp_path: Path
):
    auk, zauk = graded("Auk-9B-Chat"), graded("Zauk-9B-Chat")
    auk["system"] |= {"releasedate": "0204-05", "link": "https://example.org/auk"}
    zauk["system"] |= {"releasedate": "2024-05", "link": "https://example.org/zauk"}
    lines = run("import_osai", write(tmp_path, auk=auk, zauk=zauk), code=1)

    assert [line["status"] for line in lines] == ["rejected", "new"]
    assert "0204-05" in lines[0]["reason"]


# --- no entry descends from itself --------------------------------------------------------------


def based(name: str, hub: str, base: str, base_hub: str) -> Line:
    """A record of the index: an end model at its address, and its base at another one."""
    address = "https://huggingface.co/"
    record = graded(name, weights_basemodel={"link": address + base_hub})
    record["weights_endmodel"]["link"] = record["system"]["link"] = address + hub
    record["modelcard"]["link"] = address + hub
    record["system"]["basemodelname"] = base
    return record


@pytest.mark.parametrize(
    ("entry", "hub", "end", "end_hub", "base", "base_hub"),
    [
        ("Thing", "x/Thing-70B", "Thing-70B-Chat", "x/Thing-70B-Chat", "Thing-70B", "x/Thing-70B"),
        ("Thing", "", "Thing-70B-Chat", "x/Thing-70B-Chat", "Thing-70B-2509", "x/Thing-70B"),
        ("Thing-7B", "", "ThingX", "x/ThingX", "thing 7b", "x/thing-7b"),
        ("Thing-7B", "x/Thing-7B", "Thing-7B", "x/Thing-7B", "Other-7B", "x/Thing-7B"),
    ],
)
def test_an_entry_that_a_record_is_about_is_not_made_from_itself(
    reference: None,
    tmp_path: Path,
    entry: str,
    hub: str,
    end: str,
    end_hub: str,
    base: str,
    base_hub: str,
):
    system = make.make_system(slug="thing", name=entry, huggingface_id=hub)
    url = PAGE.format("thing.yml")
    make.make_judgement(system=system, definition_id="osai-2026", evidence_url=url)

    (line,) = run("import_osai", write(tmp_path, thing=based(end, end_hub, base, base_hub)))

    assert line["slug"] == "thing"
    names = set(Derivation.objects.values_list("base_name", flat=True))
    assert names <= {"Other-7B"}
    assert self_ancestors() == []


def test_records_that_name_each_other_as_base_make_no_circle(reference: None, tmp_path: Path):
    hubs = [f"x/{name}-7B" for name in ("Auk", "Bat", "Cat")]
    names = [hub.partition("/")[2] for hub in hubs]
    circle = {
        name.lower(): based(name, hub, names[place - 1], hubs[place - 1])
        for place, (name, hub) in enumerate(zip(names, hubs, strict=True))
    }
    folder = write(tmp_path, **circle)
    run("import_osai", folder)
    for record in SourceRecord.objects.all():
        record.fingerprint = "0" * 64
        record.document["version"] = "1"
        record.save()
    run("import_osai", folder)

    assert Derivation.objects.filter(base__isnull=False).count() == 2
    assert self_ancestors() == []
