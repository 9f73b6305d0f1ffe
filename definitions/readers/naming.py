"""Names of systems: what tells two of them apart, and what a Hub address says.

``Llama-2-70B`` and ``llama 2 70b`` are one name. ``Llama-2-7B`` is another
system: a size, a version or a word such as *chat* that one name has and the
other has not keeps them apart.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import normalize

from definitions.readers import values as v
from definitions.readers.values import attempt, host_and_path

TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?|\+")
SIZE = re.compile(
    r"(?<![a-z0-9.])(?:(?P<experts>\d{1,3})x)?(?P<number>\d{1,4}(?:[._]\d{1,3})?)(?P<unit>[kmbt])"
    r"(?![a-z0-9])"
)
GLUED = re.compile(r"(?<=[a-z])(?<!\dx)(?<![^a-z]a)(?=\d+(?:\.\d+)?[mbt](?![a-z0-9]))")
"""Where a size is written without a space, as in Qwen7B; not in 8x7B, nor before A2.7B (active)."""
UNITS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
SILENT = frozenset({"meta"})
"""Words that makers put before a name or leave out: Meta-Llama-3 is Llama-3."""

TUNED = frozenset({"it", "instruct", "instruction", "instructed", "chat", "assistant"}) | {
    "sft",
    "dpo",
    "rlhf",
    "orpo",
    "kto",
}
"""Words for a model that was tuned from another one. The two are different systems."""
PLAIN = frozenset({"base", "hf", "pt", "pretrain", "pretrained"})
"""Words for the model before it was tuned; many names leave them out."""
LIKE_ENOUGH = 0.5
ROUNDING = 1.3
"""Makers round boldly: a model called 1B may have 1.23 billion parameters."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a name says: its words in order, and its size as written (``70b``, ``8x7b``)."""

    words: str
    size: str = ""


def folded(name: str) -> str:
    return GLUED.sub(" ", re.sub(r"[\s\-/()\[\],:]+|_(?!\d+[mbt]\b)", " ", name.lower()))


def size_in(text: str) -> str:
    """The first size in a text, such as ``7b``; empty where it has none or a context length."""
    for match in SIZE.finditer(folded(text)):
        if match["unit"] == "k":
            continue
        number = match["number"].replace("_", ".")
        number = number.rstrip("0").rstrip(".") if "." in number else number
        experts = f"{match['experts']}x" if match["experts"] else ""
        return f"{experts}{number}{match['unit']}"
    return ""


def parameters_of(size: str) -> int | None:
    """The number of parameters that a plain size stands for; None for mixtures and nothing."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([mbt])", size)
    if match is None or float(match[1]) == 0:
        return None
    return round(float(match[1]) * UNITS[match[2]])


def size_of(parameters: int | None) -> str:
    """A number of parameters as sizes are written; the other way round from ``parameters_of``."""
    if not parameters:
        return ""
    unit = next((unit for unit in ("t", "b", "m") if parameters >= UNITS[unit]), "")
    if not unit:
        return ""
    return f"{parameters / UNITS[unit]:.2f}".rstrip("0").rstrip(".") + unit


def same_size(one: str, other: str) -> bool:
    """Whether two sizes may be the same model's: one is missing, or they differ by rounding."""
    first, second = parameters_of(one), parameters_of(other)
    if first is None or second is None:
        return True
    return max(first, second) <= ROUNDING * min(first, second)


def identity(name: str, size: str = "") -> Identity:
    """The identity of a name; ``size`` is what the record says where the name does not."""
    text = folded(name)
    found = size_in(name)
    without = SIZE.sub(lambda match: match[0] if match["unit"] == "k" else " ", text)
    found_words = ("+" if word == "plus" else word for word in TOKEN.findall(without))
    words = [word for word in found_words if word not in SILENT]
    return Identity(" ".join(words), found or size_in(size))


