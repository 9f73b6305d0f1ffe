"""Generated facts, and the favourable and unfavourable ways to settle what is unknown."""

from typing import Any

from hypothesis import strategies as st

from definitions.facts import Facts
from definitions.topics import PublicFunding, SystemTopic
from definitions.vocabulary import (
    Answer,
    Availability,
    CommercialUse,
    Completeness,
    ComponentKind,
    Cost,
    DataClass,
    DerivationKind,
    Extent,
    LicenceStatus,
    ListAnswer,
    Modality,
    OrganizationKind,
    Term,
    TrainingStage,
    UnshareableReason,
    UseRestriction,
    WeightsForm,
)

IDS = ["Apache-2.0", "CC-BY-4.0", "LicenseRef-A", "LicenseRef-B"]
EXPRESSIONS = [*IDS, "Apache-2.0 OR LicenseRef-A", "LicenseRef-A AND LicenseRef-B"]

GRANTS = ["derivatives", "redistribution", "sublicence_automatic", "technology_neutral"]
STANDING = ["irrevocable", "public_domain"]
LISTS = ["fsf_free", "open_definition"]
LIMITS = [
    "restricts_other_works", "user_cap", "revenue_cap", "territory_limits", "excluded_groups",
    "royalty", "product_specific",
]  # fmt: skip
INFORMATION = [
    "provenance", "scope", "selection", "labelling", "processing", "filtering",
    "covers_all_training_data",
]  # fmt: skip
USAGE = ["modalities", "capabilities", "limitations", "integration", "evaluation"]

ONCE_RECORDED = {
    "finetuning_data", "data_documentation", "data_preprocessing_code", "evaluation_code",
    "supporting_libraries", "model_architecture", "model_card", "technical_report",
    "usage_documentation",
}  # fmt: skip
"""Kinds that some definitions ask for only where something is recorded of them."""


def words(term: type[Term]) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in term])


licences = st.fixed_dictionaries(
    {
        "osi_approved": words(Answer),
        "commercial": words(CommercialUse),
        **{name: words(ListAnswer) for name in LISTS},
        **{name: words(Answer) for name in GRANTS + STANDING + LIMITS},
    },
    optional={"use_restrictions": st.lists(words(UseRestriction), max_size=2)},
)

TERMS = st.one_of(
    st.just({"licence_status": LicenceStatus.UNKNOWN.value}),
    st.just({"licence_status": LicenceStatus.NONE_STATED.value}),
    st.sampled_from(EXPRESSIONS).map(
        lambda text: {"licence_status": LicenceStatus.STATED.value, "licence": text}
    ),
)


