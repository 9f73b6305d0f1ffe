"""Loading: good files, every kind of bad file with its line, all or nothing."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from catalog.models import (
    AISystem,
    CatalogState,
    Component,
    Dataset,
    License,
    Link,
    Organization,
    Source,
)
from catalog.services.evaluation import stale
from catalog.services.loading import LoadError, check_catalog, load_catalog, rules
from catalog.services.loading.nodes import MAX_BYTES

pytestmark = pytest.mark.django_db

PROOF = "{evidence: https://example.org/e, source: maker, checked_on: 2026-11-23}"
ROW = "evidence: https://example.org/e\n    source: maker\n    checked_on: 2026-11-23"

FILES = {
    "sources.yaml": """
        - key: maker
          title: The maker's own page
          kind: maker
        - key: spdx
          title: SPDX licence list
          kind: list
          url: https://spdx.org/licenses/
          retrieved_on: 2026-07-16
        """,
    "licences.yaml": """
        - id: Apache-2.0
          name: Apache License 2.0
          open_definition: not_listed
          commercial: yes
          use_restrictions: []
          meant_for: [software]
          verified: list
        - id: LicenseRef-Llama-2
          name: Llama 2 Community License
          osi_approved: no
          commercial: capped
          use_restrictions: [behavioural, competing_models]
          source: maker
          checked_on: 2026-11-23
        """,
    "licence_aliases.yaml": """
        - alias: Apache 2.0
          licence: Apache-2.0
          source: maker
        - alias: dual
          licence: MIT OR apache-2.0
        """,
    "platforms.yaml": """
        - slug: huggingface
          name: Hugging Face
          homepage: https://huggingface.co/
          purpose: Models and datasets
        """,
    "languages.yaml": """
        - slug: python
          name: Python
          first_appeared: 1991
          licence: PSF-2.0
        """,
    "families.yaml": """
        - slug: olmo
          name: OLMo
          organization: ai2
        """,
    "organizations/ai2.yaml": f"""
        slug: ai2
        name: Allen Institute for AI
        kind: non_profit
        country: US
        parent: paul
        profiles:
          - platform: huggingface
            handle: allenai
            url: https://huggingface.co/allenai
        provenance: {PROOF}
        """,
    "organizations/paul.yaml": """
        slug: paul
        name: A parent
        is_initiative: yes
        """,
    "frameworks/pytorch.yaml": f"""
        slug: pytorch
        name: PyTorch
        organizations: [paul]
        licence: BSD-3-Clause
        release_date: 2016
        purpose: both
        programming_languages: [python]
        provenance: {PROOF}
        """,
    "datasets/dolma.yaml": f"""
        slug: dolma
        name: Dolma
        organizations: [ai2]
        release_date: 2023-08
        modalities: [text]
        licence: ODC-By-1.0
        availability: open_download
        data_class: open
        derived_from: [common-crawl]
        provenance: {PROOF}
        """,
    "datasets/common-crawl.yaml": """
        slug: common-crawl
        name: Common Crawl
        """,
    "systems/base.yaml": """
        slug: base
        name: Base
        """,
    "systems/olmo-7b.yaml": f"""
        slug: olmo-7b
        name: OLMo 7B
        version: "1.0"
        family: olmo
        organizations: [ai2, paul]
        summary: A language model.
        release_date: 2024-02-01
        modalities: [text]
        tasks: [text-generation]
        languages: [en]
        parameters: 6888095744
        huggingface_id: allenai/OLMo-7B
        frameworks: [pytorch]
        programming_languages: [python]
        provenance: {PROOF}
        components:
          - kind: weights_final
            availability: open_download
            completeness: full
            licence: apache 2.0 or mit
            form: full
            evidence: https://example.org/e
            quote: "Weights are open."
            source: maker
            checked_on: 2026-11-23
          - kind: training_code
            availability: open_download
            licence_text: Do no harm
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        training_data:
          - dataset: dolma
            stage: pretraining
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        data_information:
          scope: yes
          labelling: not_applicable
          evidence: https://example.org/e
          source: maker
          checked_on: 2026-11-23
        derived_from:
          - system: base
            kind: continued
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
          - name: Another base
            kind: merge
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        claims:
          - quote: We release everything.
            claimed: open source
            url: https://example.org/claim
            date: 2024-02
            source: maker
            checked_on: 2026-11-23
        steward_judgements:
          - definition: osaid-1.0
            result: pass
            version_judged: drafts
            url: https://example.org/steward
            date: 2024-10
            source: maker
            checked_on: 2026-11-23
        rulings:
          - criterion: osaid-1.0/data-information
            answer: met
            rationale: Described in full.
            date: 2026-11-01
            decided_by: editors
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        """,
}

SYSTEM = "systems/olmo-7b.yaml"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace once; returns the line of the change."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def load(folder: Path) -> Any:
    return load_catalog(paths=[folder])


def problems(folder: Path) -> list[str]:
    with pytest.raises(LoadError) as caught:
        load_catalog(paths=[folder])
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


# --- good files --------------------------------------------------------------------------


def test_everything_arrives(files: Path) -> None:
    load(files)

    system = AISystem.objects.for_detail().get(slug="olmo-7b")
    assert [maker.slug for maker in system.maker_list] == ["ai2", "paul"]
    assert (system.release_date, system.released_year) == ("2024-02-01", 2024)
    assert (system.version, system.parameters) == ("1.0", 6888095744)
    assert system.family is not None
    assert system.family.slug == "olmo"
    weights = system.components.get(kind="weights_final")
    assert weights.licence_expression == "Apache-2.0 OR MIT"
    assert weights.licence_status == "stated"
    assert set(weights.licences.values_list("spdx_id", flat=True)) == {"Apache-2.0", "MIT"}
    code = system.components.get(kind="training_code")
    assert (code.licence_status, code.licence_text) == ("unrecognised", "Do no harm")
    assert [use.dataset.slug for use in system.training_data.all()] == ["dolma"]
    assert system.data_information.labelling == "not_applicable"
    assert {row.base_name or row.base.slug for row in system.derivations.all()} == {
        "base",
        "Another base",
    }
    claim = system.claims.get()
    assert (claim.claimed, claim.url, claim.date) == (
        "open source",
        "https://example.org/claim",
        "2024-02",
    )
    assert system.judgements.get().definition_id == "osaid-1.0"
    assert system.rulings.get().answer == "met"
    assert weights.recorded_by == "fixtures"


def test_the_other_nouns_arrive(files: Path) -> None:
    load(files)

    ai2 = Organization.objects.get(slug="ai2")
    assert ai2.parent is not None
    assert ai2.parent.is_initiative
    assert ai2.profiles.get().handle == "allenai"
    dolma = Dataset.objects.get(slug="dolma")
    assert dolma.release_date == "2023-08"
    assert [row.slug for row in dolma.derived_from.all()] == ["common-crawl"]
    assert [row.spdx_id for row in dolma.licences.all()] == ["ODC-By-1.0"]
    assert Source.objects.count() == 2
    assert Link.objects.filter(url="https://example.org/claim").exists()


def test_the_spdx_list_lies_under_our_own_licences(files: Path) -> None:
    load(files)

    mit = License.objects.get(spdx_id="MIT")
    assert (mit.osi_approved, mit.fsf_free, mit.is_spdx) == ("yes", "yes", True)
    assert mit.source is not None
    assert mit.source.key == "spdx"
    assert (mit.commercial, mit.use_restrictions) == ("unknown", None)
    zero = License.objects.get(spdx_id="0BSD")
    assert (zero.osi_approved, zero.fsf_free) == ("yes", "not_listed")
    apache = License.objects.get(spdx_id="Apache-2.0")
    assert (apache.osi_approved, apache.commercial, apache.use_restrictions) == ("yes", "yes", [])
    llama = License.objects.get(spdx_id="LicenseRef-Llama-2")
    assert llama.is_own
    assert not llama.is_spdx
    assert License.objects.count() > 600


def test_the_verdicts_are_there_at_the_end(files: Path) -> None:
    done = load(files)

    assert done.evaluated == 2
    assert stale() == []
    assert AISystem.objects.get(slug="olmo-7b").evaluations.exists()


def test_a_second_run_writes_nothing(files: Path) -> None:
    load(files)
    version = CatalogState.objects.current()
    events = apps.get_model("catalog", "ComponentEvent")._default_manager.count()

    done = load(files)

    assert (done.changes, done.evaluated, done.kept) == (0, 0, 0)
    assert CatalogState.objects.current() == version
    assert apps.get_model("catalog", "ComponentEvent")._default_manager.count() == events


def test_a_changed_file_changes_its_rows_only(files: Path) -> None:
    load(files)
    untouched = Component.objects.get(kind="training_code").pk
    edit(files, SYSTEM, "licence: apache 2.0 or mit", "licence: LicenseRef-Llama-2")
    edit(files, SYSTEM, "organizations: [ai2, paul]", "organizations: [paul, ai2]")

    done = load(files)

    assert done.created == 0
    assert done.evaluated == 1
    weights = Component.objects.get(kind="weights_final")
    assert [row.spdx_id for row in weights.licences.all()] == ["LicenseRef-Llama-2"]
    assert Component.objects.get(kind="training_code").pk == untouched
    system = AISystem.objects.get(slug="olmo-7b")
    assert system.weights_licence == "LicenseRef-Llama-2"
    assert [maker.slug for maker in system.maker_list] == ["paul", "ai2"]


def test_what_a_file_no_longer_says_is_unknown_again(files: Path) -> None:
    load(files)
    edit(files, SYSTEM, "    form: full\n", "")
    edit(files, SYSTEM, "parameters: 6888095744\n", "")
    edit(files, "organizations/ai2.yaml", "parent: paul\n", "")
    edit(files, "datasets/dolma.yaml", "release_date: 2023-08\n", "")
    edit(files, "datasets/dolma.yaml", "derived_from: [common-crawl]\n", "")
    text = (files / SYSTEM).read_text(encoding="utf-8")
    head, _, rest = text.partition("claims:\n")
    (files / SYSTEM).write_text(head + rest[rest.index("steward_judgements:") :], encoding="utf-8")

    load(files)

    system = AISystem.objects.get(slug="olmo-7b")
    assert system.parameters is None
    assert system.components.get(kind="weights_final").form == "unknown"
    assert not system.claims.exists()
    assert Organization.objects.get(slug="ai2").parent is None
    dolma = Dataset.objects.get(slug="dolma")
    assert (dolma.release_date, dolma.derived_from.count()) == ("", 0)


def test_one_file_can_be_loaded_on_its_own(files: Path) -> None:
    load(files)
    edit(files, SYSTEM, "name: OLMo 7B", "name: OLMo seven")

    done = load(files / SYSTEM)

    assert done.updated == 1
    assert AISystem.objects.get(slug="olmo-7b").name == "OLMo seven"


def test_makers_can_be_added_and_taken_out(files: Path) -> None:
    load(files)
    edit(files, SYSTEM, "organizations: [ai2, paul]", "organizations: [paul]")

    load(files)
    assert [row.slug for row in AISystem.objects.get(slug="olmo-7b").maker_list] == ["paul"]

    edit(files, SYSTEM, "organizations: [paul]", "organizations: [paul, ai2]")
    assert load(files).evaluated == 1
    assert stale() == []


def test_licences_load_without_the_source_of_the_list(files: Path) -> None:
    edit(files, "sources.yaml", "key: spdx", "key: another")

    load(files)

    assert License.objects.get(spdx_id="MIT").source is None


def test_an_editors_correction_is_left_alone(files: Path) -> None:
    load(files)
    Component.objects.filter(kind="weights_final").update(
        availability="gated_auto", recorded_by="editor"
    )
    Organization.objects.filter(slug="ai2").update(country="DE", recorded_by="editor")

    done = load(files)

    assert done.kept == 2
    assert Component.objects.get(kind="weights_final").availability == "gated_auto"
    assert Organization.objects.get(slug="ai2").country == "DE"


# --- bad files ---------------------------------------------------------------------------

BAD = [
    ("name: OLMo 7B", "nmae: OLMo 7B", "unknown key “nmae” in a system"),
    ("modalities: [text]", "modalities: [txet]", "“txet” is not one of: text, code"),
    ("modalities: [text]", "modalities: text", "expected a list"),
    ("family: olmo", "family: olmos", "there is no family “olmos”"),
    ("organizations: [ai2, paul]", "organizations: [ai2, x]", "there is no organization “x”"),
    ("organizations: [ai2, paul]", "organizations: [ai2, ai2]", "“ai2” is given twice"),
    ("frameworks: [pytorch]", "frameworks: [torch]", "there is no framework “torch”"),
    ("release_date: 2024-02-01", "release_date: 2024-13", "“2024-13” is not a date"),
    ("release_date: 2024-02-01", "release_date: soon", "“soon” is not a date"),
    ("parameters: 6888095744", "parameters: 7B", "“7B” is not a whole number"),
    ("parameters: 6888095744", "parameters: 0", "“0” is not a whole number"),
    ("huggingface_id: allenai/OLMo-7B", "huggingface_id: x", "“x” is not an id of the form"),
    ("languages: [en]", "languages: [English]", "“English” is not a language code"),
    ("tasks: [text-generation]", "tasks: [Text Generation]", "is not a slug"),
    ("summary: A language model.", "summary: " + "x" * 301, "at most 300"),
    ("summary: A language model.", "summary:", "no value: leave the key out"),
    ("summary: A language model.", "summary: ''", "an empty text"),
    ("summary: A language model.", 'summary: "a\\0b"', "NUL"),
    ("summary: A language model.", "summary: {a: b}", "expected one value"),
    ("summary: A language model.", "name: Again", "the key “name” is given twice"),
    ("summary: A language model.", "evidence: https://example.org/e", None),
    ("availability: open_download", "availability: yes", "“yes” is not one of: open_download"),
    ("licence: apache 2.0 or mit", "licence: Mystery-1.0", "no licence is known as “Mystery-1.0”"),
    ("licence: apache 2.0 or mit", "licence: MIT AND", "is not a licence expression"),
    ('quote: "Weights are open."', "quote: " + "word " * 26, "the quote has 26 words"),
    ("dataset: dolma", "dataset: dolmas", "there is no dataset “dolmas”"),
    ("system: base", "system: bass", "there is no system “bass”"),
    ("date: 2024-02\n", "date: February 2024\n", "“February 2024” is not a date"),
    ("date: 2026-11-01", "date: 2026-11", "“2026-11” is not a day"),
    ("answer: met", "answer: yes", "“yes” is not one of: met, not_met"),
    ("criterion: osaid-1.0/data-information", "criterion: data", "is not a criterion"),
    ("url: https://example.org/claim", "url: example.org", "is not an address"),
    ("provenance: {", "provenance: {sauce: x, ", "unknown key “sauce” in provenance"),
]


@pytest.mark.parametrize(("old", "new", "reason"), BAD)
def test_a_fault_is_named_with_its_line(
    files: Path, old: str, new: str, reason: str | None
) -> None:
    line = edit(files, SYSTEM, old, new)
    found = problems(files)

    if reason is None:  # the evidence is in the provenance too
        assert any("given twice" in problem for problem in found)
        return
    assert any(
        problem.startswith(f"{SYSTEM}:{line}: ") and reason in problem for problem in found
    ), found
    assert not AISystem.objects.exists()


RULES = [
    ("    form: full\n", "    form: full\n    licence_status: none_stated\n", "does not go with"),
    ("    licence: apache 2.0 or mit\n", "    licence_status: stated\n", "needs a “licence”"),
    ("    licence_text: Do no harm\n", "    licence_status: unrecognised\n", "“licence_text” goes"),
    ("    licence_text: Do no harm\n", "    form: full\n", "only weights have a “form”"),
    ("    licence_text: Do no harm\n", "    peer_reviewed: yes\n", "only a research_paper"),
    (
        "    licence_text: Do no harm\n",
        "    included_in: training_code\n",
        "not included in itself",
    ),
    (
        "    availability: open_download\n    completeness: full\n",
        "    availability: not_released\n    completeness: full\n",
        "cannot have completeness “full”",
    ),
    ("    stage: pretraining\n", "    stage: pretraining\n    unshareable_reason: legal\n", "goes"),
    ("    stage: pretraining\n", "", "the key “stage” is missing in this training data"),
    ("  - system: base\n", "  - system: base\n    name: Base\n", "give “system”, or “name”"),
    ("  - kind: training_code\n", "  - kind: weights_final\n", "the same component stands in line"),
    ("name: OLMo 7B\n", "", "the key “name” is missing in this system"),
    ("slug: olmo-7b\n", "slug: olmo\n", "the file is called olmo-7b, its slug is olmo"),
    ("slug: olmo-7b\n", "slug: base\n", "“base” is already in"),
]


@pytest.mark.parametrize(("old", "new", "reason"), RULES)
def test_keys_that_contradict_each_other_are_named(
    files: Path, old: str, new: str, reason: str
) -> None:
    edit(files, SYSTEM, old, new)

    found = problems(files)

    assert any(problem.startswith(f"{SYSTEM}:") and reason in problem for problem in found), found


LISTS = [
    ("sources.yaml", "kind: list", "kind: gossip", "“gossip” is not one of: editor"),
    ("licences.yaml", "commercial: capped", "commercial: maybe", "“maybe” is not one of: yes"),
    ("licences.yaml", "id: LicenseRef-Llama-2", "id: Llama 2", "is not a licence identifier"),
    ("licences.yaml", "id: LicenseRef-Llama-2", "id: apache-2.0", "is already in"),
    ("licence_aliases.yaml", "licence: MIT OR", "licence: Foo OR", "known as “Foo”"),
    ("languages.yaml", "first_appeared: 1991", "first_appeared: 19", "is not a whole number"),
    ("organizations/ai2.yaml", "country: US", "country: USA", "is not a country code"),
    ("organizations/paul.yaml", "is_initiative: yes", "is_initiative: true", "neither yes nor no"),
    ("organizations/ai2.yaml", "platform: huggingface", "platform: hub", "no platform “hub”"),
    ("frameworks/pytorch.yaml", "purpose: both", "purpose: fun", "“fun” is not one of: training"),
]


@pytest.mark.parametrize(("name", "old", "new", "reason"), LISTS)
def test_the_other_files_are_checked_too(
    files: Path, name: str, old: str, new: str, reason: str
) -> None:
    edit(files, name, old, new)

    assert any(reason in problem for problem in problems(files))


def test_all_faults_of_a_run_are_listed_together(files: Path) -> None:
    edit(files, SYSTEM, "family: olmo", "family: x")
    edit(files, "organizations/ai2.yaml", "country: US", "country: usa")
    edit(files, "licences.yaml", "commercial: capped", "commercial: maybe")

    found = problems(files)

    assert {problem.split(":")[0] for problem in found} >= {
        "licences.yaml",
        "organizations/ai2.yaml",
        SYSTEM,
    }


WHOLE = [
    ("systems/x.yaml", b"slug: [x\n", "x.yaml:2: not YAML"),
    ("systems/x.yaml", b"slug: x\nname: \xff\n", "x.yaml:2: not UTF-8"),
    ("systems/x.yaml", b"", "x.yaml:1: the file is empty"),
    ("systems/x.yaml", b"- slug: x\n", "x.yaml:1: expected keys with values"),
    ("systems/x.yaml", b"slug: !!python/object:os.system x\nname: X\n", None),
    ("systems/x.yml", b"slug: x\nname: X\n", "x.yml:1: not a file of the catalogue"),
    ("stray.yaml", b"slug: x\n", "stray.yaml:1: not a file of the catalogue"),
    ("systems/x.yaml", b"slug: x\nname: \x07X\n", "x.yaml:1: not YAML"),
    ("systems/x.yaml", b"#" * (MAX_BYTES + 1), "x.yaml:1: larger than"),
    ("systems/x.yaml", b"slug: x\nname: X\ndata_information: [a]\n", "expected one data inform"),
    ("systems/x.yaml", b"slug: x\nname: X\ncomponents:\n  - text\n", "x.yaml:4: expected keys"),
]


@pytest.mark.parametrize(("name", "raw", "reason"), WHOLE)
def test_files_that_are_no_catalogue_files(
    files: Path, name: str, raw: bytes, reason: str | None
) -> None:
    (files / name).write_bytes(raw)

    if reason is None:  # a tag makes no object: it is read as the text that it is
        load(files)
        assert AISystem.objects.filter(slug="x").exists()
        return
    assert any(reason in problem for problem in problems(files)), problems(files)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no such file or folder" in problems(tmp_path / "nowhere")[0]


def test_nothing_is_half_loaded(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that only the database sees takes everything back."""
    edit(files, SYSTEM, "    licence_text: Do no harm\n", "    form: full\n")
    monkeypatch.setattr(rules.weights_form, "__code__", (lambda values: None).__code__)

    found = problems(files)

    assert "the database refuses the records" in found[0]
    assert "component_form_of_weights" in found[0]
    assert not Source.objects.exists()
    assert not License.objects.exists()


def test_check_writes_nothing(files: Path) -> None:
    done = check_catalog(paths=[files])

    assert done.records > 20
    assert done.changes == 0
    assert not Source.objects.exists()


def test_the_command_loads_and_says_so(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_catalog", files, check=True)
    assert "records are good" in capsys.readouterr().out

    call_command("load_catalog", files)
    assert "2 systems evaluated" in capsys.readouterr().out

    Component.objects.update(recorded_by="editor")
    call_command("load_catalog", files)
    assert "2 rows of editors were left alone" in capsys.readouterr().out


def test_the_command_lists_the_faults(files: Path) -> None:
    line = edit(files, SYSTEM, "family: olmo", "family: x")

    with pytest.raises(
        CommandError, match=rf"olmo-7b.yaml:{line}: there is no family “x”\n1 fault"
    ):
        call_command("load_catalog", files)
