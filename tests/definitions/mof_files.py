"""Reads the public MOF.yml files of the Model Openness Tool as facts, for truth tests."""

import csv
from pathlib import Path
from typing import Any

import yaml

from definitions.facts import Facts

DATA = Path(__file__).parents[3] / "shared" / "data"

KINDS = {
    "Model architecture": "model_architecture",
    "Model parameters (Final)": "weights_final",
    "Technical report": "technical_report",
    "Evaluation results": "evaluation_results",
    "Model card": "model_card",
    "Data card": "data_documentation",
    "Sample model outputs": "sample_outputs",
    "Training code": "training_code",
    "Inference code": "inference_code",
    "Evaluation code": "evaluation_code",
    "Evaluation data": "evaluation_data",
    "Supporting libraries and tools": "supporting_libraries",
    "Research paper": "research_paper",
    "Datasets": "pretraining_data",
    "Data preprocessing code": "data_preprocessing_code",
    "Model parameters (Intermediate)": "weights_intermediate",
    "Model metadata": "model_metadata",
}
NO_LICENCE = {"", "unlicensed", "Component not included"}


def licences() -> dict[str, dict[str, str]]:
    """The licences that the tool knows, with the flags that it counts."""
    with (DATA / "mof-licences-effective.csv").open() as file:
        return {
            row["licence_id"]: {
                "osi_approved": "yes" if row["osi"] == "1" else "no",
                "fsf_free": "yes" if row["fsf"] == "1" else "not_listed",
            }
            for row in csv.DictReader(file)
        }


def truth() -> dict[str, dict[str, str]]:
    with (DATA / "truth-mof.csv").open() as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def name_of(value: Any) -> str:
    """A licence is a text, or a mapping with a name, or missing."""
    return str((value.get("name") if isinstance(value, dict) else value) or "")


def read(path: Path, known: dict[str, dict[str, str]]) -> Facts:
    """Facts as the tool sees them: each licence of a row, else of its type, else of all."""
    release = yaml.safe_load(path.read_text())["release"]
    general = release.get("license") or {}
    rows = {}
    for item in release.get("components") or []:
        kind = KINDS[item["name"]]
        licence = name_of(item.get("license")) or inherited(kind, general)
        if licence == "Component not included":
            rows[kind] = {"availability": "not_released"}
            continue
        rows[kind] = {"availability": "open_download"} | (
            {"licence_status": "none_stated"}
            if licence in NO_LICENCE
            else {"licence_status": "stated", "licence": licence}
        )
    used = {row["licence"] for row in rows.values() if "licence" in row}
    unknown_to_the_tool = {"osi_approved": "no", "fsf_free": "not_listed"}
    return Facts.from_json(
        {
            "system": {"slug": "x", "name": path.stem},
            "components": rows,
            "licences": {item: known.get(item, unknown_to_the_tool) for item in used},
        }
    )


def inherited(kind: str, general: dict[str, Any]) -> str:
    if kind.endswith("_code") or kind in ("model_architecture", "supporting_libraries"):
        group = "code"
    elif kind.endswith("_data") or kind.startswith("weights") or kind == "model_metadata":
        group = "data"
    else:
        group = "document"
    return name_of(general.get(group)) or name_of(general.get("distribution"))
