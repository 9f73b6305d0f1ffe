"""Random files of the Model Openness Tool: class and progress as its own rules give them.

The reference below is written from the steward's description alone and shares
no code with ours: it knows no unknown, so every component is either listed with
its terms or absent from the release.
"""

from hypothesis import given
from hypothesis import strategies as st

from definitions.core import evaluate
from definitions.rules.mof_1_0 import DEFINITION
from tests.definitions.build import facts
from tests.definitions.mof_files import KINDS

CLASS_III = {
    "model_architecture", "weights_final", "technical_report", "evaluation_results",
    "model_card", "data_documentation",
}  # fmt: skip
CLASS_II = CLASS_III | {"training_code", "inference_code", "evaluation_code", "evaluation_data"}
CLASS_I = CLASS_II | {
    "research_paper", "pretraining_data", "data_preprocessing_code", "weights_intermediate",
}  # fmt: skip

OPEN = {
    "MIT": {"osi_approved": "yes", "fsf_free": "yes"},
    "GPL-3.0-only": {"osi_approved": "no", "fsf_free": "yes"},
    "CC-BY-4.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "CC-BY-SA-3.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "CC0-1.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "CDLA-Permissive-2.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "ODC-By-1.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "ODbL-1.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "GFDL-1.3": {"osi_approved": "no", "fsf_free": "not_listed"},
    "OGL-UK-3.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "OpenMDW-1.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    # The tool lists it as “ODC-PDDL-1.0”, which no SPDX list has: a departure of ours.
    "PDDL-1.0": {"osi_approved": "no", "fsf_free": "not_listed"},
}
CLOSED = {
    "CC-BY-NC-4.0": {"osi_approved": "no", "fsf_free": "no"},
    "CC-BY-ND-4.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "CC-BY-NC-SA-4.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "LicenseRef-Llama-2": {"osi_approved": "no", "fsf_free": "not_listed"},
    "OpenMDW-1.1": {"osi_approved": "no", "fsf_free": "not_listed"},
    "C-UDA-1.0": {"osi_approved": "no", "fsf_free": "not_listed"},
}
ABSENT, UNLICENSED = "absent", "unlicensed"

releases = st.fixed_dictionaries(
    {kind: st.sampled_from([*OPEN, *OPEN, *CLOSED, UNLICENSED, ABSENT]) for kind in KINDS.values()}
)
nearly_open = st.tuples(
    st.fixed_dictionaries({kind: st.sampled_from([*OPEN]) for kind in KINDS.values()}),
    st.dictionaries(
        st.sampled_from([*KINDS.values()]), st.sampled_from([ABSENT, "C-UDA-1.0"]), max_size=3
    ),
).map(lambda pair: pair[0] | pair[1])


def reference(release: dict[str, str]) -> tuple[str, list[float]]:
    """The class, and the gated progress of III, II and I in per cent."""
    passed = {kind for kind, licence in release.items() if licence in OPEN}
    progress: list[float] = []
    reached, name = True, "Unclassified"
    for required, numeral in ((CLASS_III, "III"), (CLASS_II, "II"), (CLASS_I, "I")):
        asked = set(required)
        if numeral == "I" and "research_paper" in passed and "technical_report" not in passed:
            asked.discard("technical_report")
        met = len(asked & passed)
        stand_in = "technical_report" not in passed and "research_paper" in passed
        if stand_in and numeral != "I":
            met += 1
        progress.append(round(100 * met / len(asked), 2) if reached else 0.0)
        if met < len(asked):
            reached = False
        elif reached:
            name = numeral
    return name, progress


def ours(release: dict[str, str]) -> tuple[str, list[float]]:
    rows = {}
    for kind, licence in release.items():
        if licence == ABSENT:
            rows[kind] = {"availability": "not_released"}
        elif licence == UNLICENSED:
            rows[kind] = {"availability": "open_download", "licence_status": "none_stated"}
        else:
            rows[kind] = {
                "availability": "open_download",
                "licence_status": "stated",
                "licence": licence,
            }
    outcome = evaluate(DEFINITION, facts(components=rows, licences=OPEN | CLOSED)).outcome
    name = DEFINITION.levels[outcome.level - 1].key if outcome.level else "Unclassified"
    return name, [step.gated for step in outcome.progress]


@given(st.one_of(releases, nearly_open))
def test_random_releases_are_classed_as_the_tool_classes_them(release: dict[str, str]):
    assert ours(release) == reference(release)
