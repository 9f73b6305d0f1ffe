"""A small, good catalogue as files, and what the tests of loading do with it."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from catalog.intake.files import LoadError, load_catalog

PROOF = "{evidence: https://example.org/e, source: maker, checked_on: 2026-11-23}"
ROW = "evidence: https://example.org/e\n    source: maker\n    checked_on: 2026-11-23"

FILES = {
    "sources.yaml": """
        - key: maker
          title: The maker's own page
          kind: maker
        - key: spdx
          title: SPDX licence list
          kind: list
          url: https://spdx.org/licenses/
          retrieved_on: 2026-07-16
        """,
    "licences.yaml": """
        - id: Apache-2.0
          name: Apache License 2.0
          open_definition: not_listed
          commercial: yes
          use_restrictions: []
          meant_for: [software]
          verified: list
        - id: LicenseRef-Llama-2
          name: Llama 2 Community License
          osi_approved: no
          commercial: capped
          use_restrictions: [behavioural, competing_models]
          source: maker
          checked_on: 2026-11-23
        """,
    "licence_aliases.yaml": """
        - alias: Apache 2.0
          licence: Apache-2.0
          source: maker
        - alias: dual
          licence: MIT OR apache-2.0
        """,
    "platforms.yaml": """
        - slug: huggingface
          name: Hugging Face
          homepage: https://huggingface.co/
          purpose: Models and datasets
        """,
    "languages.yaml": """
        - slug: python
          name: Python
          first_appeared: 1991
          licence: PSF-2.0
        """,
    "families.yaml": """
        - slug: olmo
          name: OLMo
          organization: ai2
        """,
    "organizations/ai2.yaml": f"""
        slug: ai2
        name: Allen Institute for AI
        kind: non_profit
        country: US
        parent: paul
        profiles:
          - platform: huggingface
            handle: allenai
            url: https://huggingface.co/allenai
        provenance: {PROOF}
        """,
    "organizations/paul.yaml": """
        slug: paul
        name: A parent
        is_initiative: yes
        """,
    "frameworks/pytorch.yaml": f"""
        slug: pytorch
        name: PyTorch
        organizations: [paul]
        licence: BSD-3-Clause
        release_date: 2016
        purpose: both
        programming_languages: [python]
        provenance: {PROOF}
        """,
    "datasets/dolma.yaml": f"""
        slug: dolma
        name: Dolma
        organizations: [ai2]
        release_date: 2023-08
        modalities: [text]
        licence: ODC-By-1.0
        availability: open_download
        data_class: open
        derived_from: [common-crawl]
        provenance: {PROOF}
        """,
    "datasets/common-crawl.yaml": """
        slug: common-crawl
        name: Common Crawl
        """,
    "systems/base.yaml": """
        slug: base
        name: Base
        """,
    "systems/olmo-7b.yaml": f"""
        slug: olmo-7b
        name: OLMo 7B
        version: "1.0"
        family: olmo
        organizations: [ai2, paul]
        summary: A language model.
        release_date: 2024-02-01
        modalities: [text]
        tasks: [text-generation]
        languages: [en]
        parameters: 6888095744
        huggingface_id: allenai/OLMo-7B
        frameworks: [pytorch]
        programming_languages: [python]
        provenance: {PROOF}
        components:
          - kind: weights_final
            availability: open_download
            completeness: full
            licence: apache 2.0 or mit
            form: full
            evidence: https://example.org/e
            quote: "Weights are open."
            source: maker
            checked_on: 2026-11-23
          - kind: training_code
            availability: open_download
            licence_text: Do no harm
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        training_data:
          - dataset: dolma
            stage: pretraining
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        data_information:
          scope: yes
          labelling: not_applicable
          evidence: https://example.org/e
          source: maker
          checked_on: 2026-11-23
        derived_from:
          - system: base
            kind: continued
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
          - name: Another base
            kind: merge
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        claims:
          - quote: We release everything.
            claimed: open source
            url: https://example.org/claim
            date: 2024-02
            source: maker
            checked_on: 2026-11-23
        steward_judgements:
          - definition: osaid-1.0
            result: pass
            version_judged: drafts
            url: https://example.org/steward
            date: 2024-10
            source: maker
            checked_on: 2026-11-23
        rulings:
          - criterion: osaid-1.0/data-information
            answer: met
            rationale: Described in full.
            date: 2026-11-01
            decided_by: editors
            evidence: https://example.org/e
            source: maker
            checked_on: 2026-11-23
        """,
}

SYSTEM = "systems/olmo-7b.yaml"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace once; returns the line of the change."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def load(folder: Path) -> Any:
    return load_catalog(paths=[folder])


def problems(folder: Path) -> list[str]:
    with pytest.raises(LoadError) as caught:
        load_catalog(paths=[folder])
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]
