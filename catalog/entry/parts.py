"""What an entry consists of: one statement for each part, which every way in and out reads.

A column that is added here is read from files, settled between registers,
merged, published and shown in forms. A key of a file that is not named here is
an error, and so is a word outside its list.
"""

from catalog import models as m
from catalog.entry import rules as rules
from catalog.entry.shape import Column, Part, filed, stated
from catalog.models.facts import USAGE
from catalog.models.systems import INFORMATION

UNSAID: tuple[object, ...] = ("", "unknown", None, [], {})
"""Values that say nothing; they are left out of documents."""

CHECKED = filed("checked_on", "source", required=True)
EVIDENCE = Column(name="evidence_url", key="evidence", word="evidence", required=True)
PROVED = (EVIDENCE, *stated("quote", "note"), *CHECKED)
"""A row that states a fact: evidence, source and day are not optional."""

PROVENANCE = filed("quote", "checked_on", "source", "note", evidence_url="evidence")
"""The same of a noun as a whole, where nothing of it has to be stated."""
PROVENANCE_KEYS = tuple(column.key for column in PROVENANCE)
"""In a file they may stand together under ``provenance``."""

LICENCE = Column(name="licence_expression", key="licence", word="licence")
TERMS = (LICENCE, *stated("licence_status", "licence_text", "licence_url"))
NAMED = (*filed("slug", required=True), *stated("name", required=True), *stated("summary"))
RELEASED = filed(released_on="release_date")

COMPONENTS = Part(
    kind="component",
    model=m.Component,
    name="components",
    document="components",
    keyed="kind",
    columns=(
        *filed("kind", required=True),
        *stated("availability", "completeness"),
        *TERMS,
        *stated("url", "cost", "form", "machine_readable", "open_format", "persistent_id"),
        *stated("peer_reviewed", "included_in"),
        *PROVED,
    ),
    rules=(rules.licence, rules.weights_form, rules.peer_review, rules.not_out, rules.host),
    licensed=True,
)

TRAINING_DATA = Part(
    kind="training data",
    model=m.TrainingData,
    name="training_data",
    document="training_data",
    columns=(
        *filed("dataset", required=True),
        *stated("stage", required=True),
        *stated("data_class", "unshareable_reason", "where"),
        *PROVED,
    ),
    rules=(rules.unshareable,),
)

DATA_INFORMATION = Part(
    kind="data information",
    model=m.DataInformation,
    name="data_information",
    document="data_information",
    columns=(*stated(*INFORMATION), *PROVED),
    single=True,
)

USAGE_INFORMATION = Part(
    kind="usage information",
    model=m.UsageInformation,
    name="usage_information",
    document="usage_information",
    columns=(*stated(*USAGE), *PROVED),
    single=True,
)

FACTS = Part(
    kind="fact",
    model=m.SystemFact,
    name="facts",
    document="facts",
    keyed="topic",
    columns=(*filed(topic="fact", required=True), *stated("value", required=True), *PROVED),
    rules=(rules.value_of(m.SystemFact.topics),),
)

DERIVATIONS = Part(
    kind="derivation",
    model=m.Derivation,
    name="derived_from",
    document="derivations",
    columns=(
        *filed(base="system", base_name="name"),
        *stated("kind", required=True),
        *PROVED,
    ),
    rules=(rules.one_base,),
)

SAID = (Column(name="evidence_url", key="url", word="evidence", required=True), *CHECKED)
"""The page on which somebody's words stand."""

CLAIMS = Part(
    kind="claim",
    model=m.Claim,
    name="claims",
    document="claims",
    columns=(
        *stated("claimed", required=True),
        *stated("date"),
        *SAID,
        *stated("quote", required=True),
        *stated("note"),
    ),
)

JUDGEMENTS = Part(
    kind="steward judgement",
    model=m.StewardJudgement,
    name="steward_judgements",
    columns=(
        *filed(definition_id="definition", result="result", required=True),
        *filed("version_judged", "date", "classes"),
        *SAID,
        *stated("quote", "note"),
    ),
)

RULINGS = Part(
    kind="ruling",
    model=m.Ruling,
    name="rulings",
    columns=(
        *filed("criterion", "answer", "rationale", decided_on="date", required=True),
        *filed("decided_by", required=True),
        *filed("judged"),
        *PROVED,
    ),
    last=True,
)

PARTS = (
    COMPONENTS,
    TRAINING_DATA,
    DATA_INFORMATION,
    USAGE_INFORMATION,
    FACTS,
    DERIVATIONS,
    CLAIMS,
    JUDGEMENTS,
    RULINGS,
)
"""The rows of an entry, in the order of its file."""

SYSTEM = Part(
    kind="system",
    model=m.AISystem,
    columns=(
        *NAMED,
        *stated("version"),
        *filed("family"),
        *stated("modalities", "tasks", "languages", "parameters", "homepage", "huggingface_id"),
        *stated("repository", "paper"),
        *filed("verified_on"),
        *RELEASED,
        Column(name="evidence_url", key="evidence", word="evidence"),
        *filed("quote", "checked_on", "source", "note"),
    ),
    links=("organizations", "programming_languages", "frameworks"),
    children=PARTS,
)
"""The entry itself. Beside its words a document has ``organizations`` and ``released``."""

IDENTITY = {word: name for word, name in SYSTEM.own.items() if word != "summary"}
"""What registers state of an entry, beside makers, frameworks and the day of release."""

PLAIN = (*IDENTITY, "summary", "evidence", "organizations", "released")
"""What a document says of the entry itself, in its order."""

BY_DOCUMENT = {part.document: part for part in PARTS if part.document}
"""The parts that people and registers state, by their key in a document."""
