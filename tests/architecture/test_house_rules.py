"""The house rules that a machine can check: sizes, hosts, paths, open ends."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]

LONGEST_MODULE = 400
LONGEST_TEMPLATE = 150
LONGEST_FUNCTION = 40
LONGEST_STYLESHEET = 900

OF_A_MACHINE = ("/" + "root/", ".py" + "env", "python" + "hosted", "registry.np" + "mjs")
OPEN_ENDS = ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "lorem " + "ipsum")


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(  # noqa: S603 - git with fixed arguments
        ["git", "ls-files", "-z", "--", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def too_long(paths: list[Path], limit: int) -> list[tuple[str, int]]:
    sizes = [(str(path.relative_to(ROOT)), len(path.read_text().splitlines())) for path in paths]
    return [(name, lines) for name, lines in sizes if lines > limit]


def modules() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def test_there_is_something_to_check():
    assert len(modules()) > 80


@pytest.mark.parametrize(
    ("patterns", "limit"),
    [
        (("*.html",), LONGEST_TEMPLATE),
        (("*.css",), LONGEST_STYLESHEET),
    ],
)
def test_templates_and_stylesheets_are_short(patterns: tuple[str, ...], limit: int):
    assert too_long(tracked(*patterns), limit) == []


def test_modules_are_short():
    assert too_long(modules(), LONGEST_MODULE) == []


def test_functions_are_short():
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and not path.is_relative_to(ROOT / "tests"):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    found.append((str(path.relative_to(ROOT)), node.name, lines))
    assert found == []


def test_no_file_names_a_machine_or_a_registry_or_leaves_an_open_end():
    found = []
    for path in tracked():
        if path.suffix in {".png", ".svg", ".lock"} or path.name == "CHANGELOG.md":
            continue
        text = path.read_text(errors="replace")
        found += [
            (str(path.relative_to(ROOT)), word) for word in OF_A_MACHINE + OPEN_ENDS if word in text
        ]
    assert found == []


def test_the_locks_have_hashes_and_no_addresses():
    for path in tracked("*.lock"):
        text = path.read_text()
        assert "://" not in text
        pinned = re.findall(r"^[\w.\[\]-]+==", text, re.MULTILINE)
        assert len(pinned) > 10
        assert text.count("--hash=sha256:") >= len(pinned)


def test_nothing_uses_signals():
    banned = re.compile(r"django\.db\.models\.signals|django\.dispatch")
    hits = [p for p in modules() if "tests" not in p.parts and banned.search(p.read_text())]
    assert hits == []


def test_compose_starts_what_the_site_needs():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert set(services) == {"db", "prepare", "web", "worker", "scheduler", "proxy"}
    for name in ("prepare", "web", "worker", "scheduler"):
        assert services[name]["env_file"] == [".env"]
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgresql://")
