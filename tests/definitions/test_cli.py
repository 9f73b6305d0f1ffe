"""``python -m definitions``."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from definitions.__main__ import LARGEST_FILE, main
from definitions.core import evaluate
from definitions.registry import DEFINITIONS
from tests.definitions.build import component, open_facts

type Capture = pytest.CaptureFixture[str]


@pytest.fixture
def facts_file(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(open_facts().to_json()))
    return path


def test_list(capsys: Capture):
    assert main(["list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        definition.id for definition in DEFINITIONS
    ]


def test_list_as_json(capsys: Capture):
    assert main(["list", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [item["id"] for item in listed] == [definition.id for definition in DEFINITIONS]


@pytest.mark.parametrize("key", ["osaid", "osaid-1.0"])
def test_show(key: str, capsys: Capture):
    assert main(["show", key]) == 0
    assert "[osaid-1.0/code-licence]" in capsys.readouterr().out


def test_show_as_json(capsys: Capture):
    assert main(["show", "mof", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [level["key"] for level in shown["levels"]] == ["III", "II", "I"]


def test_show_a_definition_that_there_is_not(capsys: Capture):
    assert main(["show", "nobody"]) == 2
    assert "no definition “nobody”; there are: osaid-1.0" in capsys.readouterr().err


def test_evaluate(facts_file: Path, capsys: Capture):
    assert main(["evaluate", str(facts_file)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["system"] == "x"
    assert document["facts_fingerprint"] == open_facts().fingerprint
    assert document["verdicts"] == [evaluate(d, open_facts()).to_json() for d in DEFINITIONS]


def test_evaluate_one_definition_as_text(tmp_path: Path, capsys: Capture):
    path = tmp_path / "closed.json"
    of = open_facts(training_code=component(availability="not_released"))
    path.write_text(json.dumps(of.to_json()))
    assert main(["evaluate", str(path), "--definition", "mof", "--format", "text"]) == 0
    text = capsys.readouterr().out
    assert "Model Openness Framework 1.0: Class III – Open Model" in text
    assert "✕ Training code: not met" in text
    assert "https://example.org/card" in text
    assert "Missing for Class II – Open Tooling:" in text


def test_evaluate_text_without_anything_missing(facts_file: Path, capsys: Capture):
    assert main(["evaluate", str(facts_file), "--definition", "mof", "--format", "text"]) == 0
    assert "Missing" not in capsys.readouterr().out


def test_evaluate_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Capture):
    raw = json.dumps(open_facts().to_json()).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert main(["evaluate", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["system"] == "x"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", ":1: not JSON: "),
        (b'\xff\xfe"', "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b"1" * 5000, "not JSON: "),
        (b'{"system": {"slug": "x"}}', ": $.system.name: this key is required"),
        (b'{"system": {"slug": "x", "name": "X"}, "x": 1}', ": $.x: unknown key"),
        (b" " * (LARGEST_FILE + 1), "larger than 5,000,000 bytes"),
    ],
)
def test_bad_files_end_with_2_and_name_the_place(
    content: bytes, message: str, tmp_path: Path, capsys: Capture
):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    assert main(["evaluate", str(path)]) == 2
    assert message in capsys.readouterr().err


def test_a_file_that_there_is_not(capsys: Capture):
    assert main(["evaluate", "/nowhere/facts.json"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_schema(capsys: Capture):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "urn:glassbox:facts:1"


def test_it_runs_as_a_module_without_django():
    code = (
        "import sys, runpy; sys.argv = ['definitions', 'list']\n"
        "try: runpy.run_module('definitions', run_name='__main__')\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert "osaid-1.0" in done.stdout
