"""What the files of the catalogue look like: one specification per kind of record.

This is the whole format. A key that is not named here is an error, and so is a
word outside its list; the reading and the writing code know no field by name.
"""

from catalog import models as m
from catalog import row_rules as rules
from catalog.models.licences import ANSWERS, LISTS
from catalog.services.loading import readers as r
from catalog.services.loading.shape import (
    ANSWER,
    MAKERS,
    NAMED,
    PROVED,
    PROVENANCE,
    RELEASED,
    SOURCE_KEY,
    TERMS,
    TOOLS,
    Spec,
    key,
)
from catalog.services.loading.system_specs import SYSTEM
from definitions import vocabulary as v
from definitions.topics import OrganizationTopic

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

ORGANIZATION_FACT = Spec(
    kind="fact",
    model=m.OrganizationFact,
    identity=("topic",),
    keys={
        "fact": key("topic", r.word(OrganizationTopic), required=True),
        "value": key("value", r.text(40), required=True),
    }
    | PROVED,
    rules=(rules.value_of(OrganizationTopic),),
)

ORGANIZATION = Spec(
    kind="organization",
    model=m.Organization,
    identity=("slug",),
    keys=NAMED
    | {
        "kind": key("kind", r.word(v.OrganizationKind)),
        "country": key("country", r.country),
        "other_names": key("other_names", r.many(r.text(200))),
        "homepage": key("homepage", r.url),
        "parent": key("parent", r.ref("organization")),
        "is_initiative": key("is_initiative", r.yes_no),
    }
    | PROVENANCE,
    children={"profiles": PROFILE, "facts": ORGANIZATION_FACT},
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
