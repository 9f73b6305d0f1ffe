"""Rows for tests, made by plain functions with sensible defaults.

``make_system(slug="olmo", components={"weights_final": "Apache-2.0"})`` makes
whatever it needs around itself and evaluates the system at the end.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from catalog.desk.rulings import judged_today
from catalog.entry.licence_links import LicensedRow, link_licences
from catalog.evaluation.evaluate import evaluate_system
from catalog.models import (
    AISystem,
    Claim,
    Component,
    DataInformation,
    Dataset,
    Derivation,
    Framework,
    License,
    LicenseAlias,
    Organization,
    OrganizationFact,
    Platform,
    PlatformProfile,
    ProgrammingLanguage,
    Ruling,
    Source,
    StewardJudgement,
    Submission,
    SubmissionEvent,
    SystemFact,
    SystemFamily,
    SystemMaker,
    TrainingData,
    UsageInformation,
)
from definitions.licences import licence_ids
from definitions.readers.dates import PartialDate
from tests.definitions.build import FREE

EVIDENCE = "https://example.org/evidence"
CHECKED = dt.date(2026, 11, 23)

PERMISSIVE: dict[str, Any] = FREE | {"verified": "list"}

KNOWN: dict[str, dict[str, Any]] = {
    "Apache-2.0": PERMISSIVE
    | {
        "name": "Apache License 2.0",
        "is_spdx": True,
        "osi_approved": "yes",
        "fsf_free": "yes",
        "open_definition": "not_listed",
    },
    "MIT": PERMISSIVE
    | {
        "name": "MIT License",
        "is_spdx": True,
        "osi_approved": "yes",
        "fsf_free": "yes",
        "open_definition": "not_listed",
    },
    "CC-BY-4.0": PERMISSIVE
    | {
        "name": "Creative Commons Attribution 4.0",
        "is_spdx": True,
        "osi_approved": "no",
        "fsf_free": "yes",
        "open_definition": "yes",
    },
    "ODC-By-1.0": PERMISSIVE
    | {
        "name": "Open Data Commons Attribution",
        "is_spdx": True,
        "osi_approved": "no",
        "fsf_free": "not_listed",
        "open_definition": "yes",
    },
    "LicenseRef-Llama-2": {
        "name": "Llama 2 Community License",
        "osi_approved": "no",
        "fsf_free": "not_listed",
        "open_definition": "not_listed",
        "commercial": "capped",
        "derivatives": "yes",
        "redistribution": "yes",
        "use_restrictions": ["behavioural", "competing_models"],
        "restricts_other_works": "yes",
        "user_cap": "yes",
        "verified": "text",
    },
}
"""Licences that come with their facts when a test only names them."""

type Words = str | Mapping[str, Any]


def make_source(*, key: str = "makers-page", **values: Any) -> Source:
    defaults = {"title": "The maker's own page", "kind": "maker"} | values
    return Source.objects.get_or_create(key=key, defaults=defaults)[0]


def proof(**values: Any) -> dict[str, Any]:
    """The provenance that every fact row needs."""
    return {
        "evidence_url": EVIDENCE,
        "source": values.pop("source", None) or make_source(),
        "checked_on": CHECKED,
    } | values


def make_licence(*, spdx_id: str = "Apache-2.0", **values: Any) -> License:
    defaults = {"name": spdx_id} | KNOWN.get(spdx_id, {}) | values
    return License.objects.get_or_create(spdx_id=spdx_id, defaults=defaults)[0]


def make_alias(*, alias: str, expression: str) -> LicenseAlias:
    return LicenseAlias.objects.create(alias=alias, expression=expression)


def make_organization(*, slug: str = "ai2", **values: Any) -> Organization:
    defaults = {"name": slug.upper(), "kind": "non_profit", "country": "US"} | values
    return Organization.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_platform(*, slug: str = "huggingface", **values: Any) -> Platform:
    defaults = {"name": slug.title()} | values
    return Platform.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_profile(
    *, organization: Organization, platform: Platform | None = None, handle: str = "someone"
) -> PlatformProfile:
    return PlatformProfile.objects.create(
        organization=organization,
        platform=platform or make_platform(),
        handle=handle,
        url=f"https://example.org/{handle}",
    )


def licence_values(expression: str) -> dict[str, Any]:
    """The columns for a licence expression, with its rows made."""
    for name in licence_ids(expression):
        make_licence(spdx_id=name)
    if not expression:
        return {}
    return {"licence_expression": expression, "licence_status": "stated"}


def linked[R: LicensedRow](row: R) -> R:
    link_licences(rows=[row])
    return row


def make_language(*, slug: str = "python", licence: str = "", **values: Any) -> ProgrammingLanguage:
    defaults = {"name": slug.title()} | licence_values(licence) | values
    return linked(ProgrammingLanguage.objects.get_or_create(slug=slug, defaults=defaults)[0])


def make_framework(
    *,
    slug: str = "pytorch",
    licence: str = "",
    organizations: Sequence[str] = (),
    languages: Sequence[str] = (),
    **values: Any,
) -> Framework:
    defaults = {"name": slug.title()} | licence_values(licence) | values
    row = linked(Framework.objects.get_or_create(slug=slug, defaults=defaults)[0])
    row.organizations.add(*[make_organization(slug=name) for name in organizations])
    row.programming_languages.add(*[make_language(slug=name) for name in languages])
    return row


def make_dataset(
    *, slug: str = "dolma", licence: str = "", organizations: Sequence[str] = (), **values: Any
) -> Dataset:
    defaults = {"name": slug.title()} | licence_values(licence) | values
    row = linked(Dataset.objects.get_or_create(slug=slug, defaults=defaults)[0])
    row.organizations.add(*[make_organization(slug=name) for name in organizations])
    return row


def make_family(*, slug: str = "olmo", **values: Any) -> SystemFamily:
    defaults = {"name": slug.upper()} | values
    return SystemFamily.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_component(
    *, system: AISystem, kind: str = "weights_final", licence: str = "", **values: Any
) -> Component:
    return make_components(system, {kind: {"licence": licence} | values})[0]


def make_components(system: AISystem, components: Mapping[str, Words]) -> list[Component]:
    """All of a system's components with one insert."""
    defaults = proof() | {"availability": "open_download", "completeness": "full"}
    given = {
        kind: {"licence": words} if isinstance(words, str) else {"licence": ""} | dict(words)
        for kind, words in components.items()
    }
    terms = {
        licence: licence_values(licence) for licence in {row["licence"] for row in given.values()}
    }
    rows = [
        Component(system=system, kind=kind, **(defaults | terms[row.pop("licence")] | row))
        for kind, row in given.items()
    ]
    Component.objects.bulk_create(rows)
    link_licences(rows=rows)
    return rows


