"""The columns of what the register lists: systems, datasets, licences, makers, tools, sources."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from catalog.entry.facts import licence as licence_facts
from catalog.exports.columns.column import Column, Noun, OldName, Place
from catalog.exports.columns.shared import (
    ADDRESS,
    FILES,
    HOMEPAGE,
    LANGUAGES,
    LICENCE,
    MODALITIES,
    NAME,
    PLAIN,
    RECORDED_BY,
    RELEASED,
    SLUG,
    SUMMARY,
    TIER,
    UNLISTED,
    evidence,
    makers_of,
    proof,
    terms,
)
from catalog.models import AISystem, License, ProgrammingLanguage
from catalog.models.licences import ANSWERS, LISTS
from definitions import codec, registry

OF_ENTRIES = Place.ENTRY | Place.DUMP
DUMP = Place.DUMP


def verdict_columns(row: AISystem) -> dict[str, object]:
    """The label of each definition's verdict, or its score as a number; None where none is."""
    found: dict[str, object] = dict.fromkeys(item.id for item in registry.DEFINITIONS)
    for item in row.evaluations.all():
        if item.definition_id in found:
            found[item.definition_id] = item.label if item.score is None else item.score
    return found


BUSINESS = (
    Column(
        "commercial_use",
        "Whether the terms of the weights let business use them: yes, limited (some "
        "uses are forbidden), capped, no, unknown. To be read with its tier.",
    ),
    Column("commercial_use_tier", TIER),
    Column(
        "commercial_use_recorded_by",
        RECORDED_BY,
        path="commercial_use_registers",
        in_api=lambda row: list(row.business_standing.recorded_by),
        api_kind="list",
    ),
)

SYSTEMS = Noun(
    name="systems",
    about="AI systems",
    page="system",
    each=verdict_columns,
    key=("slug",),
    indexes=(("weights_licence",), ("released",)),
    columns=(
        Column("slug", "Its name in addresses.", example="olmo-7b"),
        NAME,
        Column("version", "The version that its maker gives it."),
        Column(
            "family", "The line of systems that it is one of.", path="family__slug", optional=True
        ),
        Column(
            "makers",
            "The organisations that made it; the first one leads.",
            kind="list",
            read="maker_list",
            page="organisation",
            places=PLAIN,
        ),
        RELEASED,
        Column("parameters", "How many it has.", kind="integer", optional=True),
        MODALITIES,
        Column("weights_licence", "SPDX expression; empty where none is known."),
        *BUSINESS,
        Column(
            "strip",
            "One letter for each component kind in fixed order: o open, l limited, "
            "c closed, u unknown, n not applicable.",
        ),
        Column("tier", TIER),
        Column(
            "recorded_by",
            RECORDED_BY,
            path="registers",
            in_api=lambda row: list(row.standing.recorded_by),
            api_kind="list",
        ),
        Column(
            "verified_on",
            "The day on which an editor had held every fact against the maker's own pages.",
            optional=True,
        ),
        ADDRESS,
        Column("summary", "What it is, in a sentence or two of ours.", places=OF_ENTRIES),
        Column("homepage", "Its own page on the web.", places=OF_ENTRIES),
        Column("huggingface_id", "Its repository on the Hugging Face Hub.", places=OF_ENTRIES),
        Column("repository", "Where its code is.", places=OF_ENTRIES),
        Column("paper", "The paper that describes it.", places=OF_ENTRIES),
        Column("tasks", "What it is made for.", kind="list", places=DUMP),
        Column("languages", "BCP 47 codes.", kind="list", places=DUMP),
        Column("facts_fingerprint", "SHA-256 of its facts in canonical spelling.", places=DUMP),
        *proof(DUMP),
    ),
)

DATASETS = Noun(
    name="datasets",
    about="Datasets that systems were trained or evaluated on",
    page="dataset",
    key=("slug",),
    lines="datasets",
    columns=(
        SLUG,
        NAME,
        SUMMARY,
        HOMEPAGE,
        makers_of("datasets"),
        MODALITIES,
        LANGUAGES,
        Column("size", "How large it is, in the maker's words."),
        Column("availability", "Whether and how it can be obtained."),
        Column("data_class", "Open, public, obtainable or unshareable, as OSAID divides data."),
        *terms(url=UNLISTED),
        Column("contains_pii", "Whether it contains personal data."),
        Column("synthetic", "Whether a model made it."),
        RELEASED,
        *proof(),
        ADDRESS,
    ),
)

