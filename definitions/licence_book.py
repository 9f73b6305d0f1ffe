"""SPDX licence expressions over the licences of a register.

The SPDX list lacks many licences that AI systems are under; here an identifier is
known when the register has it, and other spellings are known through their aliases.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from definitions.expressions import (
    EXCEPTIONS,
    MOST_CHARACTERS,
    ExpressionError,
    Leaf,
    Tree,
    listed,
    near,
    plain_id,
    read,
)


class LicenceError(ValueError):
    """An expression that cannot be read, or that names a licence that the register lacks."""

    def __init__(self, message: str, unknown: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.unknown = unknown


@dataclass(frozen=True, slots=True)
class LicenceBook:
    """The known identifiers and aliases, by lower-case spelling."""

    identifiers: Mapping[str, str]
    aliases: Mapping[str, str]

    @classmethod
    def of(cls, identifiers: Iterable[str], aliases: Mapping[str, str]) -> "LicenceBook":
        """A book over these identifiers, with other spellings and what they stand for."""
        return cls(
            {identifier.lower(): identifier for identifier in identifiers},
            {folded(alias): expression for alias, expression in aliases.items()},
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
        try:
            spelled = self.spell(read(text), unknown)
        except ExpressionError as error:
            raise LicenceError(str(error)) from error
        if unknown:
            named = tuple(dict.fromkeys(unknown))
            names = ", ".join(f"“{name}”" for name in named)
            hints = [hint for hint in map(near, named) if hint]
            meant = f"; {hints[0]} is" if hints else ""
            raise LicenceError(f"no licence is known as {names}{meant}", named)
        if len(spelled) > MOST_CHARACTERS:
            raise LicenceError(f"an expression has at most {MOST_CHARACTERS} characters")
        return spelled

    def resolve(self, name: str) -> str | None:
        """What one name stands for: an identifier, an alias's expression, or nothing.

        What the SPDX list has replaced is what replaced it, if the register has that.
        """
        word = folded(name)
        modern = listed(word)
        base = self.identifiers.get(plain_id(modern).lower()) if modern else None
        if modern and base is not None:
            return modern.replace(plain_id(modern), base, 1)
        return self.identifiers.get(word) or self.aliases.get(word)

    def spell(self, tree: Tree, unknown: list[str]) -> str:
        """A tree with our spellings; names that the register lacks go to ``unknown``."""
        if not isinstance(tree, Leaf):
            parts = [self.spell(part, unknown) for part in tree.parts]
            return f" {tree.operator} ".join(bracketed(part, tree.operator) for part in parts)
        found = self.resolve(tree.name)
        if not tree.exception:
            if found is None:
                unknown.append(tree.name)
            return found or tree.name
        exception = EXCEPTIONS.get(tree.exception.lower())
        if found is None or " " in found or exception is None:
            unknown.append(f"{tree.name} WITH {tree.exception}")
        return f"{found} WITH {exception}"


def folded(name: str) -> str:
    """A name without differences of case and space."""
    return " ".join(name.lower().split())


def bracketed(part: str, operator: str) -> str:
    """A part of an expression, in brackets where it would be read otherwise."""
    other = " OR " if operator == "AND" else " AND "
    return f"({part})" if other in part else part
