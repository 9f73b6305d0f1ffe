"""The files of one system: valid, the same for the same facts, safe with hostile names."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import spdx_python_model
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.exports.citation import apa
from catalog.exports.cyclonedx import bill
from catalog.exports.entry import Entry
from catalog.exports.formats import FORMATS
from catalog.exports.mof import OUT, PARTS
from catalog.exports.schema_org import as_script
from catalog.models import AISystem, Evaluation
from definitions import registry
from definitions.core import evaluate
from definitions.rules.mof_1_0 import RELEASED
from definitions.vocabulary import Status
from tests import factories as make
from tests.definitions.mof_files import read
from tests.pages.conftest import OPEN_COMPONENTS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITE = "https://glassbox.example"
HOSTILE = "</script><b>\"'`|*[x](y)& \u202e\n%{}\\~^$#_ =1+1 日本 ﷺ"


def entry_of(slug: str) -> Entry:
    return Entry.of(AISystem.objects.published().for_files().get(slug=slug), f"{SITE}/")


def written(slug: str, name: str) -> bytes:
    return FORMATS[name].write(entry_of(slug))


@pytest.fixture
def several(db: None) -> list[str]:
    """An open system, a gated one, one of which nothing is known, and a hostile one."""
    make.make_dataset(slug="dolma", licence="ODC-By-1.0", modalities=["text"])
    make.make_dataset(slug="quiz", contains_pii="yes", summary="Questions.")
    make.make_system(
        slug="olmo-7b",
        version="7B",
        components=OPEN_COMPONENTS | {"api": {"availability": "open_download"}},
        training_data={"dolma": {"where": "https://example.org/dolma"}},
        huggingface_id="allenai/OLMo-7B",
        repository="https://example.org/code",
        languages=["en"],
    )
    llama = make.make_system(
        slug="llama-3-1",
        organizations=("meta", "friends"),
        components={
            "weights_final": {"licence": "LicenseRef-Llama-2", "availability": "gated_manual"},
            "inference_code": "Apache-2.0 OR MIT",
            "model_card": {"licence_status": "none_stated"},
            "research_paper": {"licence_status": "unrecognised", "licence_text": "Ask us <nicely>"},
            "training_code": {"availability": "not_released", "completeness": "none"},
            "evaluation_code": {"availability": "partial", "completeness": "unknown"},
            "technical_report": {},
        },
    )
    make.make_training_data(system=llama, dataset="quiz", stage="evaluation")
    make.make_training_data(system=llama, dataset="quiz", stage="finetuning")
    make.make_derivation(system=llama, base=AISystem.objects.get(slug="olmo-7b"))
    make.make_derivation(system=llama, base_name=HOSTILE, kind="distil")
    make.make_system(slug="nothing", organizations=(), release_date="", evaluated=False)
    hostile = make.make_system(
        slug="hostile",
        name=HOSTILE,
        version=HOSTILE[:50],
        summary=HOSTILE,
        tasks=[HOSTILE],
        components={"weights_final": {"licence_status": "unrecognised", "licence_text": HOSTILE}},
        release_date="2024",
    )
    make.make_dataset(
        slug="bad",
        name=HOSTILE,
        summary=HOSTILE,
        size=HOSTILE,
        licence_status="unrecognised",
        licence_text=HOSTILE,
    )
    make.make_training_data(system=hostile, dataset="bad")
    return ["olmo-7b", "llama-3-1", "nothing", "hostile"]


def test_the_same_facts_give_the_same_bytes(several: list[str]):
    for slug in several:
        for name in FORMATS:
            assert written(slug, name) == written(slug, name), (slug, name)
    before = written("olmo-7b", "bom.cdx.json"), written("olmo-7b", "bom.spdx3.json")
    make.evaluate_system(system=AISystem.objects.get(slug="olmo-7b"))
    assert before == (written("olmo-7b", "bom.cdx.json"), written("olmo-7b", "bom.spdx3.json"))


def test_every_file_takes_the_same_queries_whatever_the_system(several: list[str]):
    found = set()
    for slug in ("olmo-7b", "llama-3-1"):
        with CaptureQueriesContext(connection) as queries:
            written(slug, "bom.spdx3.json")
        found.add(len(queries))
    assert found == {8}


# --- MOF.yml -----------------------------------------------------------------------------------


def mof(slug: str) -> dict[str, Any]:
    return dict(yaml.safe_load(written(slug, "MOF.yml")))


def test_mof_file_has_the_fields_of_the_tool():
    make.make_system(
        slug="olmo",
        version="7B",
        components={"weights_final": "Apache-2.0"},
        huggingface_id="allenai/OLMo-7B",
    )
    document = mof("olmo")
    assert document["framework"]["version"] == "1.0"
    release = document["release"]
    assert list(release) == ["name", "version", "date", "type", "architecture", "origin",
                             "producer", "contact", "repository", "huggingface", "license",
                             "components"]  # fmt: skip
    assert release["type"] == "language"
    assert release["date"] == "2026-11-23"
    assert release["producer"] == "AI2"
    assert release["huggingface"] == "https://huggingface.co/allenai/OLMo-7B"
    assert release["components"] == [
        {
            "name": "Model parameters (Final)",
            "description": "Trained model parameters, weights and biases",
            "license": "Apache-2.0",
        }
    ]


def test_mof_file_lists_only_what_everybody_can_have(several: list[str]):
    parts = {part["name"]: part for part in mof("llama-3-1")["release"]["components"]}
    assert set(parts) == {"Inference code", "Model card", "Research paper", "Technical report"}
    assert parts["Inference code"]["license"] == "Apache-2.0 OR MIT"
    assert parts["Model card"]["license"] == "unlicensed"
    assert parts["Research paper"]["license"] == "Ask us <nicely>"
    assert "license" not in parts["Technical report"], "unknown is not unlicensed"
    text = written("llama-3-1", "MOF.yml").decode()
    assert "# Left out: Training code (not released)\n" in text
    assert "# Left out: Datasets (nothing recorded)\n" in text


def test_mof_file_names_own_licences_as_people_write_them():
    make.make_system(slug="llama", components={"weights_final": "LicenseRef-Llama-2"})
    assert mof("llama")["release"]["components"][0]["license"] == "Llama 2 Community License"


def test_mof_file_gives_datasets_only_when_all_recorded_stages_are_out():
    open_data = {"licence": "ODC-By-1.0", "url": "https://example.org/data"}
    make.make_system(slug="both", components={
        "pretraining_data": open_data, "finetuning_data": "CC-BY-4.0"})  # fmt: skip
    make.make_system(slug="half", components={
        "pretraining_data": open_data, "finetuning_data": {"availability": "not_released",
                                                           "completeness": "none"}})  # fmt: skip
    (part,) = mof("both")["release"]["components"]
    assert part["license"] == "ODC-By-1.0 AND CC-BY-4.0"
    assert part["component_path"] == "https://example.org/data"
    assert mof("half")["release"]["components"] == []


def test_mof_file_counts_as_released_what_the_rules_count():
    assert {word for word, status in RELEASED.items() if status is Status.MET} == set(OUT)
    assert len(PARTS) == 17


def test_the_tool_finds_the_class_that_the_facts_prove(several: list[str], tmp_path: Path):
    listed = {"osi_approved": "yes", "fsf_free": "yes"}
    definition = registry.get("mof-1.0")
    for slug in ("olmo-7b", "llama-3-1"):
        (tmp_path / "MOF.yml").write_bytes(written(slug, "MOF.yml"))
        facts = read(tmp_path / "MOF.yml", {"Apache-2.0": listed, "MIT": listed})
        ours = Evaluation.objects.get(system__slug=slug, definition_id=definition.id)
        assert evaluate(definition, facts).outcome.level == ours.level
    assert Evaluation.objects.get(system__slug="olmo-7b", definition_id=definition.id).level == 3


def test_mof_file_of_nothing_is_still_a_file(several: list[str]):
    release = mof("nothing")["release"]
    assert (release["producer"], release["components"], release["date"]) == ("", [], "")


# --- CycloneDX ---------------------------------------------------------------------------------


def test_cyclonedx_is_valid_by_the_official_schema(several: list[str]):
    validator = JsonStrictValidator(SchemaVersion.V1_7)
    for slug in several:
        fault = validator.validate_str(written(slug, "bom.cdx.json").decode())
        assert fault is None, (slug, fault)
    broken = json.loads(written("olmo-7b", "bom.cdx.json")) | {"serialNumber": "1"}
    assert validator.validate_str(json.dumps(broken)) is not None


def test_cyclonedx_holds_card_data_licences_and_descent(several: list[str]):
    document = bill(entry_of("llama-3-1"))
    model = document["metadata"]["component"]
    assert model["type"] == "machine-learning-model"
    assert model["licenses"][0]["license"]["name"] == "Llama 2 Community License"
    assert document["metadata"]["timestamp"] == "2026-11-23T00:00:00Z"
    assert [item["name"] for item in model["pedigree"]["ancestors"]][1] == "Olmo 7B"
    (data,) = document["components"]
    assert data["type"] == "data"
    assert {"name": "glassbox:stage", "value": "finetuning"} in data["properties"]
    assert model["modelCard"]["modelParameters"]["datasets"] == [{"ref": data["bom-ref"]}]
    parts = {part["name"]: part for part in model["components"]}
    assert parts["Inference code"]["licenses"][0]["expression"] == "Apache-2.0 OR MIT"
    assert "licenses" not in parts["Technical report"], "unknown terms are left out"
    assert "Training code" not in parts
    evidence = {"type": "evidence", "url": make.EVIDENCE}
    assert evidence in parts["Inference code"]["externalReferences"]


def test_terms_that_nobody_recognised_are_given_in_the_makers_words(several: list[str]):
    (data,) = bill(entry_of("hostile"))["components"]
    assert data["licenses"][0]["license"]["name"] == HOSTILE
    texts = [row for row in graph("hostile") if "simplelicensing_licenseText" in row]
    assert [row["simplelicensing_licenseText"] for row in texts] == [HOSTILE]


def test_cyclonedx_serial_number_is_that_of_the_address(several: list[str]):
    olmo, again = bill(entry_of("olmo-7b")), bill(entry_of("olmo-7b"))
    assert olmo["serialNumber"] == again["serialNumber"]
    assert olmo["serialNumber"] != bill(entry_of("llama-3-1"))["serialNumber"]
    refs = [row["ref"] for row in olmo["dependencies"]]
    assert len(refs) == len(set(refs))


# --- SPDX 3 ------------------------------------------------------------------------------------


def graph(slug: str) -> list[dict[str, Any]]:
    """The elements, after the bindings have read them: they check every type and count."""
    document = json.loads(written(slug, "bom.spdx3.json"))
    model, objects = spdx_python_model.load_data(document)
    assert list(objects.foreach_type(model.ai_AIPackage))
    again = io.BytesIO()
    model.JSONLDSerializer().write(objects, again, force_at_graph=True)
    assert len(json.loads(again.getvalue())["@graph"]) == len(document["@graph"])
    return list(document["@graph"])


def test_spdx_is_read_back_by_the_bindings_and_every_id_leads_somewhere(several: list[str]):
    for slug in several:
        elements = graph(slug)
        known = {row["spdxId"] for row in elements if "spdxId" in row}
        named = len([row for row in elements if "spdxId" in row])
        assert len(known) == named, "ids are unique"
        for row in elements:
            if row["type"] == "Relationship":
                ends = [row["from"], *row["to"]]
                assert all(
                    end in known or "ExpandedLicensing" in end or end.startswith("expanded")
                    for end in ends
                ), (slug, row)


def related(elements: list[dict[str, Any]], word: str) -> list[tuple[str, list[str]]]:
    return [
        (row["from"].rpartition("#")[2], [end.rpartition("#")[2] for end in row["to"]])
        for row in elements
        if row["type"] == "Relationship" and row["relationshipType"] == word
    ]


def test_spdx_says_what_it_was_trained_and_tested_on(several: list[str]):
    elements = graph("llama-3-1")
    assert related(elements, "trainedOn") == [("spdx-system", ["spdx-dataset-quiz"])]
    assert related(elements, "testedOn") == [("spdx-system", ["spdx-dataset-quiz"])]
    ((_, bases),) = related(elements, "descendantOf")
    assert len(bases) == 2
    quiz = next(row for row in elements if row["type"] == "dataset_DatasetPackage")
    assert quiz["dataset_datasetType"] == ["noAssertion"]
    assert quiz["dataset_hasSensitivePersonalInformation"] == "yes"


def test_spdx_tells_unknown_terms_from_none_and_from_own_words(several: list[str]):
    elements = graph("llama-3-1")
    licences = dict(related(elements, "hasDeclaredLicense"))
    assert licences["spdx-technical_report"][0].endswith("NoAssertionLicense")
    assert licences["spdx-model_card"][0].endswith("NoneLicense")
    found = {row.get("spdxId", "").rpartition("#")[2]: row for row in elements}
    weights = found[licences["spdx-system"][0]]
    assert weights["simplelicensing_licenseExpression"] == "LicenseRef-Llama-2"
    assert weights["simplelicensing_customIdToUri"][0]["value"].startswith(SITE)
    own = found[licences["spdx-research_paper"][0]]
    assert own["simplelicensing_licenseText"] == "Ask us <nicely>"


def test_spdx_claims_a_profile_only_where_all_that_it_asks_for_is_known(several: list[str]):
    def profiles(slug: str) -> set[str]:
        (row,) = [item for item in graph(slug) if item["type"] == "SpdxDocument"]
        return set(row["profileConformance"])

    assert profiles("olmo-7b") == {"core", "software", "simpleLicensing", "ai"}
    assert "ai" not in profiles("nothing")
    assert "ai" not in profiles("hostile"), "the day of release is not known"


# --- citation, card, linked data ---------------------------------------------------------------


def test_a_citation_has_the_permanent_link_and_the_day_of_the_verdicts(several: list[str]):
    entry = entry_of("olmo-7b")
    day = entry.judged_on
    assert day
    assert apa(entry).startswith(f"Glassbox. ({day.year}, ")
    assert apa(entry).endswith(f"{SITE}/systems/olmo-7b/")
    (item,) = json.loads(written("olmo-7b", "cite.json"))
    assert item["issued"]["date-parts"] == [[day.year, day.month, day.day]]
    assert f"url = {{{SITE}/systems/olmo-7b/}}" in written("olmo-7b", "cite.bib").decode()
    assert "Not evaluated yet" in written("nothing", "cite.bib").decode()


def test_bibtex_of_a_hostile_name_keeps_its_braces_in_balance(several: list[str]):
    text = written("hostile", "cite.bib").decode()
    bare = text.replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")
    assert len(text.splitlines()) == 8
    assert r"\%" in text


def test_the_card_is_one_table_whatever_the_name(several: list[str]):
    lines = written("hostile", "card.md").decode().splitlines()
    table = [line for line in lines if line.startswith("| ")]
    assert len(table) > 5
    assert not any("<b>" in line for line in lines)
    assert f"({SITE}/systems/hostile/verdicts/mof-1.0/)" in "".join(table)
    assert "Not evaluated yet" in written("nothing", "card.md").decode()


def test_linked_data_cannot_end_its_script_element():
    text = as_script({"@type": "Thing", "name": HOSTILE})
    assert not set("<>&") & set(text)
    assert json.loads(text)["name"] == HOSTILE
