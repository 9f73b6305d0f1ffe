"""The parts of a model's record: each function gives what the Hub says, or nothing."""

import re

from definitions.licence_book import LicenceBook
from definitions.readers.addresses import is_repo_id
from definitions.readers.hub_record import HubRecord
from definitions.readers.hub_terms import terms_of
from definitions.readers.hub_words import (
    ARXIV_TAG,
    COUNTERS,
    GATING,
    LIBRARIES,
    MOST_COUNTERS,
    NOT_A_TASK,
    NOT_WEIGHTS,
    OPEN_FORMATS,
    PACKED,
    QUANTISERS,
    RELATIONS,
    TASKS,
    UNQUANTISED_GGUF,
    WEIGHT_FORMATS,
)
from definitions.readers.languages import language
from definitions.readers.records import ComponentRecord, DerivationRecord, FrameworkRecord
from definitions.readers.values import MOST_PARAMETERS, attempt
from definitions.vocabulary import Answer, Availability, ComponentKind, Modality, WeightsForm

MOST_PROBLEMS = 50
"""Datasets named one by one; a card with more is not a list of training data."""


def tasks_of(record: HubRecord) -> list[str]:
    """The Hub's task, and the others of its tasks that stand among the tags."""
    task = record.text("pipeline_tag")
    if task and task not in TASKS and task != NOT_A_TASK:
        record.problem("pipeline_tag", "unknown_task", f"The task “{task}” is not one we know.")
    found = [name for name in [task, *record.tags] if name in TASKS]
    return list(dict.fromkeys(found))


def modalities_of(record: HubRecord) -> list[str]:
    """What the tasks take in and give out, and code where the card names it as a language."""
    found = {modality for task in tasks_of(record) for modality in TASKS[task]}
    if "code" in {*record.tags, *(word.lower() for word in record.texts("language", card=True))}:
        found.add(Modality.CODE)
    return [modality.value for modality in Modality if modality in found]


def languages_of(record: HubRecord) -> list[str]:
    """The card's languages, as far as they are written as BCP 47 codes."""
    found = []
    for word in record.texts("language", card=True):
        if word.lower() == "code":
            continue
        code = attempt(language, word)
        if code:
            found.append(code)
        else:
            record.problem("card.language", "not_bcp47", f"“{word}” is not a code of a language.")
    return list(dict.fromkeys(found))


def parameters_of(record: HubRecord) -> int | None:
    """The number of parameters in the safetensors files.

    Left out for packed weights, where one stored number holds several, and for
    adapters, where it is the size of the adapter.
    """
    metadata = record.answer.get("safetensors")
    if metadata is None:
        return None
    total = metadata.get("total") if isinstance(metadata, dict) else None
    if type(total) is not int or not 1 <= total <= MOST_PARAMETERS:
        record.problem("safetensors.total", "malformed", "The number of parameters is not one.")
        return None
    if is_quantised(record):
        record.problem("safetensors.total", "packed", "Packed weights do not tell their number.")
        return None
    if is_adapter(record):
        record.problem("safetensors.total", "adapter", "The number is that of an adapter.")
        return None
    return total


def is_adapter(record: HubRecord) -> bool:
    return (
        record.text("library_name") == "peft"
        or "adapter_config.json" in record.files
        or record.text("base_model_relation", card=True) == "adapter"
    )


def is_quantised(record: HubRecord) -> bool:
    """Whether settings, relation, tags or stored numbers say that the weights were made smaller."""
    config = record.answer.get("config")
    settings = config if isinstance(config, dict) else {}
    if any(
        settings.get(name) for name in ("quantization_config", "compression_config", "quantization")
    ):
        return True
    tags = {tag.lower() for tag in record.tags}
    relation = record.text("base_model_relation", card=True).lower()
    if relation == "quantized" or any(tag.startswith("base_model:quantized:") for tag in tags):
        return True
    return not QUANTISERS.isdisjoint(tags) or is_packed(record.answer.get("safetensors"))


def is_packed(metadata: object) -> bool:
    """Whether the stored numbers are of a kind in which weights are packed."""
    parts = metadata.get("parameters") if isinstance(metadata, dict) else None
    if not isinstance(parts, dict):
        return False
    counts = {str(kind).upper(): size for kind, size in parts.items() if type(size) is int}
    if any(kind.partition("_")[0] in PACKED and size > 0 for kind, size in counts.items()):
        return True
    counters = sum(size for kind, size in counts.items() if kind in COUNTERS)
    return counters * MOST_COUNTERS > sum(counts.values()) > 0


def availability_of(record: HubRecord) -> Availability | None:
    """How the files can be had, by the Hub's gate; None where it does not say."""
    gate = record.answer.get("gated")
    if type(gate) in (bool, str) and gate in GATING:
        return GATING[gate]
    record.problem("gated", "unknown_gate", "The Hub does not say how the files are available.")
    return None


def frameworks_of(record: HubRecord) -> list[FrameworkRecord]:
    """The library that the Hub names."""
    name = record.text("library_name")
    if not name or len(name) > 100:
        return []
    return [{"name": LIBRARIES.get(name.lower(), name)}]


def tell_datasets(record: HubRecord) -> None:
    """A card names datasets without their stage, and training data has one: told, not recorded."""
    for place, name in enumerate(record.texts("datasets", card=True)[:MOST_PROBLEMS]):
        record.problem(
            f"card.datasets.{place}",
            "stage_not_stated",
            f"The card names the dataset “{name}”, but not the stage of training.",
        )


