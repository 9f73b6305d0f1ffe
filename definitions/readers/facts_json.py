"""Facts documents (``glassbox-facts/1``) as their text comes: the facts, or where and why not."""

import json
from dataclasses import dataclass

from definitions.codec import parse_json
from definitions.facts import Facts, FactsError
from definitions.readers.plain_yaml import Limits
from definitions.readers.records import Problem

NOT_JSON, NOT_FACTS, TOO_MUCH = "not-json", "not-facts", "too-much"
"""What can be wrong with a text: its syntax, what it says, or how much that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsRead:
    """The facts of a text, and what could not be taken; without facts the last problem says why.

    ``line`` is that of a fault in the syntax, and 0 where none can be named.
    """

    facts: Facts | None = None
    problems: tuple[Problem, ...] = ()
    line: int = 0

    @property
    def fault(self) -> Problem:
        """Why there are no facts."""
        return self.problems[-1]


def read(raw: str | bytes, limits: Limits | None = None) -> FactsRead:
    """A facts document; with limits, none that is nested deeper or holds more than they allow."""
    try:
        content = parse_json(raw)
        if limits is not None and (reason := beyond(content, limits)):
            return refused(TOO_MUCH, reason)
        return FactsRead(facts=Facts.from_json(content))
    except FactsError as error:
        return refused(NOT_FACTS, error.message, error.path)
    except json.JSONDecodeError as error:
        return refused(NOT_JSON, f"not JSON: {error.msg}", line=error.lineno)
    except UnicodeDecodeError:
        return refused(NOT_JSON, "not UTF-8")
    except ValueError as error:
        return refused(NOT_JSON, f"not JSON: {error}")


def refused(code: str, message: str, path: str = "", line: int = 0) -> FactsRead:
    return FactsRead(problems=(Problem(path=path, code=code, message=message),), line=line)


def beyond(content: object, limits: Limits) -> str:
    """Why a value is more than any document of ours; empty for what is within the limits."""
    level: list[object] = [content]
    seen = 0
    for _ in range(limits.depth):
        level = [inner for value in level for inner in inside(value)]
        seen += len(level)
        if seen > limits.values:
            return "The file holds too many values."
        if not level:
            return ""
    return f"The file is nested deeper than {limits.depth} levels."


def inside(value: object) -> list[object]:
    """What a list or an object holds."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
