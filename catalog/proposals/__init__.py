"""Proposed documents: what somebody says of a system, before it is part of the catalogue.

A document is a plain JSON value. Its keys are those of the importers' documents
(``catalog.importers.base``), with more of them, because people can state more::

    {"name": "OLMo 7B", "version": "", "summary": "…", "released": "2024-02",
     "organizations": [{"name": "Allen Institute for AI"}],
     "modalities": ["text"], "tasks": ["text-generation"], "languages": ["en"],
     "parameters": 7000000000, "homepage": "…", "huggingface_id": "allenai/OLMo-7B",
     "repository": "…", "paper": "…", "evidence": "https://…",
     "components": {"weights_final": {"availability": "open_download", "licence": "Apache-2.0",
                    "licence_status": "stated", "url": "…", "evidence": "…", "quote": "…"}},
     "training_data": [{"dataset": "Dolma", "homepage": "…", "stage": "pretraining",
                        "data_class": "open", "evidence": "…"}],
     "data_information": {"provenance": "yes", "evidence": "…"},
     "usage_information": {"limitations": "partly", "evidence": "…"},
     "derivations": [{"name": "…", "kind": "finetune", "evidence": "…"}],
     "facts": {"gpai": {"value": "yes", "evidence": "…"}},
     "claims": [{"claimed": "open source", "quote": "…", "evidence": "…", "date": "2024-02"}]}

``units`` cuts a document into the parts that can be accepted one by one,
``rows`` makes unsaved rows and facts of it, ``entry`` makes one of an entry,
``uploads`` of a file.
"""
