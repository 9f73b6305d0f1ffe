"""Every list as a table for programs: column names that stay, plain values, one row per entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.models import (
    AISystem,
    Claim,
    Dataset,
    Framework,
    License,
    Organization,
    Platform,
    ProgrammingLanguage,
    SubmissionEvent,
    VerdictChange,
)
from catalog.models.licences import ANSWERS, LISTS
from catalog.presenters.decisions import present
from definitions import registry

type Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list: the unique column that orders it, and the values of a row.

    Values are texts, numbers, None where nothing is known, or lists of texts.
    """

    values: Callable[[Any], Values]
    key: str = "slug"
    down: bool = False


def plain(row: Any, *names: str) -> Values:
    return {name: getattr(row, name) for name in names}


def slugs(rows: Any) -> list[str]:
    return sorted(row.slug for row in rows)


def shown(result: Any) -> Any:
    """The label of a verdict, or its score as a number."""
    return result.label if result.score is None else result.score


def system(row: AISystem) -> Values:
    """One system; each definition has a column with its verdict, and none where it has none."""
    found = {item.definition_id: item for item in row.evaluations.all()}
    return (
        plain(row, "slug", "name", "version")
        | {
            "family": row.family.slug if row.family else "",
            "makers": [maker.slug for maker in row.maker_list],
            "released": row.release_date,
        }
        | plain(row, "parameters", "modalities", "weights_licence")
        | business_columns(row)
        | {"strip": row.strip}
        | tier_columns(row)
        | {"verified_on": row.verified_on.isoformat() if row.verified_on else ""}
        | {
            definition.id: shown(found[definition.id]) if definition.id in found else None
            for definition in registry.DEFINITIONS
        }
    )


def business_columns(row: AISystem) -> Values:
    """Whether business may use it, with how far that was checked and whose word it is."""
    return plain(row, "commercial_use", "commercial_use_tier") | {
        "commercial_use_recorded_by": row.commercial_use_registers
    }


def tier_columns(row: AISystem) -> Values:
    """How far an entry, and each verdict on it, was checked, and whose word it is."""
    return {"tier": row.tier, "recorded_by": row.registers}


def dataset(row: Dataset) -> Values:
    return (
        plain(row, "slug", "name", "homepage", "data_class", "availability")
        | {"licence": row.licence_expression, "licence_status": row.licence_status}
        | {"makers": slugs(row.organizations.all()), "released": row.release_date}
        | plain(row, "modalities", "languages", "size", "contains_pii", "synthetic", "evidence_url")
    )


def framework(row: Framework) -> Values:
    return (
        plain(row, "slug", "name", "purpose", "homepage", "repository")
        | {"licence": row.licence_expression, "makers": slugs(row.organizations.all())}
        | {"programming_languages": slugs(row.programming_languages.all())}
        | {"released": row.release_date, "evidence_url": row.evidence_url}
    )


def licence(row: License) -> Values:
    return (
        {"id": row.spdx_id}
        | plain(row, "name", "url", "is_spdx", "deprecated", *LISTS, "use_restrictions", *ANSWERS)
        | {"evidence_url": row.evidence_url}
    )


def organization(row: Organization) -> Values:
    return (
        plain(row, "slug", "name", "other_names", "kind", "country", "homepage")
        | {"parent": row.parent.slug if row.parent else ""}
        | plain(row, "is_initiative", "evidence_url")
    )


def language(row: ProgrammingLanguage) -> Values:
    return plain(row, "slug", "name", "homepage", "first_appeared") | {
        "licence": row.licence_expression,
        "evidence_url": row.evidence_url,
    }


def platform(row: Platform) -> Values:
    return plain(row, "slug", "name", "homepage", "purpose", "evidence_url")


def claim(row: Claim) -> Values:
    return {
        "system": row.system.slug,
        "claimed": row.claimed,
        "quote": row.quote,
        "date": row.date,
        "definition": row.definition_id,
        "result": row.result,
        **tier_columns(row.system),
        "evidence_url": row.evidence_url,
    }


def change(row: VerdictChange) -> Values:
    return {
        "at": row.happened_at.isoformat(),
        "system": row.system.slug,
        "definition": row.definition_id,
        "cause": row.cause,
        "before": row.before_label,
        "after": row.label,
        **tier_columns(row.system),
    }


def decision(row: SubmissionEvent) -> Values:
    shown = present(row)
    return {
        "at": row.happened_at.isoformat(),
        "decision": row.kind,
        "proposed": "entry" if shown.is_new else "correction",
        "system": shown.system.slug if shown.system else "",
        "role": row.role,
        "reason": row.reason,
        "why": shown.why,
    }


TABLES: dict[str, Table] = {
    "systems": Table(values=system),
    "datasets": Table(values=dataset),
    "frameworks": Table(values=framework),
    "licences": Table(values=licence, key="spdx_id"),
    "organisations": Table(values=organization),
    "languages": Table(values=language),
    "platforms": Table(values=platform),
    "claims": Table(values=claim, key="pk"),
    "changes": Table(values=change, key="pk", down=True),
    "decisions": Table(values=decision, key="pk", down=True),
}
