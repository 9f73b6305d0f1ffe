"""Loading bad files: each fault with its file and line, all together, and nothing half loaded."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.entry import rules as rules
from catalog.intake.files import check_catalog
from catalog.intake.files.nodes import MAX_BYTES
from catalog.models import (
    AISystem,
    Component,
    License,
    Source,
)
from tests.intake.files.loading_files import SYSTEM, edit, problems

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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
    ("huggingface_id: allenai/OLMo-7B", "huggingface_id: x", "“x” is not a Hugging Face id"),
    ("languages: [en]", "languages: [English]", "“English” is written en here"),
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
    ('quote: "Weights are open."', "quote: " + "word " * 26, "The quote has 26 words"),
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
    ("  - kind: training_code\n", "  - kind: weights_final\n", "the same component is in line"),
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
    ("systems/x.yaml", b"slug: !!python/object:os.system x\nname: X\n", "x.yaml:1: the tag"),
    ("systems/x.yml", b"slug: x\nname: X\n", "x.yml:1: not a file of the catalogue"),
    ("stray.yaml", b"slug: x\n", "stray.yaml:1: not a file of the catalogue"),
    ("systems/x.yaml", b"slug: x\nname: \x07X\n", "x.yaml:2: the control character U+0007"),
    ("systems/x.yaml", b"#" * (MAX_BYTES + 1), "x.yaml:1: larger than"),
    ("systems/x.yaml", b"slug: x\nname: X\ndata_information: [a]\n", "expected one data inform"),
    ("systems/x.yaml", b"slug: x\nname: X\ncomponents:\n  - text\n", "x.yaml:4: expected keys"),
]


@pytest.mark.parametrize(("name", "raw", "reason"), WHOLE)
def test_files_that_are_no_catalogue_files(files: Path, name: str, raw: bytes, reason: str) -> None:
    (files / name).write_bytes(raw)

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
