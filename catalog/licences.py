"""SPDX licence expressions over the licences of this catalogue.

The lists bundled with ``license-expression`` lack licences that AI systems are
under and refuse every ``LicenseRef-``; here an identifier is known when it has
a row, and other spellings are known through their aliases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from license_expression import Licensing

from catalog.models import License, LicenseAlias

PARSER = Licensing()
"""Without a list of its own: it reads the grammar, the book knows the words."""

MAX_LENGTH = 300


class LicenceError(ValueError):
    """An expression that cannot be read, or that names a licence without a row."""

    def __init__(self, message: str, unknown: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.unknown = unknown


@dataclass(frozen=True, slots=True)
class LicenceBook:
    """The known identifiers and aliases, by lower-case spelling."""

    identifiers: Mapping[str, str]
    aliases: Mapping[str, str]

    @classmethod
    def of(cls, identifiers: list[str], aliases: Mapping[str, str]) -> "LicenceBook":
        """A book over these identifiers, with other spellings and what they stand for."""
        return cls(
            {identifier.lower(): identifier for identifier in identifiers},
            {folded(alias): expression for alias, expression in aliases.items()},
        )

    @classmethod
    def load(cls) -> "LicenceBook":
        """The book of today's rows. Two queries."""
        return cls.of(
            list(License.objects.values_list("spdx_id", flat=True)),
            dict(LicenseAlias.objects.values_list("alias", "expression")),
        )

    def normalise(self, text: str) -> str:
        """The one spelling of an expression; LicenceError where it cannot be read.

        ``apache-2.0 or MIT license`` becomes ``Apache-2.0 OR MIT``.
        """
        if not text.strip():
            return ""
        whole = self.resolve(text)
        if whole is not None:
            return whole
        unknown: list[str] = []
        spelled = self.spell(parse(text), unknown)
        if unknown:
            names = ", ".join(f"“{name}”" for name in dict.fromkeys(unknown))
            raise LicenceError(f"no licence is known as {names}", tuple(dict.fromkeys(unknown)))
        if len(spelled) > MAX_LENGTH:
            raise LicenceError(f"an expression has at most {MAX_LENGTH} characters")
        return spelled

    def resolve(self, name: str) -> str | None:
        """What one name stands for: an identifier, an alias's expression, or nothing."""
        word = folded(name)
        return self.identifiers.get(word) or self.aliases.get(word)

    def spell(self, node: Any, unknown: list[str]) -> str:
        """An expression tree with our spellings; names without a row go to ``unknown``."""
        operator = getattr(node, "operator", "").strip()
        if operator in {"AND", "OR"}:
            parts = [self.spell(part, unknown) for part in node.args]
            return f" {operator} ".join(bracketed(part, operator) for part in parts)
        licence = getattr(node, "license_symbol", node)
        found = self.resolve(licence.key)
        if found is None:
            unknown.append(licence.key)
            return str(licence.key)
        if licence is not node:
            return f"{found} WITH {node.exception_symbol.key}"
        return found


def parse(text: str) -> Any:
    """The tree of an expression; LicenceError where the grammar is broken."""
    try:
        return PARSER.parse(text.replace("\x00", " "))
    except Exception as error:  # the library raises several unrelated types
        raise LicenceError(f"“{text[:80]}” is not a licence expression") from error


def folded(name: str) -> str:
    """A name without differences of case and space."""
    return " ".join(name.lower().split())


def bracketed(part: str, operator: str) -> str:
    """A part of an expression, in brackets where it would be read otherwise."""
    other = " OR " if operator == "AND" else " AND "
    return f"({part})" if other in part else part
