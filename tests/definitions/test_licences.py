"""SPDX expressions and the questions that are asked of licences."""

import pytest

from definitions import licences
from definitions.business import business_use
from definitions.facts import Dataset
from definitions.vocabulary import LicenceStatus, Status, TrainingStage
from tests.definitions.build import component, facts


@pytest.mark.parametrize(
    ("expression", "ids"),
    [
        ("MIT", ("MIT",)),
        ("MIT OR Apache-2.0", ("Apache-2.0", "MIT")),
        ("(MIT OR Apache-2.0) AND CC-BY-4.0", ("Apache-2.0", "CC-BY-4.0", "MIT")),
        ("GPL-2.0-only WITH Classpath-exception-2.0", ("GPL-2.0-only",)),
        ("LicenseRef-CreativeML-OpenRAIL-M", ("LicenseRef-CreativeML-OpenRAIL-M",)),
        ("not an expression (", ("not an expression (",)),
        ("", ()),
        ("( )", ("( )",)),
        ("( and a b", ("( and a b",)),
    ],
)
def test_ids_of_an_expression(expression: str, ids: tuple[str, ...]):
    assert licences.licence_ids(expression) == ids


@pytest.mark.parametrize(
    ("restrictions", "status"),
    [
        (None, Status.UNKNOWN),
        ([], Status.MET),
        (["unknown"], Status.UNKNOWN),
        (["behavioural"], Status.NOT_MET),
        (["unknown", "research_only"], Status.NOT_MET),
    ],
)
def test_use_restrictions(restrictions: list[str] | None, status: Status):
    of = facts(licences={"LicenseRef-A": {"use_restrictions": restrictions}})
    assert licences.no_use_restrictions("", of.licences["LicenseRef-A"]) is status


# --- what a status says of the terms, whatever stands beside it -----------------------------------


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"licence": "Apache-2.0"}, "met"),
        ({"licence": "Apache-2.0", "licence_status": "mixed"}, "unknown"),
        ({"licence": "CC-BY-NC-4.0", "licence_status": "mixed"}, "not_met"),
        ({"licence": "LicenseRef-Unheard-Of", "licence_status": "mixed"}, "unknown"),
        ({"licence": "", "licence_status": "mixed"}, "unknown"),
        ({"licence": "Apache-2.0", "licence_status": "unrecognised"}, "unknown"),
        ({"licence": "Apache-2.0", "licence_status": "none_stated"}, "not_met"),
    ],
)
def test_a_status_says_more_than_a_licence_beside_it(terms: dict[str, str], status: str):
    of = facts(components={"training_code": component(**terms)})
    (row,) = of.resolved.values()
    assert licences.of_row(row, licences.osi_approved, of, none_stated=Status.NOT_MET) == status


WORDS = ["Proprietary", "proprietary license", "PROPRIETARY LICENCE.", "All rights reserved"]
WORDS += ["Copyright (c) 2024 Somebody Ltd. All rights reserved.", "closed source", "Closed-source"]
WORDS += ["© Somebody. All Rights Reserved", " Proprietary software "]


@pytest.mark.parametrize("text", WORDS)
def test_words_that_reserve_all_rights_grant_nothing(text: str):
    row = component(licence="", licence_status="unrecognised", licence_text=text)
    of = facts(components={"weights_final": row})
    (weights,) = of.resolved.values()
    asked = (licences.osi_approved, licences.commercial, licences.derivatives)
    for term in (*asked, licences.redistribution, licences.rights_pass_on):
        assert licences.of_row(weights, term, of, none_stated=Status.MET) is Status.NOT_MET
    assert business_use(of) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "Foo License",
        "Proprietary community agreement of Foo",
        "Copyright Foo. All rights reserved. Redistribution and use are permitted",
        "",
    ],
)
def test_other_words_that_we_do_not_know_stay_unknown(text: str):
    row = component(licence="", licence_status="unrecognised", licence_text=text)
    of = facts(components={"weights_final": row})
    (weights,) = of.resolved.values()
    assert not licences.reserved(weights)
    assert business_use(of) == "unknown"


def test_a_dataset_has_no_words_of_a_licence():
    row = Dataset(
        slug="d",
        name="D",
        stage=TrainingStage.PRETRAINING,
        licence_status=LicenceStatus.UNRECOGNISED,
    )
    assert not licences.reserved(row)
