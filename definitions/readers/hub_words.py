"""The Hub's words and ours, as explicit tables; a word that is not here is told, not guessed."""

import re
from collections.abc import Mapping

from definitions.vocabulary import Availability, DerivationKind, Modality

TEXT, IMAGE, AUDIO, VIDEO, TABULAR = (
    Modality.TEXT,
    Modality.IMAGE,
    Modality.AUDIO,
    Modality.VIDEO,
    Modality.TABULAR,
)

MODALITIES: Mapping[tuple[Modality, ...], tuple[str, ...]] = {
    (TEXT,): (
        "text-classification",
        "token-classification",
        "question-answering",
        "zero-shot-classification",
        "translation",
        "summarization",
        "text-generation",
        "text2text-generation",
        "fill-mask",
        "sentence-similarity",
        "text-ranking",
        "text-retrieval",
        "text-to-3d",
    ),
    (TABULAR, TEXT): ("table-question-answering", "table-to-text"),
    (TABULAR,): (
        "tabular-classification",
        "tabular-regression",
        "tabular-to-text",
        "time-series-forecasting",
    ),
    (IMAGE,): (
        "depth-estimation",
        "image-classification",
        "object-detection",
        "image-segmentation",
        "image-to-image",
        "image-to-3d",
        "unconditional-image-generation",
        "mask-generation",
        "image-feature-extraction",
        "keypoint-detection",
        "keypoint-matching",
    ),
    (TEXT, IMAGE): (
        "text-to-image",
        "image-to-text",
        "image-text-to-text",
        "image-text-to-image",
        "visual-question-answering",
        "document-question-answering",
        "visual-document-retrieval",
        "zero-shot-image-classification",
        "zero-shot-object-detection",
    ),
    (VIDEO,): ("video-classification", "video-to-video"),
    (TEXT, VIDEO): ("text-to-video", "video-text-to-text"),
    (IMAGE, VIDEO): ("image-to-video",),
    (TEXT, IMAGE, VIDEO): ("image-text-to-video",),
    (TEXT, AUDIO): (
        "text-to-speech",
        "text-to-audio",
        "automatic-speech-recognition",
        "audio-text-to-text",
    ),
    (AUDIO,): ("audio-to-audio", "audio-classification", "voice-activity-detection"),
    (Modality.MULTIMODAL,): ("any-to-any",),
    (): ("feature-extraction", "reinforcement-learning", "robotics", "graph-ml"),
}
"""What the Hub's tasks take in or give out. The last ones do not say it."""

TASKS: Mapping[str, tuple[Modality, ...]] = {
    task: modalities for modalities, tasks in MODALITIES.items() for task in tasks
}

NOT_A_TASK = "other"
"""The Hub's word for a task that has none."""

GATING: Mapping[object, Availability] = {
    False: Availability.OPEN_DOWNLOAD,
    "auto": Availability.GATED_AUTO,
    "manual": Availability.GATED_MANUAL,
}

RELATIONS: Mapping[str, DerivationKind] = {
    "finetune": DerivationKind.FINETUNE,
    "adapter": DerivationKind.FINETUNE,
    "merge": DerivationKind.MERGE,
    "quantized": DerivationKind.QUANTISED,
}
"""The relations between models that the Hub knows. An adapter is a fine-tuning, in a file apart."""

OPEN_FORMATS = (".safetensors", ".onnx", ".gguf")
"""Forms of weights whose layout is published for everybody and that need no one program.

A ``.bin``, ``.pt`` or ``.ckpt`` file may be a pickle, which only Python reads, or
something else; so their format stays unknown.
"""

WEIGHT_FORMATS = (
    *OPEN_FORMATS,
    ".bin",
    ".pt",
    ".pth",
    ".ckpt",
    ".h5",
    ".keras",
    ".msgpack",
    ".tflite",
    ".pdparams",
    ".nemo",
    ".npz",
)

NOT_WEIGHTS = re.compile(
    r"(^|/)(training_args|optimizer|scheduler|rng_state|scaler|random_states|tokenizer)[^/]*$"
    r"|(^|/)(checkpoint|global_step|step)[-_]?\d+/",
    re.IGNORECASE,
)
"""Files beside the weights that share their endings, and checkpoints of the training."""

