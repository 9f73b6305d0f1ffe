"""SPDX expressions and the questions that are asked of licences."""

import pytest

from definitions import licences
from definitions.vocabulary import Status
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
    ("weights", "use"),
    [
        ({"licence": "Apache-2.0"}, "yes"),
        ({"licence": "CC-BY-4.0"}, "yes"),
        ({"licence": "CC-BY-NC-4.0"}, "no"),
        ({"licence": "LicenseRef-Llama-2"}, "capped"),
        ({"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ({"licence": "Apache-2.0 OR CC-BY-NC-4.0"}, "yes"),
        ({"licence": "Apache-2.0 AND LicenseRef-Llama-2"}, "capped"),
        ({"licence": "", "licence_status": "none_stated"}, "no"),
        ({"licence": "", "licence_status": "unknown"}, "unknown"),
    ],
)
def test_commercial_use_of_the_weights(weights: dict[str, str], use: str):
    of = facts(components={"weights_final": component(**weights)})
    assert licences.commercial_use(of) == use


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
