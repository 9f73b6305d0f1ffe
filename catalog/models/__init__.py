"""The nouns of the catalogue."""

from catalog.models.judgements import Claim, Evaluation, Ruling, StewardJudgement
from catalog.models.licences import License, LicenseAlias
from catalog.models.organizations import Organization, Platform, PlatformProfile
from catalog.models.provenance import CatalogState, Link, Source
from catalog.models.records import Component, DataInformation, TrainingData
from catalog.models.systems import AISystem, Derivation, SystemFamily, SystemMaker
from catalog.models.works import Dataset, Framework, ProgrammingLanguage

__all__ = [
    "AISystem",
    "CatalogState",
    "Claim",
    "Component",
    "DataInformation",
    "Dataset",
    "Derivation",
    "Evaluation",
    "Framework",
    "License",
    "LicenseAlias",
    "Link",
    "Organization",
    "Platform",
    "PlatformProfile",
    "ProgrammingLanguage",
    "Ruling",
    "Source",
    "StewardJudgement",
    "SystemFamily",
    "SystemMaker",
    "TrainingData",
]
