"""The strip: one character per kind of component."""

import pytest

from definitions.strip import strip
from definitions.vocabulary import STRIP_KINDS, ComponentKind
from tests.definitions.build import component, facts, open_facts


def cell(kind: ComponentKind, **change: str) -> str:
    of = facts(components={kind.value: component(**change)})
    return strip(of)[STRIP_KINDS.index(kind)]


def test_there_are_22_cells_and_nothing_recorded_is_unknown():
    assert strip(facts()) == "u" * 22


def test_a_fully_open_system_is_filled_where_it_is_recorded():
    assert strip(open_facts()) == "ouoo" + "oooouo" + "oou" + "oooouuuuu"


@pytest.mark.parametrize(
    ("change", "drawn"),
    [
        ({}, "o"),
        ({"licence": "CC-BY-4.0"}, "o"),
        ({"licence": "OpenMDW-1.0"}, "o"),
        ({"licence": "LicenseRef-Llama-2"}, "l"),
        ({"licence": "LicenseRef-Unheard-Of"}, "l"),
        ({"licence": "", "licence_status": "none_stated"}, "l"),
        ({"licence": "", "licence_status": "unknown"}, "l"),
        ({"completeness": "partial"}, "l"),
        ({"completeness": "unknown"}, "o"),
        ({"availability": "gated_auto"}, "l"),
        ({"availability": "partial"}, "l"),
        ({"availability": "not_released"}, "c"),
        ({"availability": "api_only"}, "c"),
        ({"availability": "not_applicable"}, "n"),
        ({"availability": "unknown"}, "u"),
    ],
)
def test_how_a_component_is_drawn(change: dict[str, str], drawn: str):
    assert cell(ComponentKind.TRAINING_CODE, **change) == drawn


def test_a_licence_that_only_the_fsf_or_the_open_definition_lists_is_open():
    for listed in ({"fsf_free": "yes"}, {"open_definition": "yes"}):
        of = facts(
            components={"training_code": component(licence="LicenseRef-Listed")},
            licences={"LicenseRef-Listed": {"osi_approved": "no"} | listed},
        )
        assert strip(of)[STRIP_KINDS.index(ComponentKind.TRAINING_CODE)] == "o"
