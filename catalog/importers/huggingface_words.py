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

QUANTISERS = ("gptq", "awq")
"""Methods that only ever make a smaller copy of weights that were trained otherwise."""

UNQUANTISED_GGUF = re.compile(r"(^|[^a-z0-9])(bf16|f16|fp16|f32|fp32)([^a-z0-9]|$)", re.IGNORECASE)

LICENCE_FILE = re.compile(r"(licen[cs]e|copying)(\.(md|txt|rst|pdf|html))?", re.IGNORECASE)
"""A licence in the first folder of a repository."""

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

MULTILINGUAL = {"multilingual": "mul"}
"""ISO 639 has a code of its own for several languages."""

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ARXIV_TAG = re.compile(r"arxiv:(\d{4}\.\d{4,5})(v\d+)?")

BIBTEX = re.compile(
    r"@(?:article|inproceedings|misc|techreport|report|unpublished|online)\s*\{", re.I
)
ARXIV_ID = re.compile(r"(?<![\d.])\d{4}\.\d{4,5}(?!\d)")
