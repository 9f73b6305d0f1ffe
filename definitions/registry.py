"""The definitions that Glassbox judges by. One line each adds one."""

from definitions.core import Definition
from definitions.rules import mof_1_0, osaid_1_0, owd_0_3

DEFINITIONS: tuple[Definition, ...] = (
    osaid_1_0.DEFINITION,
    mof_1_0.DEFINITION,
    owd_0_3.DEFINITION,
)


def get(identifier: str) -> Definition:
    """The definition with this id, such as ``osaid-1.0``; KeyError if there is none."""
    for definition in DEFINITIONS:
        if definition.id == identifier:
            return definition
    raise KeyError(identifier)


def latest(key: str) -> Definition:
    """The newest version of a definition by its key, such as ``osaid``."""
    versions = [definition for definition in DEFINITIONS if definition.key == key]
    if not versions:
        raise KeyError(key)
    return max(versions, key=lambda definition: definition.date)


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
    return found
