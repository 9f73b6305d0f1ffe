"""A file of any kind, as facts that the rules can judge; with Python alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from definitions.__main__ import main
from definitions.core import evaluate
from definitions.facts import Facts
from definitions.readers import files
from definitions.readers.files import FileKind, kind_of
from definitions.readers.known_licences import register
from definitions.registry import get
from definitions.vocabulary import ComponentKind
from tests.definitions.build import open_facts
from tests.definitions.readers.hub_records import OLMO_CARD, REPO, SHA, olmo_record
from tests.definitions.readers.model_files import model

type Capture = pytest.CaptureFixture[str]

MOF = yaml.safe_dump(model(license={"code": {"name": "Apache 2.0"}})).encode()
HUB = json.dumps(olmo_record(files=("model.safetensors", "README.md"))).encode()
FACTS = json.dumps(open_facts().to_json()).encode()


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("MOF.yml", MOF, FileKind.MOF),
        ("thing.yaml", b"", FileKind.MOF),
        ("README.md", OLMO_CARD.encode(), FileKind.CARD),
        ("README.md", b"release: soon", FileKind.CARD),
        ("model.json", HUB, FileKind.HUB),
        ("-", b"\xef\xbb\xbf " + FACTS, FileKind.FACTS),
        ("-", HUB, FileKind.HUB),
        ("-", MOF, FileKind.MOF),
        ("-", OLMO_CARD.encode(), FileKind.CARD),
        ("-", b"[]", FileKind.HUB),
    ],
)
def test_the_kind_of_a_file_is_seen_from_its_beginning_or_its_name(
    name: str, raw: bytes, kind: FileKind
):
    assert kind_of(name, raw) is kind


def read(name: str, raw: bytes, **options: object) -> Facts:
    found = files.read(name, raw, register(), **options)  # type: ignore[arg-type]
    assert found.facts is not None, found.problems
    return found.facts


def test_a_model_file_is_judged_as_its_entry_would_be():
    facts = read("MOF.yml", MOF)
    assert (facts.system.slug, facts.organizations[0].name) == ("thing-7b", "Example Lab")
    assert facts.components[ComponentKind.MODEL_CARD].licence == "Apache-2.0"
    assert evaluate(get("mof-1.0"), facts).level == 0


def test_a_record_of_the_hub_with_its_card():
    facts = read("olmo.json", HUB, card=OLMO_CARD.encode())
    weights = facts.components[ComponentKind.WEIGHTS_FINAL]
    assert (weights.licence, weights.availability) == ("Apache-2.0", "open_download")
    assert weights.evidence is not None
    assert weights.evidence.url == f"https://huggingface.co/{REPO}"
    report = facts.components[ComponentKind.TECHNICAL_REPORT]
    assert report.url == "https://arxiv.org/abs/2402.00838"
    assert facts.to_json()["system"]["modalities"] == ["text"]


def test_a_card_alone_leaves_unknown_whether_the_weights_are_out():
    facts = read(
        "README.md", b"---\nlicense: mit\nbase_model: a/b\nbase_model_relation: merge\n---"
    )
    weights = facts.components[ComponentKind.WEIGHTS_FINAL]
    assert (weights.licence, weights.availability) == ("MIT", "unknown")
    assert [(row.name, row.kind) for row in facts.base_systems] == [("b", "merge")]


def test_a_facts_file_is_read_as_it_is():
    assert read("facts.json", FACTS) == open_facts()


def test_names_without_latin_letters_have_a_slug_too():
    facts = read("x.yml", yaml.safe_dump(model("悟道", producer="智源")).encode())
    assert (facts.system.slug, facts.organizations[0].slug) == ("unnamed", "unnamed")


@pytest.mark.parametrize(
    ("name", "raw", "kind", "message"),
    [
        ("MOF.yml", b"a: b", None, "no “release”"),
        ("MOF.yml", yaml.safe_dump(model("Untitled")).encode(), None, "not the name of a system"),
        ("x.json", b'{"id": "a/b", "id": "c/d"}', None, "given twice"),
        ("x.json", b'{"id": ', None, "not JSON"),
        ("x.json", b"[]", None, "not an object"),
        ("x.json", MOF, FileKind.HUB, "not JSON"),
        ("x.json", FACTS[:-1], None, "not JSON"),
        (
            "x.json",
            json.dumps(
                olmo_record(files=("a.safetensors", f"{'条' * 480}/LICENSE", "README.md"))
            ).encode(),
            None,
            "characters; at most 2,000",
        ),
    ],
)
def test_what_is_no_file_of_its_kind_is_told_with_the_reason(
    name: str, raw: bytes, kind: FileKind | None, message: str
):
    found = files.read(name, raw, register(), kind=kind, card=b"---\nlanguage: en\n---\n")
    assert found.facts is None
    assert message in found.fault.message


# --- the command -------------------------------------------------------------------------------


def test_read_writes_facts_and_tells_what_could_not_be_taken(tmp_path: Path, capsys: Capture):
    path, card = tmp_path / "olmo.json", tmp_path / "README.md"
    path.write_bytes(HUB)
    card.write_text(OLMO_CARD)
    assert main(["read", str(path), "--card", str(card)]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["schema"] == "glassbox-facts/1"
    assert f"{path}: card.datasets.0: The card names the dataset" in told.err
    assert "[stage_not_stated]" in told.err


def test_read_takes_the_kind_and_the_repository_that_it_is_given(tmp_path: Path, capsys: Capture):
    path = tmp_path / "card.txt"
    path.write_text("---\nlicense: mit\n---\n")
    assert main(["read", str(path), "--kind", "card", "--repo", REPO]) == 0
    assert json.loads(capsys.readouterr().out)["system"]["name"] == "OLMo-7B"
    assert SHA not in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["read", str(path), "--repo", "no repository"])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [("release: {name: X, components: 7}", "release.components: “components” is not a list")],
)
def test_read_ends_with_the_place_of_a_fault(
    tmp_path: Path, capsys: Capture, text: str, message: str
):
    path = tmp_path / "MOF.yml"
    path.write_text(text)
    assert main(["read", str(path)]) == 2
    assert f"{path}: {message}" in capsys.readouterr().err


def test_a_model_file_is_read_and_judged_by_python_alone(tmp_path: Path):
    """Two processes that can import neither Django nor the catalogue, joined by a pipe."""
    path = tmp_path / "MOF.yml"
    path.write_bytes(MOF)
    alone = (
        "import sys; sys.modules['django'] = sys.modules['catalog'] = None; "
        "from definitions.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    root = Path(__file__).parents[3]
    run = [sys.executable, "-c", alone]
    facts = subprocess.run(  # noqa: S603
        [*run, "read", str(path)], cwd=root, capture_output=True, check=True
    ).stdout
    judged = subprocess.run(  # noqa: S603
        [*run, "evaluate", "-", "--definition", "owd"],
        cwd=root,
        input=facts,
        capture_output=True,
        check=True,
    ).stdout
    assert json.loads(judged)["licences_filled"] == ["Apache-2.0"]
