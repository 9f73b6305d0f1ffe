"""Where our verdicts part from what the stewards themselves published, and why.

Named per system; no verdict depends on it. The pages show it under “Where we
differ from the steward”, and a test over the reviewed catalogue proves that no
departure goes unnamed.
"""

from definitions.core import Departure

# --- Open Source AI Definition 1.0 ---------------------------------------------------------

TERMS_NOT_KNOWN = (
    "Version 1.0 asks for the information about the data under OSI-approved terms. Nobody has "
    "recorded under which terms the makers publish it, so this stays open. Nothing on record fails."
)
LEFT_TO_PEOPLE = (
    f"{TERMS_NOT_KNOWN} OSI's reviewers of 2024 found the information detailed enough; our rules "
    "cannot compute that, and leave it to a published ruling."
)
PARTLY_DESCRIBED = (
    f"{LEFT_TO_PEOPLE} Some of what the maker tells about the data is on record as partial; "
    "version 1.0 asks for a complete description, which the drafts that OSI used did not yet."
)


def left_open(system: str, reason: str) -> Departure:
    return Departure(system=system, steward_result="pass", our_reading="not known", reason=reason)


OSAID_1_0 = (
    left_open("amber", PARTLY_DESCRIBED),
    left_open("crystalcoder", PARTLY_DESCRIBED),
    left_open("olmo-7b", TERMS_NOT_KNOWN),
    left_open("pythia", LEFT_TO_PEOPLE),
    left_open("t5", PARTLY_DESCRIBED),
)


# --- Model Openness Framework 1.0 ------------------------------------------------------------

NO_UNKNOWN = (
    "The steward's tool has no “unknown”: a component that its record does not list, or lists "
    "without a licence, counts as missing. Here its terms are unknown until somebody shows them, "
    "so the class is left open."
)


def open_for_us(system: str, ours: str, *components: str, left_open: bool = False) -> Departure:
    """We have open terms on record for components for which the tool's record has none."""
    named = ", ".join(component.replace("-", " ") for component in components)
    reason = f"We have open terms on record, with evidence, where the tool has none: {named}."
    return Departure(
        system=system,
        steward_result="unclassified",
        our_reading=ours,
        reason=f"{reason} {NO_UNKNOWN}" if left_open else reason,
    )


UNCLASSIFIED = "unclassified, with other progress"
AT_MOST = "not known (at most Class {})"

TERMS_UNREAD = (
    "The tool’s record names a licence for documents such as the model card, the data card or the "
    "report. The makers’ own pages, against which this entry was held, state none for them, so "
    "their terms are unknown here."
)


def terms_unread(system: str, steward_result: str) -> Departure:
    """A class that is left open, because the makers name no terms for some documents."""
    return Departure(
        system=system,
        steward_result=steward_result,
        our_reading=AT_MOST.format("I"),
        reason=TERMS_UNREAD,
    )


MOF_1_0 = (
    terms_unread("amber", "class-1"),
    terms_unread("granite-4", "class-3"),
    terms_unread("olmo-7b", "class-1"),
    terms_unread("pythia", "class-1"),
    open_for_us("bloom", UNCLASSIFIED, "inference-code", "model-architecture", "training-code"),
    open_for_us("crystalcoder", AT_MOST.format("I"), "datasets", left_open=True),
    Departure(
        system="falcon-180b",
        steward_result="unclassified",
        our_reading=UNCLASSIFIED,
        reason="The tool counts RefinedWeb as the datasets. What is published of it is a part of "
        "the data that the model was trained on, so we leave that component to judgement.",
    ),
    open_for_us(
        "falcon-40b",
        AT_MOST.format("I"),
        "inference-code",
        "model-architecture",
        "parameters-final",
        left_open=True,
    ),
    open_for_us("gemma-2", UNCLASSIFIED, "inference-code", "model-architecture"),
    open_for_us("gpt-oss", UNCLASSIFIED, "evaluation-code"),
    open_for_us("grok-1", UNCLASSIFIED, "inference-code"),
    open_for_us(
        "mixtral-8x7b",
        UNCLASSIFIED,
        "evaluation-results",
        "inference-code",
        "model-card",
        "research-paper",
        "technical-report",
    ),
    open_for_us(
        "phi-2",
        AT_MOST.format("III"),
        "inference-code",
        "model-card",
        "parameters-final",
        left_open=True,
    ),
    open_for_us(
        "sea-lion",
        AT_MOST.format("I"),
        "inference-code",
        "model-architecture",
        "model-card",
        "parameters-final",
        left_open=True,
    ),
    open_for_us(
        "t5",
        AT_MOST.format("I"),
        "data-preprocessing-code",
        "evaluation-code",
        "inference-code",
        "model-architecture",
        "parameters-final",
        "training-code",
        left_open=True,
    ),
)
