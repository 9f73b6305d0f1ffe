"""One good row of every table, and each way in which it can be wrong."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from catalog.models import (
    AISystem,
    CatalogState,
    Claim,
    Component,
    DataInformation,
    Dataset,
    Derivation,
    Evaluation,
    FacetBitmap,
    FactsDocument,
    Framework,
    License,
    LicenseAlias,
    Link,
    Organization,
    OrganizationFact,
    Platform,
    PlatformProfile,
    PossibleDuplicate,
    ProgrammingLanguage,
    Quota,
    Ruling,
    Source,
    SourceRecord,
    StewardJudgement,
    Submission,
    SubmissionEvent,
    SystemFact,
    SystemFamily,
    SystemMaker,
    TrainingData,
    UsageInformation,
    VerdictChange,
)
from catalog.models.facts import USAGE
from catalog.models.systems import INFORMATION
from tests import factories as make

type Columns = dict[str, Any]

LONG_QUOTE = " ".join(["word"] * 26)


def system() -> AISystem:
    found = AISystem.objects.filter(slug="one").first()
    return found or make.make_system(slug="one", evaluated=False)


def row() -> Columns:
    return make.proof() | {"system": system()}


def verdict() -> Columns:
    now = timezone.now()
    return {
        "system": system(),
        "definition_id": "osaid-1.0",
        "status": "met",
        "facts_fingerprint": "0" * 64,
        "definition_fingerprint": "osaid-1.0+r1",
        "evaluated_at": now,
        "status_since": now,
    }


def named() -> Columns:
    return {"slug": "thing", "name": "Thing"}


GOOD: dict[type[models.Model], Callable[[], Columns]] = {
    AISystem: named,
    CatalogState: lambda: {"id": 1},
    Claim: lambda: row() | {"claimed": "open source", "quote": "It is open source."},
    Component: lambda: row() | {"kind": "weights_final"},
    DataInformation: row,
    Dataset: named,
    Derivation: lambda: row() | {"base_name": "Some base", "kind": "finetune"},
    Evaluation: verdict,
    Framework: named,
    License: lambda: {"spdx_id": "MIT", "name": "MIT License"},
    LicenseAlias: lambda: {"alias": "MIT license", "expression": "MIT"},
    Link: lambda: {"url": "https://example.org/"},
    Organization: named,
    Platform: named,
    PlatformProfile: lambda: {
        "organization": make.make_organization(),
        "platform": make.make_platform(),
        "handle": "someone",
    },
    PossibleDuplicate: lambda: {
        "first": system(),
        "second": make.make_system(slug="two", evaluated=False),
        "reason": "The same name.",
    },
    ProgrammingLanguage: named,
    Ruling: lambda: (
        row()
        | {
            "criterion": "osaid-1.0/data-info-complete",
            "answer": "met",
            "rationale": "Described in full.",
            "decided_on": make.CHECKED,
            "decided_by": "editors",
        }
    ),
    Source: lambda: {"key": "mot", "title": "MOT", "kind": "register"},
    FacetBitmap: lambda: {"facet": "task", "value": "x", "systems": b""},
    FactsDocument: lambda: {
        "system": system(),
        "fingerprint": "0" * 64,
        "packed": b"",
        "recorded_at": dt.datetime(2026, 11, 28, tzinfo=dt.UTC),
    },
    Quota: lambda: {"name": "send:x", "window": 1, "expires_at": timezone.now()},
    Submission: dict,
    SubmissionEvent: lambda: {
        "submission": Submission.objects.create(),
        "kind": "sent",
        "role": "Submitter",
    },
    SourceRecord: lambda: {
        "source": make.make_source(key="mot", title="MOT", kind="register"),
        "key": "One.yml",
        "fingerprint": "0" * 64,
        "state": "matched",
        "system": system(),
        "read_on": make.CHECKED,
        "imported_at": timezone.now(),
    },
    StewardJudgement: lambda: row() | {"definition_id": "osaid-1.0", "result": "pass"},
    OrganizationFact: lambda: (
        make.proof()
        | {"organization": make.make_organization(), "topic": "legal_owner", "value": "yes"}
    ),
    SystemFact: lambda: row() | {"topic": "gpai", "value": "yes"},
    SystemFamily: named,
    SystemMaker: lambda: {"system": system(), "organization": make.make_organization(slug="new")},
    TrainingData: lambda: row() | {"dataset": make.make_dataset(), "stage": "pretraining"},
    UsageInformation: row,
    VerdictChange: lambda: {
        "system": system(),
        "definition_id": "osaid-1.0",
        "cause": "facts",
        "happened_at": timezone.now(),
    },
}

SLUGGED = {
    "slug_form": {"slug": "Not a slug"},
    "name_filled": {"name": ""},
}
RECORDED = {
    "evidence_url_http": {"evidence_url": "ftp://example.org/x"},
    "quote_length": {"quote": LONG_QUOTE},
}
PROVED = RECORDED | {"has_provenance": {"evidence_url": ""}}
LICENSED = {
    "licence_status_word": {"licence_status": "perhaps"},
    "licence_url_http": {"licence_url": "example.org"},
    "expression_needs_status": {"licence_expression": "MIT", "licence_status": "unknown"},
    "stated_needs_expression": {"licence_status": "stated"},
    "text_iff_unrecognised": {"licence_text": "Do as you like", "licence_status": "none_stated"},
}
RELEASED = {"released_precision": {"released_precision": "day"}}

BROKEN: dict[type[models.Model], dict[str, Columns]] = {
    AISystem: SLUGGED
    | RECORDED
    | RELEASED
    | {
        "homepage_http": {"homepage": "example.org"},
        "repository_http": {"repository": "example.org"},
        "paper_http": {"paper": "example.org"},
        "commercial_use_word": {"commercial_use": "perhaps"},
        "commercial_use_tier_word": {"commercial_use_tier": "perhaps"},
        "tier_word": {"tier": "perhaps"},
        "modalities_words": {"modalities": ["smell"]},
        "strip_form": {"strip": "x" * 22},
        "fingerprint_form": {"facts_fingerprint": "abc"},
        "huggingface_id_form": {"huggingface_id": "no-owner"},
        "parameters_positive": {"parameters": 0},
    },
    CatalogState: {"single_row": {"id": 2}},
    Claim: PROVED
    | {
        "claimed_filled": {"claimed": ""},
        "quote_filled": {"quote": ""},
        "result_word": {"result": "perhaps"},
        "date_form": {"date": "May 2024"},
    },
    Component: PROVED
    | LICENSED
    | {
        "url_http": {"url": "example.org"},
        "kind_word": {"kind": "soul"},
        "availability_word": {"availability": "perhaps"},
        "completeness_word": {"completeness": "perhaps"},
        "cost_word": {"cost": "dear"},
        "form_word": {"form": "round"},
        "machine_readable_word": {"machine_readable": "perhaps"},
        "open_format_word": {"open_format": "perhaps"},
        "peer_reviewed_word": {"peer_reviewed": "perhaps", "kind": "research_paper"},
        "included_in_word": {"included_in": "soul"},
        "not_in_itself": {"included_in": "weights_final"},
        "form_of_weights": {"kind": "model_card", "form": "full"},
        "peer_review_of_paper": {"peer_reviewed": "yes"},
        "not_out_has_no_extent": {"availability": "not_released", "completeness": "full"},
    },
    DataInformation: PROVED | {f"{name}_word": {name: "perhaps"} for name in INFORMATION},
    Dataset: SLUGGED
    | RECORDED
    | LICENSED
    | RELEASED
    | {
        "homepage_http": {"homepage": "example.org"},
        "modalities_words": {"modalities": ["smell"]},
        "availability_word": {"availability": "perhaps"},
        "data_class_word": {"data_class": "perhaps"},
        "contains_pii_word": {"contains_pii": "perhaps"},
        "synthetic_word": {"synthetic": "perhaps"},
    },
    Derivation: PROVED
    | {
        "kind_word": {"kind": "cousin"},
        "one_base": {"base_name": ""},
    },
    Evaluation: {
        "status_word": {"status": "perhaps"},
        "definition_id_filled": {"definition_id": ""},
        "definition_fingerprint_filled": {"definition_fingerprint": ""},
        "facts_fingerprint_form": {"facts_fingerprint": "abc"},
        "levels_ordered": {"level": 2, "level_possible": 1},
        "scores_ordered": {"score_low": 0.9, "score_high": 0.1},
    },
    FactsDocument: {"fingerprint_form": {"fingerprint": "abc"}},
    Framework: SLUGGED
    | RECORDED
    | LICENSED
    | RELEASED
    | {
        "homepage_http": {"homepage": "example.org"},
        "repository_http": {"repository": "example.org"},
        "purpose_word": {"purpose": "fun"},
    },
    License: RECORDED
    | {
        "url_http": {"url": "example.org"},
        "name_filled": {"name": ""},
        "use_restrictions_words": {"use_restrictions": ["on_sundays"]},
        "meant_for_words": {"meant_for": ["hardware"]},
        "id_form": {"spdx_id": "Apache 2.0"},
    },
    LicenseAlias: {
        "alias_filled": {"alias": ""},
        "expression_filled": {"expression": ""},
    },
    Link: {
        "url_http": {"url": "example.org"},
        "url_filled": {"url": ""},
        "archive_url_http": {"archive_url": "example.org"},
        "redirected_to_http": {"redirected_to": "example.org"},
        "state_word": {"state": "perhaps", "checked_at": timezone.now()},
        "checked_has_time": {"state": "ok"},
    },
    Organization: SLUGGED
    | RECORDED
    | {
        "homepage_http": {"homepage": "example.org"},
        "kind_word": {"kind": "cartel"},
        "country_form": {"country": "us"},
    },
    Platform: SLUGGED | RECORDED | {"homepage_http": {"homepage": "example.org"}},
    PlatformProfile: {"url_http": {"url": "example.org"}, "handle_filled": {"handle": ""}},
    ProgrammingLanguage: SLUGGED
    | RECORDED
    | LICENSED
    | {"homepage_http": {"homepage": "example.org"}},
    PossibleDuplicate: {
        "reason_filled": {"reason": ""},
        "state_word": {"state": "perhaps", "decided_at": timezone.now()},
        "decided_has_time": {"state": "merged"},
    },
    Ruling: PROVED
    | {
        "rationale_filled": {"rationale": ""},
        "decided_by_filled": {"decided_by": ""},
        "answer_word": {"answer": "perhaps"},
        "criterion_form": {"criterion": "no slash"},
    },
    Source: {
        "kind_word": {"kind": "gossip"},
        "url_http": {"url": "example.org"},
        "key_filled": {"key": ""},
        "title_filled": {"title": ""},
    },
    SourceRecord: {
        "url_http": {"url": "example.org"},
        "key_filled": {"key": ""},
        "fingerprint_form": {"fingerprint": "abc"},
        "state_word": {"state": "perhaps"},
        "rejected_has_no_system": {"state": "rejected"},
        "withheld_has_no_system": {"state": "withheld"},
    },
    StewardJudgement: PROVED
    | {
        "definition_id_filled": {"definition_id": ""},
        "result_filled": {"result": ""},
        "date_form": {"date": "2024-1"},
    },
    OrganizationFact: PROVED | {"value_of_topic": {"value": "some"}},
    SystemFact: PROVED | {"value_of_topic": {"value": "unknown"}},
    Submission: {
        "state_word": {"state": "perhaps", "sent_at": timezone.now()},
        "relation_word": {"relation": "cousin"},
        "sent_has_time": {"state": "sent"},
        "decided_has_time": {"state": "rejected", "sent_at": timezone.now()},
        "correction_has_system": {"is_new": False},
        "accepted_has_system": {
            "state": "accepted",
            "sent_at": timezone.now(),
            "decided_at": timezone.now(),
        },
    },
    SubmissionEvent: {
        "kind_word": {"kind": "perhaps"},
        "rejection_has_reason": {"kind": "rejected"},
    },
    SystemFamily: SLUGGED,
    TrainingData: PROVED
    | {
        "where_http": {"where": "example.org"},
        "stage_word": {"stage": "breakfast"},
        "data_class_word": {"data_class": "perhaps"},
        "unshareable_reason_word": {"unshareable_reason": "mood", "data_class": "unshareable"},
        "reason_needs_class": {"unshareable_reason": "legal", "data_class": "open"},
    },
    UsageInformation: PROVED | {f"{name}_word": {name: "perhaps"} for name in USAGE},
    VerdictChange: {
        "cause_word": {"cause": "mood"},
        "names_definition": {"definition_id": ""},
    },
}

LICENCE_WORDS = [
    name.removeprefix("license_").removesuffix("_word")
    for name in (constraint.name for constraint in License._meta.constraints)
    if name.endswith("_word")
]
BROKEN[License] |= {f"{name}_word": {name: "perhaps"} for name in LICENCE_WORDS}
