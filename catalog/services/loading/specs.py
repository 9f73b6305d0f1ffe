"""What the files of the catalogue look like: one specification per kind of record.

This is the whole format. A key that is not named here is an error, and so is a
word outside its list; the reading and the writing code know no field by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from catalog import models as m
from catalog.models.licences import ANSWERS, LISTS
from catalog.models.systems import INFORMATION
from catalog.services.loading import readers as r
from catalog.services.loading import rules
from definitions import vocabulary as v

type Rule = Callable[[Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a record: the column it fills, and how it is read."""

    column: str
    read: r.Reader
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One kind of record.

    ``identity`` are the columns that tell its rows apart (for children: within
    their parent). ``links`` are many-to-many columns; ``children`` are rows of
    other models that the record holds; ``late`` are references to records of
    the same kind, written when all of these are there.
    """

    kind: str
    model: type[models.Model]
    identity: tuple[str, ...]
    keys: Mapping[str, Key]
    links: Mapping[str, Key] = field(default_factory=dict)
    children: Mapping[str, "Spec"] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    late: tuple[str, ...] = ()
    single: bool = False
    licensed: bool = False


def key(column: str, read: r.Reader, *, required: bool = False) -> Key:
    return Key(column=column, read=read, required=required)


SOURCE_KEY = r.ref("source")
PROVENANCE = {
    "evidence": key("evidence_url", r.url),
    "quote": key("quote", r.quote),
    "checked_on": key("checked_on", r.day),
    "source": key("source", SOURCE_KEY),
    "note": key("note", r.text()),
}
PROVED = PROVENANCE | {
    "evidence": key("evidence_url", r.url, required=True),
    "checked_on": key("checked_on", r.day, required=True),
    "source": key("source", SOURCE_KEY, required=True),
}
STATED = PROVED | {"url": key("evidence_url", r.url, required=True)}
del STATED["evidence"]
TERMS = {
    "licence": key("licence_expression", r.expression),
    "licence_status": key("licence_status", r.word(v.LicenceStatus)),
    "licence_text": key("licence_text", r.text()),
    "licence_url": key("licence_url", r.url),
}
NAMED = {
    "slug": key("slug", r.slug, required=True),
    "name": key("name", r.text(200), required=True),
    "summary": key("summary", r.text(300)),
}
RELEASED = {"release_date": key("released_on", r.partial_date)}
MAKERS = {"organizations": key("organizations", r.many(r.ref("organization")))}
TOOLS = {
    "programming_languages": key("programming_languages", r.many(r.ref("language"))),
}
ANSWER = r.word(v.Answer)

SOURCE = Spec(
    kind="source",
    model=m.Source,
    identity=("key",),
    keys={
        "key": key("key", r.slug, required=True),
        "title": key("title", r.text(200), required=True),
        "kind": key("kind", r.word(v.SourceKind), required=True),
        "url": key("url", r.url),
        "version": key("version", r.text(100)),
        "retrieved_on": key("retrieved_on", r.day),
        "licence": key("licence", r.text(100)),
        "attribution": key("attribution", r.text()),
    },
)

LICENCE = Spec(
    kind="licence",
    model=m.License,
    identity=("spdx_id",),
    keys={
        "id": key("spdx_id", r.licence_id, required=True),
        "name": key("name", r.text(250), required=True),
        "url": key("url", r.url),
        "use_restrictions": key("use_restrictions", r.many(r.word(v.UseRestriction))),
        "meant_for": key("meant_for", r.many(r.one_of(m.LicenceMaterial.values))),
        "permissions_note": key("permissions_note", r.text()),
        "conditions_note": key("conditions_note", r.text()),
        "limits_note": key("limits_note", r.text()),
    }
    | {name: key(name, ANSWER) for name in ANSWERS}
    | {name: key(name, r.word(terms)) for name, terms in LISTS.items()}
    | PROVENANCE,
)

ALIAS = Spec(
    kind="alias",
    model=m.LicenseAlias,
    identity=("alias",),
    keys={
        "alias": key("alias", r.text(200), required=True),
        "licence": key("expression", r.expression, required=True),
        "source": key("source", SOURCE_KEY),
    },
)

PLATFORM = Spec(
    kind="platform",
    model=m.Platform,
    identity=("slug",),
    keys=NAMED
    | {"homepage": key("homepage", r.url), "purpose": key("purpose", r.text(200))}
    | PROVENANCE,
)

PROFILE = Spec(
    kind="profile",
    model=m.PlatformProfile,
    identity=("platform", "handle"),
    keys={
        "platform": key("platform", r.ref("platform"), required=True),
        "handle": key("handle", r.text(100), required=True),
        "url": key("url", r.url),
    },
)

ORGANIZATION = Spec(
    kind="organization",
    model=m.Organization,
    identity=("slug",),
    keys=NAMED
    | {
        "kind": key("kind", r.word(v.OrganizationKind)),
        "country": key("country", r.country),
        "homepage": key("homepage", r.url),
        "parent": key("parent", r.ref("organization")),
        "is_initiative": key("is_initiative", r.yes_no),
    }
    | PROVENANCE,
    children={"profiles": PROFILE},
    late=("parent",),
)

LANGUAGE = Spec(
    kind="language",
    model=m.ProgrammingLanguage,
    identity=("slug",),
    keys=NAMED
    | {
        "homepage": key("homepage", r.url),
        "first_appeared": key("first_appeared", r.whole_number(1940, 2100)),
    }
    | TERMS
    | PROVENANCE,
    rules=(rules.licence,),
    licensed=True,
)

FAMILY = Spec(
    kind="family",
    model=m.SystemFamily,
    identity=("slug",),
    keys=NAMED | {"organization": key("organization", r.ref("organization"))},
)

FRAMEWORK = Spec(
    kind="framework",
    model=m.Framework,
    identity=("slug",),
    keys=NAMED
    | {
        "homepage": key("homepage", r.url),
        "repository": key("repository", r.url),
        "purpose": key("purpose", r.one_of(m.FrameworkPurpose.values)),
    }
    | RELEASED
    | TERMS
    | PROVENANCE,
    links=MAKERS | TOOLS,
    rules=(rules.licence,),
    licensed=True,
)

DATASET = Spec(
    kind="dataset",
    model=m.Dataset,
    identity=("slug",),
    keys=NAMED
    | {
        "homepage": key("homepage", r.url),
        "modalities": key("modalities", r.many(r.word(v.Modality))),
        "languages": key("languages", r.many(r.language_code)),
        "size": key("size", r.text(100)),
        "availability": key("availability", r.word(v.Availability)),
        "data_class": key("data_class", r.word(v.DataClass)),
        "contains_pii": key("contains_pii", ANSWER),
        "synthetic": key("synthetic", ANSWER),
        "access_note": key("access_note", r.text()),
    }
    | RELEASED
    | TERMS
    | PROVENANCE,
    links=MAKERS | {"derived_from": key("derived_from", r.many(r.ref("dataset")))},
    rules=(rules.licence,),
    licensed=True,
)

COMPONENT = Spec(
    kind="component",
    model=m.Component,
    identity=("kind",),
    keys={
        "kind": key("kind", r.word(v.ComponentKind), required=True),
        "availability": key("availability", r.word(v.Availability)),
        "completeness": key("completeness", r.word(v.Completeness)),
        "url": key("url", r.url),
        "cost": key("cost", r.word(v.Cost)),
        "form": key("form", r.word(v.WeightsForm)),
        "machine_readable": key("machine_readable", ANSWER),
        "open_format": key("open_format", ANSWER),
        "persistent_id": key("persistent_id", r.text(200)),
        "peer_reviewed": key("peer_reviewed", ANSWER),
        "included_in": key("included_in", r.word(v.ComponentKind)),
    }
    | TERMS
    | PROVED,
    rules=(rules.licence, rules.weights_form, rules.peer_review, rules.not_out, rules.host),
    licensed=True,
)

TRAINING_DATA = Spec(
    kind="training data",
    model=m.TrainingData,
    identity=("dataset", "stage"),
    keys={
        "dataset": key("dataset", r.ref("dataset"), required=True),
        "stage": key("stage", r.word(v.TrainingStage), required=True),
        "data_class": key("data_class", r.word(v.DataClass)),
        "unshareable_reason": key("unshareable_reason", r.word(v.UnshareableReason)),
        "where": key("where", r.url),
    }
    | PROVED,
    rules=(rules.unshareable,),
)

DATA_INFORMATION = Spec(
    kind="data information",
    model=m.DataInformation,
    identity=(),
    keys={name: key(name, r.word(v.Extent)) for name in INFORMATION} | PROVED,
    single=True,
)

DERIVATION = Spec(
    kind="derivation",
    model=m.Derivation,
    identity=("base", "base_name", "kind"),
    keys={
        "system": key("base", r.ref("system")),
        "name": key("base_name", r.text(200)),
        "kind": key("kind", r.word(v.DerivationKind), required=True),
    }
    | PROVED,
    rules=(rules.one_base,),
)

CLAIM = Spec(
    kind="claim",
    model=m.Claim,
    identity=("claimed", "evidence_url"),
    keys=STATED
    | {
        "quote": key("quote", r.quote, required=True),
        "claimed": key("claimed", r.text(100), required=True),
        "date": key("date", r.iso_date),
    },
)

JUDGEMENT = Spec(
    kind="steward judgement",
    model=m.StewardJudgement,
    identity=("definition_id", "evidence_url"),
    keys=STATED
    | {
        "definition": key("definition_id", r.text(40), required=True),
        "result": key("result", r.text(100), required=True),
        "version_judged": key("version_judged", r.text(100)),
        "date": key("date", r.iso_date),
    },
)

RULING = Spec(
    kind="ruling",
    model=m.Ruling,
    identity=("criterion",),
    keys={
        "criterion": key("criterion", r.criterion, required=True),
        "answer": key("answer", r.word(v.RulingAnswer), required=True),
        "rationale": key("rationale", r.text(), required=True),
        "date": key("decided_on", r.day, required=True),
        "decided_by": key("decided_by", r.text(100), required=True),
    }
    | PROVED,
)

SYSTEM = Spec(
    kind="system",
    model=m.AISystem,
    identity=("slug",),
    keys=NAMED
    | {
        "version": key("version", r.text(50)),
        "family": key("family", r.ref("family")),
        "modalities": key("modalities", r.many(r.word(v.Modality))),
        "tasks": key("tasks", r.many(r.slug)),
        "languages": key("languages", r.many(r.language_code)),
        "parameters": key("parameters", r.whole_number(1, 10**16)),
        "homepage": key("homepage", r.url),
        "huggingface_id": key("huggingface_id", r.repository_id),
        "repository": key("repository", r.url),
        "paper": key("paper", r.url),
    }
    | RELEASED
    | PROVENANCE,
    links=MAKERS | TOOLS | {"frameworks": key("frameworks", r.many(r.ref("framework")))},
    children={
        "components": COMPONENT,
        "training_data": TRAINING_DATA,
        "data_information": DATA_INFORMATION,
        "derived_from": DERIVATION,
        "claims": CLAIM,
        "steward_judgements": JUDGEMENT,
        "rulings": RULING,
    },
)

LISTS_OF: dict[str, Spec] = {
    "sources.yaml": SOURCE,
    "licences.yaml": LICENCE,
    "licence_aliases.yaml": ALIAS,
    "platforms.yaml": PLATFORM,
    "languages.yaml": LANGUAGE,
    "families.yaml": FAMILY,
}
"""Files that hold a list of records."""

FOLDERS: dict[str, Spec] = {
    "organizations": ORGANIZATION,
    "frameworks": FRAMEWORK,
    "datasets": DATASET,
    "systems": SYSTEM,
}
"""Folders that hold one record per file, named by its slug."""

ORDER: tuple[Spec, ...] = (
    SOURCE,
    LICENCE,
    ALIAS,
    PLATFORM,
    ORGANIZATION,
    LANGUAGE,
    FAMILY,
    FRAMEWORK,
    DATASET,
    SYSTEM,
)
"""In this order every reference points at something written before."""