def make_training_data(
    *, system: AISystem, dataset: str = "dolma", stage: str = "pretraining", **values: Any
) -> TrainingData:
    return TrainingData.objects.create(
        system=system,
        dataset=make_dataset(slug=dataset),
        stage=stage,
        **(proof() | {"data_class": "open"} | values),
    )


def make_data_information(*, system: AISystem, **values: Any) -> DataInformation:
    return DataInformation.objects.create(system=system, **(proof() | values))


def make_usage_information(*, system: AISystem, **values: Any) -> UsageInformation:
    return UsageInformation.objects.create(system=system, **(proof() | values))


def make_system_fact(*, system: AISystem, topic: str, value: str, **values: Any) -> SystemFact:
    columns = {"topic": topic, "value": value} | values
    return SystemFact.objects.create(system=system, **(proof() | columns))


def make_organization_fact(
    *, organization: Organization, topic: str, value: str, **values: Any
) -> OrganizationFact:
    columns = {"topic": topic, "value": value} | values
    return OrganizationFact.objects.create(organization=organization, **(proof() | columns))


def make_derivation(
    *, system: AISystem, base: AISystem | None = None, base_name: str = "", **values: Any
) -> Derivation:
    return Derivation.objects.create(
        system=system, base=base, base_name=base_name, **(proof() | values)
    )


def make_claim(*, system: AISystem, **values: Any) -> Claim:
    defaults = {"claimed": "open source", "quote": "Our model is open source."}
    return Claim.objects.create(system=system, **(proof() | defaults | values))


def make_judgement(*, system: AISystem, **values: Any) -> StewardJudgement:
    defaults = {"definition_id": "osaid-1.0", "result": "pass"}
    return StewardJudgement.objects.create(system=system, **(proof() | defaults | values))


def make_ruling(*, system: AISystem, criterion: str, **values: Any) -> Ruling:
    defaults = {
        "answer": "met",
        "rationale": "The pages describe every step.",
        "decided_on": CHECKED,
        "decided_by": "editors",
    }
    if "judged" not in values:
        values["judged"] = judged_today(system=system, criterion=criterion)
    return Ruling.objects.create(
        system=system, criterion=criterion, **(proof() | defaults | values)
    )


def make_decision(
    *, system: AISystem | None = None, kind: str = "accepted", **values: Any
) -> SubmissionEvent:
    """A decision on a correction of this entry, or on a proposed one that came to nothing."""
    now = timezone.now()
    submission = Submission.objects.create(
        title="Something sent in",
        state=kind,
        system=system,
        is_new=system is None,
        sent_at=now,
        decided_at=now,
    )
    defaults = {"role": "Reviewer", "message": "Every page was read."}
    if kind == "rejected":
        defaults |= {"reason": "unproved"}
    return SubmissionEvent.objects.create(submission=submission, kind=kind, **(defaults | values))


def make_system(
    *,
    slug: str = "olmo-7b",
    organizations: Sequence[str] = ("ai2",),
    family: str = "",
    components: Mapping[str, Words] | None = None,
    training_data: Mapping[str, Mapping[str, Any]] | None = None,
    data_information: Mapping[str, str] | None = None,
    frameworks: Sequence[str] = (),
    programming_languages: Sequence[str] = (),
    release_date: str = "2024-02-01",
    evaluated: bool = True,
    **values: Any,
) -> AISystem:
    """A system with its makers and facts.

    ``components`` maps a kind to a licence expression, or to column values
    (with ``licence`` for the expression). ``training_data`` maps a dataset's
    slug to column values.
    """
    released = PartialDate.parse(release_date) if release_date else None
    columns = {
        "name": slug.replace("-", " ").title(),
        "summary": f"A system called {slug}.",
        "modalities": ["text"],
        "tasks": ["text-generation"],
        "released_on": released.day if released else None,
        "released_precision": released.precision.value if released else "",
    } | values
    if family:
        columns["family"] = make_family(slug=family)
    system = AISystem.objects.create(slug=slug, **columns)
    for position, name in enumerate(organizations):
        maker = make_organization(slug=name)
        SystemMaker.objects.create(system=system, organization=maker, position=position)
    if components:
        make_components(system, components)
    for dataset, given_values in (training_data or {}).items():
        make_training_data(system=system, dataset=dataset, **given_values)
    if data_information is not None:
        make_data_information(system=system, **data_information)
    system.frameworks.add(*[make_framework(slug=name) for name in frameworks])
    system.programming_languages.add(*[make_language(slug=name) for name in programming_languages])
    if evaluated:
        evaluate_system(system=system)
    return system
