"""The licence facts that travel with the rules are those of the catalogue's files."""

import json
from pathlib import Path
from typing import Any

import pytest

from definitions.__main__ import main
from definitions.register_licences import (
    FILE,
    filled,
    register_book,
    register_licences,
    undescribed,
)
from scripts.licence_facts import text
from tests.definitions.build import component, facts


def test_the_file_says_what_the_catalogue_says():
    assert FILE.read_text(encoding="utf-8") == text(), "make licences"


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("Apache 2.0", "Apache-2.0"),
        ("mit license or Apache License 2.0", "MIT OR Apache-2.0"),
        ("llama3", "LicenseRef-Llama-3"),
        ("sendmail", "Sendmail"),
        ("GPL-3.0", "GPL-3.0-only"),
    ],
)
def test_every_spelling_of_the_catalogue_is_known_without_it(written: str, spelled: str):
    assert register_book().normalise(written) == spelled


def test_of_a_licence_that_the_list_alone_knows_its_approvals_are_told():
    assert register_licences()["Sendmail"].osi_approved == "no"
    assert register_licences()["Sendmail"].fsf_free == "not_listed"
    assert register_licences()["Sendmail"].commercial == "unknown"
    assert register_licences()["Fair"].osi_approved == "yes"
    assert register_licences()["BSD-4-Clause"].fsf_free == "yes"


def test_what_a_document_says_of_a_licence_counts():
    own = facts(
        components={"weights_final": component(licence="apache-2.0")},
        licences={"Apache-2.0": {"osi_approved": "no"}},
    )
    assert undescribed(own) == set()
    assert filled(own, register_licences()) == (own, [])


def test_only_licences_that_are_named_are_filled_in():
    known = facts(components={"weights_final": component(licence="MIT AND LicenseRef-Nobody")})
    whole, names = filled(known, register_licences())
    assert names == ["MIT"]
    assert whole.licences["MIT"].osi_approved == "yes"
    assert set(whole.licences) >= {"MIT"}


def test_the_command_says_what_it_filled_in(tmp_path: Path, capsys: Any):
    path = tmp_path / "facts.json"
    row = component(licence="MIT")
    document = {"schema": "glassbox-facts/1", "system": {"slug": "x", "name": "X"}}
    path.write_text(json.dumps(document | {"components": {"weights_final": row}}))
    assert main(["evaluate", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["licences_filled"] == ["MIT"]
    assert main(["evaluate", str(path), "--licences", "document"]) == 0
    assert json.loads(capsys.readouterr().out)["licences_filled"] == []
    assert main(["evaluate", str(path), "--format", "text"]) == 0
    assert "were filled in for: MIT" in capsys.readouterr().out
