"""The definitions that Glassbox judges by. One line each adds one."""

from definitions.core import Definition
from definitions.inferences import INFERENCES
from definitions.marks import Judged
from definitions.rules import (
    dpg_standard_1_1_7,
    eu_ai_act_2025,
    fsf_2024,
    g7_2026,
    mof_1_0,
    open_definition_2_1,
    osai_2024,
    osai_2026,
    osaid_1_0,
    osd_1_9,
    owd_0_3,
    public_ai_2025,
)
from definitions.vocabulary import Status

DEFINITIONS: tuple[Definition, ...] = (
    osaid_1_0.DEFINITION,
    mof_1_0.DEFINITION,
    owd_0_3.DEFINITION,
    osd_1_9.DEFINITION,
    open_definition_2_1.DEFINITION,
    fsf_2024.DEFINITION,
    g7_2026.DEFINITION,
    eu_ai_act_2025.DEFINITION,
    osai_2026.DEFINITION,
    osai_2024.DEFINITION,
    dpg_standard_1_1_7.DEFINITION,
    public_ai_2025.DEFINITION,
)
"""Every version that we judge by, in the order in which pages show them."""


def current() -> tuple[Definition, ...]:
    """The newest version of each definition, in the order of the registry."""
    newest: dict[str, Definition] = {}
    for item in DEFINITIONS:
        known = newest.get(item.key)
        if known is None or item.date > known.date:
            newest[item.key] = item
    return tuple(item for item in DEFINITIONS if newest[item.key] is item)


def versions(key: str) -> tuple[Definition, ...]:
    """All versions of one definition, the oldest first."""
    found = [item for item in DEFINITIONS if item.key == key]
    return tuple(sorted(found, key=lambda item: item.date))


def get(identifier: str) -> Definition:
    """The definition with this id, such as ``osaid-1.0``; KeyError if there is none."""
    for definition in DEFINITIONS:
        if definition.id == identifier:
            return definition
    raise KeyError(identifier)


def label_of(identifier: str, result: Judged) -> str:
    """The words for a kept result; its status where the definition is gone."""
    try:
        return get(identifier).label_of(result)
    except KeyError:
        return Status.of(result.status).label


def latest(key: str) -> Definition:
    """The newest version of a definition by its key, such as ``osaid``; KeyError if none."""
    known = versions(key)
    if not known:
        raise KeyError(key)
    return known[-1]


def problems(definitions: tuple[Definition, ...] = DEFINITIONS) -> list[str]:
    """What is wrong with a registry: double ids, codes outside their definition, loose rungs."""
    found = []
    ids = [definition.id for definition in definitions]
    found += [f"{i}: registered twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
    for definition in definitions:
        codes = [criterion.code for criterion in definition.criteria]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        found += [f"{code}: used for two criteria" for code in twice]
        stray = [code for code in codes if not code.startswith(f"{definition.id}/")]
        found += [f"{code}: does not begin with {definition.id}/" for code in stray]
        rungs = {code for level in definition.levels for code in level.codes}
        found += [f"{code}: on a level, but no criterion" for code in sorted(rungs - set(codes))]
        strange = definition.without_inferences - {rule.key for rule in INFERENCES}
        found += [f"{definition.id}: declines “{key}”, no inference" for key in sorted(strange)]
    return found
