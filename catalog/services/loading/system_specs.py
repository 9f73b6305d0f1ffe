"""What the files of AI systems look like, with everything that a system's record holds."""

from catalog import models as m
from catalog import row_rules as rules
from catalog.models.facts import USAGE
from catalog.models.systems import INFORMATION
from catalog.services.loading import readers as r
from catalog.services.loading.shape import (
    ANSWER,
    MAKERS,
    NAMED,
    PROVED,
    PROVENANCE,
    RELEASED,
    STATED,
    TERMS,
    TOOLS,
    Spec,
    key,
)
from definitions import vocabulary as v
from definitions.topics import SystemTopic

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

USAGE_INFORMATION = Spec(
    kind="usage information",
    model=m.UsageInformation,
    identity=(),
    keys={name: key(name, r.word(v.Extent)) for name in USAGE} | PROVED,
    single=True,
)

SYSTEM_FACT = Spec(
    kind="fact",
    model=m.SystemFact,
    identity=("topic",),
    keys={
        "fact": key("topic", r.word(SystemTopic), required=True),
        "value": key("value", r.text(40), required=True),
    }
    | PROVED,
    rules=(rules.value_of(SystemTopic),),
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
        "classes": key("classes", r.words_by_name(r.word(v.Grade))),
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
        "judged": key("judged", r.texts_by_path),
    }
    | PROVED,
    last=True,
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
        "verified_on": key("verified_on", r.day),
    }
    | RELEASED
    | PROVENANCE,
    links=MAKERS | TOOLS | {"frameworks": key("frameworks", r.many(r.ref("framework")))},
    children={
        "components": COMPONENT,
        "training_data": TRAINING_DATA,
        "data_information": DATA_INFORMATION,
        "usage_information": USAGE_INFORMATION,
        "facts": SYSTEM_FACT,
        "derived_from": DERIVATION,
        "claims": CLAIM,
        "steward_judgements": JUDGEMENT,
        "rulings": RULING,
    },
)