def components_of(record: HubRecord, book: LicenceBook) -> dict[str, ComponentRecord]:
    """The parts of the release that stand in the repository, by kind."""
    gate = availability_of(record)
    parts = {
        ComponentKind.WEIGHTS_FINAL: weights_of(record, gate, book),
        ComponentKind.MODEL_METADATA: file_of(record, "config.json", gate),
        ComponentKind.MODEL_CARD: card_of(record, gate),
        ComponentKind.TECHNICAL_REPORT: paper_of(record),
    }
    return {kind.value: part for kind, part in parts.items() if part}


def weights_of(
    record: HubRecord, gate: Availability | None, book: LicenceBook
) -> ComponentRecord | None:
    """The weights with their form and terms; nothing where the repository holds none."""
    files = weight_files(record.files)
    if not files:
        record.problem("siblings", "no_weights", "The repository holds no files of weights.")
        return None
    part: ComponentRecord = {
        "url": f"{record.page}/tree/{record.revision or 'main'}",
        "evidence": record.page,
    }
    if gate:
        part["availability"] = gate.value
    if any(path.lower().endswith(OPEN_FORMATS) for path in files):
        part["open_format"] = Answer.YES.value
    if only_quantised(record, files):
        part["form"] = WeightsForm.QUANTISED_ONLY.value
    return part | terms_of(record, book)


def weight_files(files: list[str]) -> list[str]:
    """The files that hold weights, without checkpoints and the state of the training."""
    return [
        path
        for path in files
        if path.lower().endswith(WEIGHT_FORMATS) and not NOT_WEIGHTS.search(path)
    ]


def only_quantised(record: HubRecord, files: list[str]) -> bool:
    """True where all weights are quantised, or GGUF whose name does not say full precision."""
    gguf = [path for path in files if path.lower().endswith(".gguf")]
    if any(UNQUANTISED_GGUF.search(path) for path in gguf):
        return False
    return len(gguf) == len(files) or is_quantised(record)


def file_of(record: HubRecord, path: str, gate: Availability | None) -> ComponentRecord | None:
    """A file of the repository as a component, without terms: the card's are the model's."""
    if path not in record.files:
        return None
    part: ComponentRecord = {"url": record.blob(path), "evidence": record.blob(path)}
    if gate:
        part["availability"] = gate.value
    return part


def card_of(record: HubRecord, gate: Availability | None) -> ComponentRecord | None:
    """The card: open where it was read, for the Hub shows it before the gate."""
    read_freely = record.card_read and not record.by_token
    return file_of(record, "README.md", Availability.OPEN_DOWNLOAD if read_freely else gate)


def paper_of(record: HubRecord) -> ComponentRecord | None:
    """The paper on arXiv that the card asks to cite, if it is one; its licence is not known here.

    The Hub's tag alone is not enough: it stands for any link to arXiv in the card.
    The only one of Llama 3.1 is a paper on the carbon footprint of training.
    """
    matches = [ARXIV_TAG.fullmatch(tag.lower()) for tag in record.tags]
    linked = sorted({match[1] for match in matches if match})
    papers = [paper for paper in linked if paper in record.cited]
    if linked and len(papers) != 1:
        record.problem(
            "tags",
            "paper_not_told",
            "The card links papers and does not say which is the model's own: "
            f"{', '.join(linked[:20])}.",
        )
    if len(papers) != 1:
        return None
    return {
        "url": f"https://arxiv.org/abs/{papers[0]}",
        "availability": Availability.OPEN_DOWNLOAD.value,
        "evidence": record.blob("README.md"),
        "note": "The card asks to cite this paper.",
    }


def derivations_of(record: HubRecord) -> list[DerivationRecord]:
    """The models that this one is built on, as far as the relation is told."""
    found = []
    for base in record.texts("base_model", card=True):
        if base.lower() == record.repo.lower():
            record.problem(
                "card.base_model", "own_base", "The card names the model as its own base."
            )
        elif len(base) > 200 or re.match(r"[a-z]+://", base):
            record.problem("card.base_model", "malformed", f"“{base[:100]}” is not a model's id.")
        elif relation := relation_to(record, base):
            found.append(derivation(base, relation))
        else:
            record.problem(
                "card.base_model_relation",
                "relation_not_stated",
                f"The card does not say how the model is built on “{base}”.",
            )
    return found


def derivation(base: str, relation: tuple[str, str]) -> DerivationRecord:
    """One base: by its id where it is one, else by the name that the card gives."""
    kind, evidence = relation
    row: DerivationRecord = {"name": base, "kind": kind}
    if is_repo_id(base):
        row |= {"name": base.rpartition("/")[2], "huggingface_id": base}
    if evidence:
        row["evidence"] = evidence
    return row


def relation_to(record: HubRecord, base: str) -> tuple[str, str] | None:
    """Kind and evidence of a derivation, by the card, else as the Hub derives it in its tags."""
    word = record.text("base_model_relation", card=True).lower()
    if word:
        if word in RELATIONS:
            return RELATIONS[word].value, record.blob("README.md")
        record.problem(
            "card.base_model_relation", "unknown_relation", f"The relation “{word}” is not known."
        )
        return None
    for name, kind in RELATIONS.items():
        if f"base_model:{name}:{base}" in record.tags:
            return kind.value, record.page
    return None
