"""The reasons of verdicts, worked out when somebody reads them.

A row of the catalogue holds what a verdict comes to. Why, on which pages that rests and
what is missing follows from the facts, of which a document is kept for each fingerprint, and
from the rules. The same facts and rules say the same, so a process remembers what it has
worked out lately, for each language apart.
"""

from collections import OrderedDict
from functools import cached_property
from threading import Lock
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import get_language, gettext

from catalog.models import FactsDocument
from catalog.models.packing import unpack
from definitions.core import Definition, Verdict, evaluate
from definitions.facts import Facts
from definitions.language import speaking

OF_THE_RULES = "en"
REMEMBERED = 2048
"""Verdicts that a process remembers: some ten megabytes."""

type Key = tuple[str, str, str]


class Memory:
    """The verdicts that were asked for lately, for all threads of the process."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Key, tuple[Definition, Verdict]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, definition: Definition) -> Verdict | None:
        """What is remembered; None where that was by another rule set of the same name."""
        with self._lock:
            known, verdict = self._kept.get(key, (None, None))
            if known is not definition:
                return None
            self._kept.move_to_end(key)
            return verdict

    def put(self, key: Key, definition: Definition, verdict: Verdict) -> None:
        with self._lock:
            self._kept[key] = (definition, verdict)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)


MEMORY = Memory(REMEMBERED)


def verdict_on(facts: Facts, definition: Definition, fingerprint: str = "") -> Verdict:
    """What today's rules of a definition make of facts; their fingerprint, where it is known."""
    key = (fingerprint or facts.fingerprint, definition.fingerprint, language())
    found = MEMORY.get(key, definition)
    if found is None:
        with speaking(gettext if key[-1] else None):
            found = evaluate(definition, facts)
        MEMORY.put(key, definition, found)
    return found


def language() -> str:
    """The language of whoever reads; empty for that of the rules."""
    code = (get_language() or "").partition("-")[0]
    return "" if not settings.USE_I18N or code == OF_THE_RULES else code


class Explanations:
    """The verdicts on one system, each with its reasons, worked out when they are asked for."""

    def __init__(self, fingerprint: str = "", packed: bytes | memoryview | None = None) -> None:
        self.fingerprint, self.packed = fingerprint, packed

    @classmethod
    def of(cls, row: Any) -> "Explanations":
        """Those of a system, or of a verdict, that was read with its ``kept_facts``."""
        return cls(row.facts_fingerprint, row.kept_facts) if row else cls()

    @classmethod
    def of_document(cls, document: FactsDocument | None) -> "Explanations":
        """Those by the facts of a day; none where these are not kept."""
        return cls(document.fingerprint, document.packed) if document else cls()

    @cached_property
    def facts(self) -> Facts:
        """The facts, read when they are first needed."""
        return Facts.from_json(orjson.loads(unpack(self.packed or b"")))

    def verdict(self, definition: Definition) -> Verdict | None:
        """What today's rules of a definition make of the facts; None where none are kept."""
        if self.packed is None:
            return None
        key = (self.fingerprint, definition.fingerprint, language())
        known = MEMORY.get(key, definition)
        return known or verdict_on(self.facts, definition, self.fingerprint)
