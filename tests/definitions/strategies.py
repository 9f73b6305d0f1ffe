"""Generated facts, and the favourable and unfavourable ways to settle what is unknown."""

from typing import Any

from hypothesis import strategies as st

from definitions.facts import Facts
from definitions.vocabulary import (
    Answer,
    Availability,
    CommercialUse,
    Completeness,
    ComponentKind,
    Cost,
    DataClass,
    Extent,
    LicenceStatus,
    ListAnswer,
    Term,
    TrainingStage,
    UseRestriction,
    WeightsForm,
)

IDS = ["Apache-2.0", "CC-BY-4.0", "LicenseRef-A", "LicenseRef-B"]
EXPRESSIONS = [*IDS, "Apache-2.0 OR LicenseRef-A", "LicenseRef-A AND LicenseRef-B"]

GRANTS = ["derivatives", "redistribution", "sublicence_automatic", "technology_neutral"]
LIMITS = [
    "restricts_other_works", "user_cap", "revenue_cap", "territory_limits", "excluded_groups",
    "royalty", "product_specific",
]  # fmt: skip


def words(term: type[Term]) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in term])


licences = st.fixed_dictionaries(
    {
        "osi_approved": words(Answer),
        "fsf_free": words(ListAnswer),
        "commercial": words(CommercialUse),
        **{name: words(Answer) for name in GRANTS + LIMITS},
    },
    optional={"use_restrictions": st.lists(words(UseRestriction), max_size=2)},
)

components = st.fixed_dictionaries(
    {
        "availability": words(Availability),
        "completeness": words(Completeness),
        "cost": words(Cost),
        "form": words(WeightsForm),
        "open_format": words(Answer),
    },
    optional={"included_in": words(ComponentKind)},
).flatmap(
    lambda row: st.one_of(
        st.just(row | {"licence_status": LicenceStatus.UNKNOWN.value}),
        st.just(row | {"licence_status": LicenceStatus.NONE_STATED.value}),
        st.sampled_from(EXPRESSIONS).map(
            lambda text: row | {"licence_status": LicenceStatus.STATED.value, "licence": text}
        ),
    )
)

datasets = st.fixed_dictionaries(
    {
        "slug": st.sampled_from(["a", "b", "c"]),
        "name": st.just("Corpus"),
        "stage": words(TrainingStage),
        "data_class": words(DataClass),
        "url": st.sampled_from(["", "https://example.org/corpus"]),
    }
)

INFORMATION = [
    "provenance", "scope", "selection", "labelling", "processing", "filtering",
    "covers_all_training_data",
]  # fmt: skip

documents = st.fixed_dictionaries(
    {
        "system": st.just({"slug": "x", "name": "X"}),
        "components": st.dictionaries(words(ComponentKind), components),
        "datasets": st.lists(datasets, max_size=3, unique_by=lambda d: (d["slug"], d["stage"])),
        "data_information": st.fixed_dictionaries({name: words(Extent) for name in INFORMATION}),
        "licences": st.fixed_dictionaries(dict.fromkeys(IDS, licences)),
    }
)
"""Facts documents as JSON."""


def unknowns(document: dict[str, Any]) -> list[tuple[tuple[str, ...], str, str]]:
    """Every unknown in a document: (path, favourable word, unfavourable word)."""
    found: list[tuple[tuple[str, ...], str, str]] = []

    def look(path: tuple[str, ...], holder: dict[str, Any], name: str, good: str, bad: str) -> None:
        if holder.get(name, "unknown") == "unknown":
            found.append(((*path, name), good, bad))

    for kind, row in document["components"].items():
        if "included_in" in row:  # its own unknowns are answered by its host
            continue
        path = ("components", kind)
        look(path, row, "availability", "open_download", "not_released")
        look(path, row, "completeness", "full", "none")
        look(path, row, "form", "full", "obfuscated")
        look(path, row, "cost", "free", "paid")
    for name in INFORMATION:
        look(("data_information",), document["data_information"], name, "yes", "no")
    for identifier, licence in document["licences"].items():
        path = ("licences", identifier)
        look(path, licence, "osi_approved", "yes", "no")
        look(path, licence, "fsf_free", "yes", "no")
        look(path, licence, "commercial", "yes", "no")
        for name in GRANTS:
            look(path, licence, name, "yes", "no")
        for name in LIMITS:
            look(path, licence, name, "no", "yes")
    return found


def settled(document: dict[str, Any], path: tuple[str, ...], word: str) -> Facts:
    """The facts with one unknown settled."""
    copy = replaced(document, path, word)
    return Facts.from_json(copy)


def replaced(document: dict[str, Any], path: tuple[str, ...], word: str) -> dict[str, Any]:
    if len(path) == 1:
        return document | {path[0]: word}
    return document | {path[0]: replaced(document[path[0]], path[1:], word)}
