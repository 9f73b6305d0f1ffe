"""The columns of what belongs to a system, and of the rules: components, claims, verdicts …"""

from dataclasses import replace
from operator import itemgetter

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import NullIf

from catalog.exports.columns.column import EVERYWHERE, Column, Noun, OldName, Place
from catalog.exports.columns.shared import (
    DEFINITION,
    FILES,
    NAMED_DEFINITION,
    QUOTE,
    RECORDED_BY,
    SEEN,
    SYSTEM,
    TIER,
    proof,
    standing,
    terms,
)

API, DUMP, LIST = Place.API, Place.DUMP, Place.LIST
CHECKED = standing("system__", LIST)
SYSTEM_IN_FILES = replace(SYSTEM, places=FILES)
KIND = Column("kind", "Which component of a release.")

SAID_AT = Column(
    "url",
    "The page where it is said.",
    path="evidence_url",
    old=(OldName("evidence_url", places=FILES),),
)

SYSTEM_MAKERS = Noun(
    name="system_makers",
    about="Who made which system; position 0 leads",
    places=DUMP,
    key=("system", "organisation"),
    indexes=(("organisation",),),
    columns=(
        SYSTEM,
        Column(
            "organisation",
            "The maker.",
            path="organization__slug",
            references="organisations(slug)",
        ),
        Column("position", "Its place among the makers.", kind="integer"),
    ),
)

COMPONENTS = Noun(
    name="components",
    about="What is recorded of the parts of each system",
    places=DUMP,
    key=("system", "kind"),
    indexes=(("kind", "availability"),),
    columns=(
        SYSTEM,
        KIND,
        Column("availability", "Whether and how it can be obtained."),
        Column("completeness", "Whether all of it was released."),
        Column("url", "Where it is."),
        Column("cost", "What it costs to obtain it."),
        Column("form", "The form of weights."),
        Column("machine_readable", "Whether programs can read it."),
        Column("open_format", "Whether its format is open."),
        Column("persistent_id", "A DOI or another lasting identifier."),
        Column("peer_reviewed", "Whether a paper was reviewed by peers."),
        Column("included_in", "The component that it is part of."),
        *terms(),
        *proof(),
    ),
)

COMPONENT_LICENCES = Noun(
    name="component_licences",
    about="Which component is under which licence",
    places=DUMP,
    key=("system", "kind", "licence"),
    indexes=(("licence",),),
    columns=(
        replace(SYSTEM, path="component__system__slug"),
        replace(KIND, path="component__kind"),
        Column("licence", "One licence of it.", path="license__spdx_id", references="licences(id)"),
    ),
)

TRAINING_DATA = Noun(
    name="training_data",
    about="Which dataset served in which stage of a system",
    places=DUMP,
    key=("system", "dataset", "stage"),
    indexes=(("dataset",),),
    columns=(
        SYSTEM,
        Column("dataset", "The dataset.", path="dataset__slug", references="datasets(slug)"),
        Column("stage", "Pretraining, fine-tuning, evaluation …"),
        Column("data_class", "Open, public, obtainable or unshareable, as OSAID divides data."),
        Column("unshareable_reason", "Why it cannot be shared."),
        Column("url", "Where it can be obtained.", path="where"),
        *proof(),
    ),
)

DERIVATIONS = Noun(
    name="derivations",
    about="Which system is built on which",
    places=DUMP,
    indexes=(("system",), ("base",)),
    columns=(
        SYSTEM,
        Column(
            "base",
            "The system that it is built on; null where that has no published entry.",
            path=Case(
                When(base__is_published=True, then=F("base__slug")),
                default=Value(None),
                output_field=CharField(),
            ),
            references="systems(slug)",
            optional=True,
        ),
        Column(
            "base_name",
            "The name of the base.",
            path=Case(When(base__isnull=False, then=F("base__name")), default=F("base_name")),
        ),
        Column("kind", "How it was made from its base."),
        *proof(),
    ),
)