FRAMEWORKS = Noun(
    name="frameworks",
    about="Libraries and programs that systems are trained or run with",
    places=FILES,
    key=("slug",),
    lines="frameworks",
    columns=(
        SLUG,
        NAME,
        SUMMARY,
        Column("purpose", "Training, inference, both, or data."),
        HOMEPAGE,
        Column("repository", "Where its code is."),
        *terms(status=DUMP),
        makers_of("frameworks"),
        Column(
            "programming_languages",
            "The languages that it is written in.",
            kind="list",
            path=ArraySubquery(
                ProgrammingLanguage.objects.filter(frameworks=OuterRef("pk"))
                .order_by("slug")
                .values("slug")
            ),
            read=lambda row: [item.slug for item in row.programming_languages.all()],
        ),
        RELEASED,
        *proof(),
    ),
)


def answer(name: str) -> Column:
    """A fact about a licence, under the words of its form."""
    (words,) = (field.verbose_name for field in License._meta.fields if field.name == name)
    return Column(name, f"{words[:1].upper()}{words[1:]}.", places=FILES)


def note(name: str, about: str) -> Column:
    return Column(name, about, path=f"{name}_note", places=UNLISTED, old=(OldName(f"{name}_note"),))


LICENCES = Noun(
    name="licences",
    about="Licences, with what each allows, demands and forbids",
    key=("id",),
    lines="licences",
    columns=(
        Column("id", "SPDX identifier, or a LicenseRef of ours.", path="spdx_id"),
        Column("name", "The name of this version."),
        Column("url", "Where its text is."),
        Column("is_spdx", "Whether the SPDX list has it.", kind="boolean"),
        Column("deprecated", "Whether SPDX advises against the identifier.", kind="boolean"),
        Column(
            "facts",
            "The facts that the rules read.",
            kind="object",
            places=Place.API,
            read=lambda row: codec.encode(licence_facts(row)),
        ),
        *map(answer, LISTS),
        Column(
            "use_restrictions",
            "Uses that it forbids; unset where its text was not read.",
            kind="list",
            optional=True,
            places=FILES,
        ),
        *map(answer, ANSWERS),
        note("permissions", "What it allows, in our words."),
        note("conditions", "What it demands, in our words."),
        note("limits", "What it forbids and limits, in our words."),
        *proof(FILES),
    ),
)

ORGANISATIONS = Noun(
    name="organisations",
    about="Makers of systems, data and tools",
    page="organisation",
    key=("slug",),
    lines="organisations",
    columns=(
        SLUG,
        Column("name", "The name that it gives itself."),
        Column("other_names", "Names under which other registers know it.", kind="list"),
        Column("kind", "What kind of body it is."),
        Column("country", "ISO 3166-1 alpha-2."),
        HOMEPAGE,
        SUMMARY,
        Column(
            "parent",
            "The organisation that it belongs to.",
            path="parent__slug",
            references="organisations(slug)",
            optional=True,
            places=FILES,
        ),
        Column("is_initiative", "Whether it is a joint initiative of others.", kind="boolean"),
        *proof(),
        ADDRESS,
    ),
)

CODE_LANGUAGES = Noun(
    name="languages",
    about="Programming languages",
    places=Place.LIST,
    columns=(
        SLUG,
        NAME,
        HOMEPAGE,
        Column("first_appeared", "The year.", kind="integer", optional=True),
        LICENCE,
        evidence(),
    ),
)

PLATFORMS = Noun(
    name="platforms",
    about="Where systems, data and code are published",
    places=Place.LIST,
    columns=(SLUG, NAME, HOMEPAGE, Column("purpose", "What is published there."), evidence()),
)

SOURCES = Noun(
    name="sources",
    about="Where records come from, and under which terms",
    places=DUMP,
    key=("key",),
    lines="sources",
    columns=(
        Column("key", "Its name in our records."),
        Column("title", "Its own name."),
        Column("kind", "A register, a list, a maker or our editors."),
        Column("url", "Where it is."),
        Column("version", "What was read of it: a commit or a release."),
        Column("retrieved_on", "The day on which it was read.", optional=True),
        Column("licence", "The terms of its records."),
        Column("attribution", "How it asks to be named."),
    ),
)
