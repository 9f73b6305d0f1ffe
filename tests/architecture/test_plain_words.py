"""The voice of the site: words of an accent that is not English, and none is allowed."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.test_house_rules import ROOT, tracked

ACCENT = re.compile(
    r"\b(stands?|standing|stood|told|nobody|can be had|looked at|said to be)\b", re.IGNORECASE
)

TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)
TRANSLATED = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')|_\("([^"]*)"\)""")

QUOTED = {
    ("content/learn/nairr.md", "stand"): "the title and the address of another's article",
}
"""Words of others, which are not ours to change."""

STORED = {"catalog/intake/registers/mof.py", "catalog/intake/registers/licences.py"}
"""Their messages are kept with the records in ``fixtures/``."""


def written_in_template(text: str) -> str:
    """What people read of a template: its text and what its tags translate."""
    translated = [next(filter(None, found), "") for found in TRANSLATED.findall(text)]
    return " ".join([TAG.sub(" ", text), *translated])


def written_in_module(text: str) -> str:
    """Texts of more than one word that are not docstrings."""
    module = ast.parse(text)
    docstrings = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return " ".join(
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and " " in node.value
        and id(node) not in docstrings
    )


def pages() -> Iterator[tuple[Path, str]]:
    for path in tracked("templates/*.html", "templates/*.txt"):
        yield path, written_in_template(path.read_text())
    for path in tracked("content/*.md", "content/*.yaml"):
        yield path, path.read_text()


def messages() -> Iterator[tuple[Path, str]]:
    for path in tracked("catalog/*.py", "config/*.py"):
        if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in STORED:
            yield path, written_in_module(path.read_text())


def documents() -> Iterator[tuple[Path, str]]:
    for path in tracked("docs/*.md", "README.md", "CONTRIBUTING.md", "fixtures/README.md"):
        if path.name != "architecture.md" and "adr" not in path.parts:
            yield path, path.read_text()


@pytest.mark.parametrize("written", [pages, messages, documents])
def test_nothing_that_people_read_has_the_accent(written: Callable[[], Iterator[tuple[Path, str]]]):
    found = [
        (str(path.relative_to(ROOT)), word.lower())
        for path, text in written()
        for word in ACCENT.findall(text)
    ]

    assert [pair for pair in found if pair not in QUOTED] == []


def test_it_is_found_in_text_in_attributes_and_in_what_tags_translate():
    assert ACCENT.findall(written_in_template("<p>It stands here, {{ row.standing }}</p>"))
    assert ACCENT.findall(written_in_template('{% translate "Nobody is told" as label %}'))
    assert not ACCENT.findall(written_in_template("{% tier_tag system.standing %} understood"))
    assert ACCENT.findall(written_in_module('def f():\n    """told so"""\n    return "told so"'))
    assert not ACCENT.findall(written_in_module('"""Nobody is told."""'))