SYSTEM_FACTS = Noun(
    name="system_facts",
    about="Single facts about systems",
    places=DUMP,
    key=("system", "topic"),
    columns=(
        SYSTEM,
        Column("topic", "What it is about."),
        Column("value", "A word or a number."),
        *proof(),
    ),
)

CLAIMS = Noun(
    name="claims",
    about="What makers say about the openness of their systems, and whether it holds",
    key=("system", "claimed", "url"),
    columns=(
        SYSTEM_IN_FILES,
        Column("claimed", "The label, such as “open source”."),
        replace(QUOTE, about="The maker's words.", places=EVERYWHERE),
        SAID_AT,
        Column("date", "When it was said."),
        NAMED_DEFINITION,
        Column("result", "What the verdict of the definition makes of it."),
        *CHECKED,
        *SEEN,
    ),
)

JUDGEMENTS = Noun(
    name="judgements",
    about="What the stewards of definitions say of systems",
    places=API | DUMP,
    key=("system", "definition", "url"),
    columns=(
        SYSTEM_IN_FILES,
        NAMED_DEFINITION,
        Column("result", "The steward's word."),
        Column("version_judged", "The version of the system that it judged."),
        Column("classes", "The steward's grade for each criterion.", kind="object"),
        SAID_AT,
        Column("date", "When it was said."),
        QUOTE,
        *SEEN,
    ),
)

RECORDS = Noun(
    name="source_records",
    about="What other registers say, as read from each of them",
    places=API | DUMP,
    key=("source", "key"),
    indexes=(("system",),),
    lines="source-records",
    columns=(
        Column(
            "source",
            "The register.",
            path="source__key",
            read=itemgetter("source_key"),
            references="sources(key)",
        ),
        Column("key", "The record's name in its register."),
        Column("url", "Where it is."),
        Column("version", "What was read: a commit or a release."),
        Column("read_on", "The day of the record, or of its retrieval."),
        Column("terms", "The terms of its register.", places=API),
        Column("fingerprint", "SHA-256 of what was read.", places=DUMP),
        Column("state", "What became of it.", places=DUMP),
        Column(
            "system",
            "The entry that it is part of, where that is published.",
            path=Case(
                When(system__is_published=True, then=F("system__slug")),
                default=Value(None),
                output_field=CharField(),
            ),
            references="systems(slug)",
            optional=True,
            places=DUMP,
        ),
        Column("document", "Its facts in the form of our own files.", kind="object", places=DUMP),
        Column("problems", "What could not be read as it was.", kind="objects", places=DUMP),
    ),
)

RULINGS = Noun(
    name="rulings",
    about="Published answers of editors to criteria that need judgement",
    places=DUMP,
    key=("system", "criterion"),
    columns=(
        SYSTEM,
        Column("criterion", "Its code, such as osaid-1.0/data-info-complete."),
        Column("answer", "What the editors decided."),
        Column("rationale", "Why."),
        Column("decided_on", "When."),
        Column("decided_by", "The role of whoever decided."),
        *proof(),
    ),
)

CHANGES = Noun(
    name="changes",
    about="Verdicts that changed, and systems that were added",
    indexes=(("system",), ("at",)),
    lines="changes",
    columns=(
        Column("id", "Its number.", kind="integer", places=API),
        SYSTEM,
        replace(
            DEFINITION,
            path=NullIf(F("definition_id"), Value("")),
            read="definition_id",
            optional=True,
        ),
        Column("cause", "What moved it: facts, a ruling, revised rules, or a new entry."),
        Column("before_status", "The status before.", places=DUMP),
        Column(
            "before", "The verdict before.", path="before_label", old=(OldName("before_label"),)
        ),
        Column("status", "The status after.", places=DUMP),
        Column("after", "The verdict after.", path="label", old=(OldName("label"),)),
        Column(
            "criteria",
            "Which criteria moved, each with its status before and after.",
            read="moved",
            kind="objects",
            places=API | DUMP,
        ),
        Column("at", "When.", path="happened_at", old=(OldName("happened_at"),)),
        *CHECKED,
    ),
)