def with_terms(row: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return TERMS.map(lambda terms: row | terms)


COMPONENT: dict[str, st.SearchStrategy[str]] = {
    "availability": words(Availability),
    "completeness": words(Completeness),
    "cost": words(Cost),
    "form": words(WeightsForm),
    "machine_readable": words(Answer),
    "open_format": words(Answer),
    "persistent_id": st.sampled_from(["", "10.5281/zenodo.1"]),
}


def components(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    reviewed = {"peer_reviewed": words(Answer)} if kind == "research_paper" else {}
    optional = {"included_in": words(ComponentKind)}
    return st.fixed_dictionaries(COMPONENT | reviewed, optional=optional).flatmap(with_terms)


some_components = (
    st.lists(words(ComponentKind), unique=True)
    .map(sorted)
    .flatmap(lambda kinds: st.fixed_dictionaries({kind: components(kind) for kind in kinds}))
)

datasets = st.fixed_dictionaries(
    {
        "slug": st.sampled_from(["a", "b", "c"]),
        "name": st.just("Corpus"),
        "stage": words(TrainingStage),
        "data_class": words(DataClass),
        "unshareable_reason": words(UnshareableReason),
        "url": st.sampled_from(["", "https://example.org/corpus"]),
    }
).flatmap(with_terms)

organizations = st.fixed_dictionaries(
    {
        "slug": st.sampled_from(["a", "b", "c"]),
        "name": st.just("Maker"),
        "kind": words(OrganizationKind),
        "legal_owner": words(Answer),
        "public_funding": words(PublicFunding),
        "public_governance": words(Answer),
        "public_mission": words(Answer),
        "microenterprise": words(Answer),
    }
)

base_systems = st.fixed_dictionaries(
    {
        "slug": st.sampled_from(["a", "b", "c"]),
        "name": st.just("Base"),
        "kind": words(DerivationKind),
        "weights": words(Availability),
        "data": words(Availability),
        "data_completeness": words(Completeness),
    }
)

circumstances = st.fixed_dictionaries(
    {
        topic.value: words(topic.words)
        if topic.words
        else st.sampled_from(["", "1e22", "3.8e23", "1e25"])
        for topic in SystemTopic
    }
)


def slugged(rows: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(rows, max_size=2, unique_by=lambda row: row["slug"])


def told(names: list[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({name: words(Extent) for name in names})


documents = st.fixed_dictionaries(
    {
        "system": st.lists(words(Modality), max_size=1).map(
            lambda modalities: {"slug": "x", "name": "X", "modalities": modalities}
        ),
        "organizations": slugged(organizations),
        "components": some_components,
        "datasets": st.lists(datasets, max_size=3, unique_by=lambda d: (d["slug"], d["stage"])),
        "data_information": told(INFORMATION),
        "usage_information": told(USAGE),
        "circumstances": circumstances,
        "base_systems": slugged(base_systems),
        "licences": st.fixed_dictionaries(dict.fromkeys(IDS, licences)),
    }
)
"""Facts documents as JSON."""

CIRCUMSTANCES = [
    ("systemic_risk", "no", "yes"),
    ("monetisation", "none", "paid_access_only"),
    ("endpoint_operator", "public_body", "company"),
    ("endpoint_cost", "free", "paid"),
    ("public_sector_use", "yes", "no"),
    ("compute_owner", "public_body", "company"),
    ("sdg_relevance", "yes", "no"),
    ("closed_dependencies", "no", "yes"),
    ("open_alternatives", "yes", "no"),
    ("pii_handling", "yes", "no"),
    ("content_policy", "yes", "no"),
    ("code_of_conduct", "yes", "no"),
]
"""Left out: ``gpai``, whose “no” ends the scope, and ``personal_data_required``, whose “yes” only
calls for a judgement."""

ORGANIZATION = [
    ("kind", "public_body", "company"),
    ("legal_owner", "yes", "no"),
    ("public_funding", "majority", "none"),
    ("public_governance", "yes", "no"),
    ("public_mission", "yes", "no"),
    ("microenterprise", "yes", "no"),
]
BASE_SYSTEM = [
    ("weights", "open_download", "not_released"),
    ("data", "open_download", "not_released"),
    ("data_completeness", "full", "none"),
]
LICENCE = [
    ("osi_approved", "yes", "no"),
    ("commercial", "yes", "no"),
    *[(name, "yes", "no") for name in LISTS + GRANTS + STANDING],
    *[(name, "no", "yes") for name in LIMITS],
]

type Question = tuple[tuple[str, ...], str, str]


def unknowns(document: dict[str, Any]) -> list[Question]:
    """Every unknown in a document: (path, favourable word, unfavourable word)."""
    found: list[Question] = []

    def look(
        path: tuple[str, ...], holder: dict[str, Any], fields: list[tuple[str, str, str]]
    ) -> None:
        found.extend(
            ((*path, name), good, bad)
            for name, good, bad in fields
            if holder.get(name, "unknown") == "unknown"
        )

    hosts = {row.get("included_in") for row in document["components"].values()}
    for kind, row in document["components"].items():
        if "included_in" not in row:  # else its unknowns are answered by its host
            look(("components", kind), row, component_fields(kind, row, is_host=kind in hosts))
    extents = [(name, "yes", "no") for name in INFORMATION + USAGE]
    look(("data_information",), document["data_information"], extents[: len(INFORMATION)])
    look(("usage_information",), document["usage_information"], extents[len(INFORMATION) :])
    look(("circumstances",), document["circumstances"], circumstance_fields(document))
    for identifier, licence in document["licences"].items():
        look(("licences", identifier), licence, LICENCE)
    for place, row in enumerate(document["organizations"]):
        look(("organizations", str(place)), row, ORGANIZATION)
    for place, row in enumerate(document["base_systems"]):
        look(("base_systems", str(place)), row, BASE_SYSTEM)
    return found


def circumstance_fields(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    makers = document["organizations"]
    small = bool(makers) and all(row["microenterprise"] == "yes" for row in makers)
    # Where all makers are small, a price only calls for a judgement.
    return [row for row in CIRCUMSTANCES if not (small and row[0] == "monetisation")]


def component_fields(
    kind: str, row: dict[str, Any], *, is_host: bool
) -> list[tuple[str, str, str]]:
    fields = [
        ("completeness", "full", "none"),
        ("form", "full", "obfuscated"),
        ("cost", "free", "paid"),
        ("machine_readable", "yes", "no"),
        ("open_format", "yes", "no"),
    ]
    if kind == "research_paper":
        fields.append(("peer_reviewed", "yes", "no"))
    # A first record of such a kind, or of what is inside it, puts it on the list of demands.
    unrecorded = row["licence_status"] == "unknown" and kind in ONCE_RECORDED
    if not (unrecorded or is_host):
        fields.append(("availability", "open_download", "not_released"))
    return fields


def settled(document: dict[str, Any], path: tuple[str, ...], word: str) -> Facts:
    """The facts with one unknown settled."""
    return Facts.from_json(replaced(document, path, word))


def replaced(document: Any, path: tuple[str, ...], word: str) -> Any:
    """A copy of nested objects and lists with one value replaced."""
    if not path:
        return word
    name, *rest = path
    if isinstance(document, list):
        place = int(name)
        inner = replaced(document[place], tuple(rest), word)
        return [*document[:place], inner, *document[place + 1 :]]
    return document | {name: replaced(document.get(name), tuple(rest), word)}
