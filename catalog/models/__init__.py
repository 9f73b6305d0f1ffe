"""The nouns of the catalogue, one module per group."""

from catalog.models.components import Component
from catalog.models.datasets import Dataset, TrainingData
from catalog.models.evaluations import Cause, Evaluation, FactsDocument, VerdictChange
from catalog.models.facts import OrganizationFact, SystemFact, UsageInformation
from catalog.models.index import CatalogChange, FacetBitmap
from catalog.models.licences import LicenceMaterial, License, LicenseAlias
from catalog.models.mixins import FactRecord, Licensed, Released
from catalog.models.organizations import Organization, Platform, PlatformProfile
from catalog.models.records import (
    DuplicateState,
    PossibleDuplicate,
    RecordState,
    SourceRecord,
)
from catalog.models.sources import CatalogState, Link, LinkState, Source
from catalog.models.statements import Claim, Ruling, StewardJudgement
from catalog.models.submissions import (
    EventKind,
    Mail,
    Quota,
    RejectReason,
    Relation,
    Submission,
    SubmissionEvent,
    SubmissionState,
)
from catalog.models.systems import (
    AISystem,
    DataInformation,
    Derivation,
    SystemFamily,
    SystemMaker,
)
from catalog.models.tools import Framework, FrameworkPurpose, ProgrammingLanguage

__all__ = [
    "AISystem",
    "CatalogChange",
    "CatalogState",
    "Cause",
    "Claim",
    "Component",
    "DataInformation",
    "Dataset",
    "Derivation",
    "DuplicateState",
    "Evaluation",
    "EventKind",
    "FacetBitmap",
    "FactRecord",
    "FactsDocument",
    "Framework",
    "FrameworkPurpose",
    "LicenceMaterial",
    "License",
    "LicenseAlias",
    "Licensed",
    "Link",
    "LinkState",
    "Mail",
    "Organization",
    "OrganizationFact",
    "Platform",
    "PlatformProfile",
    "PossibleDuplicate",
    "ProgrammingLanguage",
    "Quota",
    "RecordState",
    "RejectReason",
    "Relation",
    "Released",
    "Ruling",
    "Source",
    "SourceRecord",
    "StewardJudgement",
    "Submission",
    "SubmissionEvent",
    "SubmissionState",
    "SystemFact",
    "SystemFamily",
    "SystemMaker",
    "TrainingData",
    "UsageInformation",
    "VerdictChange",
]