DECISIONS = Noun(
    name="decisions",
    about="Decisions on what was sent in",
    places=LIST,
    columns=(
        Column("at", "When.", path="happened_at"),
        Column("decision", "Accepted, accepted in part, or rejected.", path="kind"),
        Column(
            "proposed",
            "An entry or a correction.",
            read=lambda row: "entry" if row.submission.is_new else "correction",
        ),
        Column("system", "The entry.", read="entry", page="system"),
        Column("role", "The role of whoever decided."),
        Column("reason", "The reason of a rejection, as a word."),
        Column("why", "The message of an acceptance, or the reason."),
    ),
)

DEFINITIONS = Noun(
    name="definitions",
    about="The definitions of openness, every version",
    places=DUMP,
    key=("id",),
    columns=(
        Column("id", "Key and version, such as osaid-1.0."),
        Column("key", "Its key without the version."),
        Column("version", "The steward's version."),
        Column("title", "Its name."),
        Column("steward", "Who publishes it."),
        Column("url", "Where it is."),
        Column("date", "When it was published."),
        Column("standing", "Whether it is current, announced or superseded."),
        Column("revision", "Which reading of ours.", kind="integer"),
    ),
)

CRITERIA = Noun(
    name="criteria",
    about="What each definition asks",
    places=DUMP,
    key=("code",),
    indexes=(("definition",),),
    columns=(
        Column("code", "Definition and name, such as osaid-1.0/code-licence."),
        replace(DEFINITION, references="definitions(id)"),
        Column("place", "Its place in the definition.", kind="integer"),
        Column("title", "Its name."),
        Column("clause", "The steward's own words."),
        Column("explanation", "What we check."),
    ),
)

FLAT, OF_ENTRIES = API | DUMP, Place.ENTRY | DUMP

VERDICTS = Noun(
    name="verdicts",
    about="What each definition makes of each system",
    key=("system", "definition"),
    indexes=(("definition", "status"), ("definition", "score")),
    columns=(
        replace(SYSTEM, places=DUMP),
        Column("tier", TIER, path="system__tier", places=FLAT),
        Column("recorded_by", RECORDED_BY, kind="list", places=API),
        replace(DEFINITION, references="definitions(id)", places=FLAT, example="osaid-1.0"),
        Column("status", "Met, not met, unknown …", places=FLAT, example="not_met"),
        Column("label", "The verdict in words.", places=FLAT, example="Not Open Source AI"),
        Column("level", "The level proven.", kind="integer", optional=True, places=FLAT),
        Column("level_possible", "And possible.", kind="integer", optional=True, places=FLAT),
        Column("score", "The steward's mean.", kind="number", optional=True, places=FLAT),
        Column("score_low", "The least possible.", kind="number", optional=True, places=FLAT),
        Column("score_high", "The most possible.", kind="number", optional=True, places=FLAT),
        Column("reason", "Why, in a sentence.", places=OF_ENTRIES),
        Column(
            "fingerprint",
            "Which definition, in which revision of our reading.",
            path="definition_fingerprint",
            places=OF_ENTRIES,
            old=(OldName("definition_fingerprint"),),
        ),
        Column(
            "findings",
            "One per criterion: code, status, reason, evidence, facts used, missing, "
            "and the inferences that it rests on.",
            kind="objects",
            places=Place.ENTRY,
        ),
        Column(
            "missing",
            "What is missing for the next level.",
            kind="objects",
            places=Place.ENTRY,
        ),
        Column("progress", "Level by level.", kind="objects", places=Place.ENTRY),
        Column(
            "since",
            "Since when the status is what it is.",
            path="status_since",
            places=OF_ENTRIES,
            old=(OldName("status_since"),),
        ),
    ),
)
