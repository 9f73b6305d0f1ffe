"""From a text to a value, or a sentence that says why not: one reader for each syntax.

Every door reads with these: files of the catalogue, forms, addresses of pages and of the
API, and the documents of others. A reader takes any text at all, with whatever space is
around it, and gives the value in its one spelling or raises ``UnreadableError``. What a
door adds is where the text was: a line, a field or a parameter.

Days are in ``definitions.readers.dates``, languages in ``definitions.readers.languages``,
licence expressions in ``definitions.expressions``.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import unquote, urlsplit, urlunsplit

import idna

from definitions.vocabulary import Answer, Term

type Reader[Value] = Callable[[str], Value]

LONGEST_ADDRESS = 2000
LONGEST_HUB_ID = 200
LONGEST_QUOTE, MOST_QUOTE_WORDS = 400, 25
MOST_PARAMETERS = 10**16
LARGEST_NUMBER = 10**18
"""Below what eight bytes of a database column hold."""


class UnreadableError(ValueError):
    """Why a text is not a value: a sentence to put beside the field or the line.

    ``template`` and ``values`` are its two halves, for doors that translate.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template % values)
        self.template = template
        self.values = values


def attempt[Value](reader: Reader[Value], text: str) -> Value | None:
    """The value of a text; None where it is none, for those who need no reason."""
    try:
        return reader(text)
    except UnreadableError:
        return None


def shown(text: str, most: int = 60) -> str:
    """The beginning of a text as a message can show it, whatever is in it."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:most])


# --- texts -------------------------------------------------------------------------------------

UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What neither YAML nor a database column nor XML can hold."""


def refuse_unkeepable(text: str) -> None:
    found = UNKEEPABLE.search(text)
    if found is not None:
        code = f"U+{ord(found[0]):04X}"
        raise UnreadableError("The text contains the character %(code)s.", code=code)


def too_long(count: int, most: int) -> UnreadableError:
    message = "This has %(count)d characters; at most %(most)d are allowed."
    return UnreadableError(message, count=count, most=most)


@dataclass(frozen=True, slots=True)
class Text:
    """Any text, up to a number of characters; no limit for 0."""

    limit: int = 0

    def __call__(self, text: str) -> str:
        found = text.strip()
        if self.limit and len(found) > self.limit:
            raise too_long(len(found), self.limit)
        refuse_unkeepable(found)
        return found


def quote(text: str) -> str:
    """Words as they are on a page, in one line."""
    found = " ".join(Text(LONGEST_QUOTE)(text).split())
    count = len(found.split())
    if count > MOST_QUOTE_WORDS:
        raise UnreadableError(
            "The quote has %(count)d words; at most %(most)d are allowed.",
            count=count,
            most=MOST_QUOTE_WORDS,
        )
    return found


@dataclass(frozen=True, slots=True)
class Form:
    """Text of one form; ``message`` names the form, with the text as ``%(text)s``."""

    pattern: re.Pattern[str]
    message: str
    limit: int = 100

    def __call__(self, text: str) -> str:
        found = text.strip()
        if len(found) > self.limit or self.pattern.fullmatch(found) is None:
            raise UnreadableError(self.message, text=shown(found))
        return found


slug = Form(
    re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "“%(text)s” is not a slug: small letters and digits, with single hyphens between them.",
)
criterion = Form(
    re.compile(r"[a-z0-9.-]+/[a-z0-9.-]+"),
    "“%(text)s” is not a criterion, which is written definition/criterion.",
)
licence_id = Form(
    re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*"), "“%(text)s” is not a licence identifier."
)
letters_of_a_country = Form(
    re.compile(r"[A-Za-z]{2}"),
    "“%(text)s” is not a country code, which has two letters such as FR.",
)


def country(text: str) -> str:
    """A country by its two letters, in capitals."""
    return letters_of_a_country(text).upper()


# --- words of lists ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these words."""

    words: tuple[str, ...]

    def __call__(self, text: str) -> str:
        found = text.strip()
        if found not in self.words:
            words = ", ".join(self.words)
            raise UnreadableError(
                "“%(text)s” is not one of: %(words)s.", text=shown(found), words=words
            )
        return found


def word(terms: type[Term]) -> OneOf:
    """A word of a closed list."""
    return OneOf(tuple(term.value for term in terms))


answer = word(Answer)
"""Yes, no or unknown."""


def yes_no(text: str) -> bool:
    found = text.strip()
    if found not in {"yes", "no"}:
        raise UnreadableError("“%(text)s” is neither yes nor no.", text=shown(found))
    return found == "yes"


def many[Value](reader: Reader[Value], texts: Iterable[str], most: int = 1000) -> list[Value]:
    """The values of several texts, each once, in their order."""
    found: dict[Value, None] = {}
    for text in texts:
        found.setdefault(reader(text))
        if len(found) > most:
            raise UnreadableError("At most %(most)d are allowed.", most=most)
    return list(found)


# --- numbers -----------------------------------------------------------------------------------