def slug_of(name: str) -> str:
    """A slug that keeps versions apart: ``Llama-3.1-8B`` is ``llama-3-1-8b``, “+” is ``plus``."""
    spelled = name.replace("+", " plus ").replace(".", "-").replace("α", "alpha")
    return slugify(spelled.replace("_", "-"))[:90].strip("-")


def slugify(text: str) -> str:
    """Small letters and digits of ASCII, with single hyphens between them."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain)).strip("-_")


def stem_of(name: str) -> str:
    """The part of a name that its sisters share: everything before the first number."""
    head = re.split(r"(?<![Tt])\d|(?<=[Tt])(?!5)\d", name, maxsplit=1)[0]  # T5 is a name
    head = re.sub(r"[\s\-_.(]+v?$", "", head, flags=re.IGNORECASE).strip(" -_.(")
    return re.sub(r"^meta[\s\-_]+", "", head, flags=re.IGNORECASE)


def hub_id(address: str) -> str:
    """``owner/name`` of a model's address on the Hugging Face Hub; empty for anything else."""
    text = address.split("·")[0]
    return attempt(v.hub_id, text) or "" if host_and_path(text)[0] in v.HUBS else ""


def dataset_id(address: str) -> str:
    """``owner/name`` of a dataset's address on the Hub; empty for anything else."""
    host, steps = host_and_path(address)
    if host not in v.HUBS or len(steps) < 3 or steps[0] != "datasets":
        return ""
    return attempt(v.hub_id, f"{steps[1]}/{steps[2]}") or ""


def fits(name: str, repository: str) -> bool:
    """Whether a repository's id can be that of this name: no other size, and a like name.

    Registers sometimes give the address of a sister model, or that of the base
    for a tuned model; such an address is not taken for the system's own.
    """
    own, other = identity(name), identity(repository.partition("/")[2])
    if own.size and other.size and own.size != other.size:
        return False
    if tuned(own) and not tuned(other):
        return False
    return likeness(own.words, other.words) >= LIKE_ENOUGH


def tuned(found: Identity) -> bool:
    """True where a name says that the model was tuned for instructions or talk."""
    return not TUNED.isdisjoint(found.words.split())


def same_model(name: str, repository: str) -> bool:
    """Whether a repository bears this very name, but for the words of a plain base model.

    Stricter than ``fits``: a base is often linked by the address of a model that
    was made of it, and that is another system.
    """
    own, other = identity(name), identity(repository.partition("/")[2])
    if own.size and other.size and own.size != other.size:
        return False
    left, right = (
        [word for word in found.words.split() if word not in PLAIN] for found in (own, other)
    )
    return bool(left) and "".join(left) == "".join(right)


def of_one_line(entry: str, base: str) -> bool:
    """Whether a base is the entry itself, or one of the models that an entry without a size is of.

    ``Llama 2`` is the line that ``Llama-2-70B`` belongs to; it was not made from it.
    ``DeepSeek-V3`` and ``DeepSeek-V3-Base`` are two.
    """
    own, other = identity(entry), identity(base)
    if not own.words or not other.words:
        return False
    if own.size:
        return own == other or (own.words == other.words and not other.size)
    words, more = own.words.split(), other.words.split()
    if not other.size and not PLAIN.isdisjoint(more[len(words) :]):
        return False
    return more[: len(words)] == words


def closest(name: str, repositories: list[str]) -> str:
    """The repository whose name is most like a name; the first one among equals."""
    own = identity(name).words
    return max(
        repositories,
        key=lambda item: SequenceMatcher(
            None, own, identity(item.partition("/")[2]).words, autojunk=False
        ).ratio(),
    )


def likeness(one: str, two: str) -> float:
    """How alike two texts are, from 0 to 1, without regard to spaces; 1 where one begins so."""
    one, two = one.replace(" ", ""), two.replace(" ", "")
    if not one or not two:
        return 0.0
    if one.startswith(two) or two.startswith(one):
        return 1.0
    return SequenceMatcher(None, one, two, autojunk=False).ratio()