QUANTISERS = frozenset(
    {"gptq", "awq", "bitsandbytes", "4-bit", "8-bit", "fp8", "compressed-tensors", "exl2", "exl3"}
    | {"hqq", "aqlm", "quanto", "eetq", "torchao", "auto-round", "nvfp4", "mxfp4", "int4", "int8"}
)
"""Tags of methods that make a smaller copy of weights."""

PACKED = frozenset({"U8", "I8", "U16", "I16", "U32", "I32", "U64", "F4", "F6", "F8", "E8M0"})
"""Kinds of numbers in which weights are packed, or made coarser; by the letters before “_”."""
COUNTERS = frozenset({"I64", "BOOL"})
MOST_COUNTERS = 100
"""Positions and masks are kept as these: one in a hundred numbers at most."""

UNQUANTISED_GGUF = re.compile(r"(^|[^a-z0-9])(bf16|f16|fp16|f32|fp32)([^a-z0-9]|$)", re.IGNORECASE)

LICENCE_FILE = re.compile(r"(licen[cs]e|copying)(\.(md|txt|rst|pdf|html))?", re.IGNORECASE)
"""A licence in the first folder of a repository."""

TERMS_FILE = re.compile(
    r"(^|/)[^/]*(licen[cs]e|copying|copyright|terms|use[-_ ]?policy|eula)[^/]*$", re.IGNORECASE
)
"""A file that may hold terms, anywhere in a repository."""

LICENCES_AT = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"apache\.org/licenses/license-2\.0", "Apache-2.0"),
        (r"creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)", r"CC-\1-\2"),
        (r"creativecommons\.org/publicdomain/zero/1\.0", "CC0-1.0"),
        (r"spdx\.org/licenses/([\w.+-]+?)(\.html)?/?$", r"\1"),
        (r"opensource\.org/licenses?/mit", "MIT"),
        (r"opensource\.org/licenses?/apache-2[.-]0", "Apache-2.0"),
        (r"opensource\.org/licenses?/bsd-(\d)-clause", r"BSD-\1-Clause"),
        (r"choosealicense\.com/licenses/([\w.-]+)", r"\1"),
        (r"gnu\.org/licenses/(?:old-licenses/)?([al]?gpl-\d\.\d)", r"\1"),
        (r"ai\.google\.dev/gemma", "gemma"),
        (r"(llama\.(meta\.)?com|ai\.meta\.com/llama|huggingface\.co/meta-llama/)", "llama"),
        (r"github\.com/(meta-llama|facebookresearch/llama)", "llama"),
    )
)
"""Addresses of well-known licences, without “https://www.”, and what stands there."""

NO_LICENCE_NAMED = frozenset(
    {"unknown", "none", "no license", "undisclosed", "n/a", "tbd", "license"}
)
"""What people put into the field for the licence when they name none."""

LIBRARIES: Mapping[str, str] = {
    "transformers": "Transformers",
    "pytorch": "PyTorch",
    "tensorflow": "TensorFlow",
    "tf-keras": "Keras",
    "keras": "Keras",
    "jax": "JAX",
    "vllm": "vLLM",
    "llama.cpp": "llama.cpp",
    "gpt-neox": "GPT-NeoX",
    "diffusers": "Diffusers",
    "sentence-transformers": "Sentence Transformers",
    "peft": "PEFT",
    "timm": "timm",
    "nemo": "NeMo",
    "onnx": "ONNX",
    "mlx": "MLX",
}
"""How the makers of well-known libraries write their names; others stay as the Hub has them."""

ARXIV_TAG = re.compile(r"arxiv:(\d{4}\.\d{4,5})(v\d+)?")

BIBTEX = re.compile(
    r"@(?:article|inproceedings|misc|techreport|report|unpublished|online)\s*\{", re.I
)
ARXIV_ID = re.compile(r"(?<![\d.])\d{4}\.\d{4,5}(?!\d)")
