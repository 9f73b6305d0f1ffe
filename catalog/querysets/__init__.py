"""Reads: every question that pages and services ask the database is a method here."""

from catalog.querysets.base import KeyedQuerySet, NamedQuerySet
from catalog.querysets.imports import PossibleDuplicateQuerySet, SourceRecordQuerySet
from catalog.querysets.lineage import DerivationQuerySet
from catalog.querysets.links import LinkQuerySet
from catalog.querysets.nouns import (
    DatasetQuerySet,
    FrameworkQuerySet,
    LicenceAliasQuerySet,
    LicenceQuerySet,
    OrganizationQuerySet,
    PlatformQuerySet,
    ProgrammingLanguageQuerySet,
    SystemFamilyQuerySet,
)
from catalog.querysets.records import (
    CatalogChangeQuerySet,
    CatalogStateQuerySet,
    ClaimQuerySet,
    EvaluationQuerySet,
    RulingQuerySet,
    SourceQuerySet,
    VerdictChangeQuerySet,
)
from catalog.querysets.submissions import (
    MailQuerySet,
    SubmissionEventQuerySet,
    SubmissionQuerySet,
)
from catalog.querysets.systems import AISystemQuerySet

__all__ = [
    "AISystemQuerySet",
    "CatalogChangeQuerySet",
    "CatalogStateQuerySet",
    "ClaimQuerySet",
    "DatasetQuerySet",
    "DerivationQuerySet",
    "EvaluationQuerySet",
    "FrameworkQuerySet",
    "KeyedQuerySet",
    "LicenceAliasQuerySet",
    "LicenceQuerySet",
    "LinkQuerySet",
    "MailQuerySet",
    "NamedQuerySet",
    "OrganizationQuerySet",
    "PlatformQuerySet",
    "PossibleDuplicateQuerySet",
    "ProgrammingLanguageQuerySet",
    "RulingQuerySet",
    "SourceQuerySet",
    "SourceRecordQuerySet",
    "SubmissionEventQuerySet",
    "SubmissionQuerySet",
    "SystemFamilyQuerySet",
    "VerdictChangeQuerySet",
]