DIGITS = re.compile(r"[0-9]{1,19}")
GROUPED = r"[0-9]{1,3}(?:(?P<between>[_ ,])[0-9]{3})(?:(?P=between)[0-9]{3})*"
SIZE = re.compile(rf"(?P<whole>{GROUPED}|[0-9]{{1,19}}(?:\.[0-9]{{1,9}})?)\s?(?P<unit>[mbt]?)")
UNITS = {"": 1, "m": 10**6, "b": 10**9, "t": 10**12}


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number between two bounds, in the digits 0 to 9."""

    low: int = 0
    high: int = LARGEST_NUMBER

    def __call__(self, text: str) -> int:
        found = text.strip()
        if DIGITS.fullmatch(found) is None or not self.low <= int(found) <= self.high:
            raise UnreadableError(
                "“%(text)s” is not a whole number from %(low)s to %(high)s.",
                text=shown(found, 40),
                low=f"{self.low:,}",
                high=f"{self.high:,}",
            )
        return int(found)


def number_or[Other](text: str, other: Other, *, low: int = 0, high: int) -> int | Other:
    """A whole number between two bounds; ``other`` for any other text."""
    found = attempt(Number(low, high), text)
    return other if found is None else found


def parameters(text: str) -> int:
    """A number of parameters: 7000000000, 7,000,000,000, 7B or 1.5 B."""
    plain = text.lower().replace("parameters", "").strip() if len(text) < 100 else ""
    match = SIZE.fullmatch(plain)
    found = Decimal(0)
    if match:
        found = Decimal(re.sub(r"[_ ,]", "", match["whole"])) * UNITS[match["unit"]]
    if found != int(found) or not 1 <= found <= MOST_PARAMETERS:
        raise UnreadableError(
            "“%(text)s” is not a number of parameters such as 7000000000 or 7B.",
            text=shown(text.strip(), 40),
        )
    return int(found)


# --- the web -----------------------------------------------------------------------------------

SPACE = re.compile(r"[\s\x00-\x20\x7f-\xa0\ud800-\udfff\ufeff\ufffe\uffff]")
LONGEST_HOST = 253
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)


def address(text: str) -> str:
    """A web address that everybody can open, without name and password in it.

    A host in other letters is written in ASCII, as it is asked; the rest stays as it is.
    """
    found = text.strip()
    if len(found) > LONGEST_ADDRESS:
        raise too_long(len(found), LONGEST_ADDRESS)
    try:
        parts = urlsplit(found)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise no_address(found) from None
    if parts.scheme not in ("http", "https") or not host:
        raise no_address(found)
    if SPACE.search(found):
        raise UnreadableError("There is a space or a control character in the address.")
    if "@" in parts.netloc:
        raise UnreadableError("Leave name and password out of the address.")
    name = plain_host(host)
    if name == host:
        return parts.scheme + found[len(parts.scheme) :]
    netloc = name if port is None else f"{name}:{port}"
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment))


def no_address(text: str) -> UnreadableError:
    return UnreadableError(
        "“%(text)s” is not an address that begins with http:// or https://.",
        text=shown(text, 80),
    )


def plain_host(host: str) -> str:
    """The name of a web server in ASCII."""
    name = host
    if not host.isascii():
        try:
            name = idna.encode(host, uts46=True).decode()
        except UnicodeError:
            name = ""
    labels = name.removesuffix(".").split(".")
    if len(name) > LONGEST_HOST or not all(LABEL.fullmatch(label) for label in labels):
        raise UnreadableError("“%(text)s” is not the name of a web server.", text=shown(host))
    if len(labels) < 2:
        raise UnreadableError(
            "“%(text)s” is not a web server that everybody can open.", text=shown(host)
        )
    return name


HUBS = frozenset({"huggingface.co", "hf.co"})
NOT_MODELS = frozenset(
    {"datasets", "collections", "papers", "spaces", "docs", "blog", "tasks", "learn"}
)
"""What stands in the place of an owner in addresses of the Hub that are no model's."""
HUB_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
HUB_ID = re.compile(rf"(?!.*(?:--|\.\.|\.git$)){HUB_NAME}/{HUB_NAME}")
"""The Hub's own rule of names (``huggingface_hub.utils.validate_repo_id``), with an owner."""
PACKAGE = re.compile(r"pkg:huggingface/([^/@?#\s]+)/([^/@?#\s]+)\S*", re.IGNORECASE)


def host_and_path(text: str) -> tuple[str, list[str]]:
    """The host of a web address in lower case without “www.”, and the steps of its path.

    Nothing for nonsense; ``https://`` may be missing.
    """
    found = text.strip()
    try:
        parts = urlsplit(found if "//" in found else f"//{found}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", []
    return host, [unquote(step) for step in parts.path.split("/") if step]


def hub_id(text: str) -> str:
    """A model of the Hugging Face Hub, ``owner/name``: from its id, an address or a package URL."""
    found = id_written_in(text.strip()) if len(text) <= LONGEST_ADDRESS else ""
    if HUB_ID.fullmatch(found) is None:
        raise UnreadableError(
            "“%(text)s” is not a Hugging Face id, which is written owner/name.",
            text=shown(text.strip()),
        )
    return found


def id_written_in(text: str) -> str:
    """What a text says in the place of an id; empty for the address of anything but a model."""
    package = PACKAGE.fullmatch(text)
    if package:
        return f"{unquote(package[1])}/{unquote(package[2])}"
    host, steps = host_and_path(text)
    if host not in HUBS:
        return text
    if len(steps) > 2 and steps[0] == "models":
        steps = steps[1:]
    return "" if len(steps) < 2 or steps[0].lower() in NOT_MODELS else f"{steps[0]}/{steps[1]}"
