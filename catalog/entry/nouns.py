"""The nouns that entries name, as their files state them, and which file holds what."""

from catalog import models as m
from catalog.entry import rules as rules
from catalog.entry.parts import NAMED, PROVED, PROVENANCE, RELEASED, SYSTEM, TERMS
from catalog.entry.shape import Part, filed, stated
from catalog.models.licences import ANSWERS, LISTS

SOURCE = Part(
    kind="source",
    model=m.Source,
    columns=(
        *stated("key", "title", "kind", required=True),
        *stated("url", "version", "retrieved_on", "licence", "attribution"),
    ),
)

LICENCE = Part(
    kind="licence",
    model=m.License,
    columns=(
        *filed(spdx_id="id", required=True),
        *stated("name", required=True),
        *stated("url", "use_restrictions", "meant_for"),
        *stated("permissions_note", "conditions_note", "limits_note"),
        *stated(*ANSWERS, *LISTS),
        *PROVENANCE,
    ),
)

ALIAS = Part(
    kind="alias",
    model=m.LicenseAlias,
    columns=(
        *stated("alias", required=True),
        *filed(expression="licence", required=True),
        *stated("source"),
    ),
)

PLATFORM = Part(
    kind="platform",
    model=m.Platform,
    columns=(*NAMED, *stated("homepage", "purpose"), *PROVENANCE),
)

PROFILE = Part(
    kind="profile",
    model=m.PlatformProfile,
    name="profiles",
    columns=(*stated("platform", "handle", required=True), *stated("url")),
)

ORGANIZATION_FACT = Part(
    kind="fact",
    model=m.OrganizationFact,
    name="facts",
    columns=(*filed(topic="fact", required=True), *stated("value", required=True), *PROVED),
    rules=(rules.value_of(m.OrganizationFact.topics),),
)

ORGANIZATION = Part(
    kind="organization",
    model=m.Organization,
    columns=(
        *NAMED,
        *stated("kind", "country", "other_names", "homepage", "parent", "is_initiative"),
        *PROVENANCE,
    ),
    children=(PROFILE, ORGANIZATION_FACT),
    late=("parent",),
)

LANGUAGE = Part(
    kind="language",
    model=m.ProgrammingLanguage,
    columns=(*NAMED, *stated("homepage", "first_appeared"), *TERMS, *PROVENANCE),
    rules=(rules.licence,),
    licensed=True,
)

FAMILY = Part(
    kind="family",
    model=m.SystemFamily,
    columns=(*NAMED, *stated("organization")),
)

FRAMEWORK = Part(
    kind="framework",
    model=m.Framework,
    columns=(
        *NAMED,
        *stated("homepage", "repository", "purpose"),
        *RELEASED,
        *TERMS,
        *PROVENANCE,
    ),
    links=("organizations", "programming_languages"),
    rules=(rules.licence,),
    licensed=True,
)

DATASET = Part(
    kind="dataset",
    model=m.Dataset,
    columns=(
        *NAMED,
        *stated("homepage", "modalities", "languages", "size", "availability", "data_class"),
        *stated("contains_pii", "synthetic", "access_note"),
        *RELEASED,
        *TERMS,
        *PROVENANCE,
    ),
    links=("organizations", "derived_from"),
    rules=(rules.licence,),
    licensed=True,
)

LISTS_OF: dict[str, Part] = {
    "sources.yaml": SOURCE,
    "licences.yaml": LICENCE,
    "licence_aliases.yaml": ALIAS,
    "platforms.yaml": PLATFORM,
    "languages.yaml": LANGUAGE,
    "families.yaml": FAMILY,
}
"""Files that hold a list of records."""

FOLDERS: dict[str, Part] = {
    "organizations": ORGANIZATION,
    "frameworks": FRAMEWORK,
    "datasets": DATASET,
    "systems": SYSTEM,
}
"""Folders that hold one record per file, named by its slug."""

ORDER: tuple[Part, ...] = (
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
