"""A model's record and card as the Hub gave them, read with suspicion.

Every value is taken only in the type that it should have; whatever is of
another goes to ``problems``, and the rest is still read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard
from urllib.parse import quote

from definitions.readers.addresses import page_of
from definitions.readers.plain_yaml import Plain
from definitions.readers.records import Problem

MAX_TEXT = 500
"""Characters of one value; the Hub's own words are far shorter."""
MAX_LIST = 20_000
"""Items of one list: files of a repository are the longest."""

MAX_PROBLEMS = 200
"""What is told of one repository; beyond it, more of the same helps nobody."""


@dataclass(slots=True, kw_only=True)
class HubRecord:
    """What was read of one repository.

    ``answer`` is the Hub's record, and empty where the card alone is read; ``repo`` is
    empty where nobody says whose card it is. ``card`` is the header of the card, with all
    values as text (in YAML 1.1 the language ``no`` would be a “false”), or the
    Hub's own reading of it where the card itself could not be had;
    ``card_read`` tells which. ``by_token`` says that we were let in
    where the public may not be. ``cited`` are the papers that the card asks to cite,
    ``prose`` is its text, ``doubled`` has the values of keys that its head gives twice.
    """

    repo: str
    answer: Mapping[str, object]
    card: Mapping[str, object] = field(default_factory=dict)
    card_read: bool = False
    by_token: bool = False
    cited: frozenset[str] = frozenset()
    prose: str = ""
    doubled: Mapping[str, list[Plain]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def page(self) -> str:
        return page_of(self.repo) if self.repo else ""

    @property
    def revision(self) -> str:
        """The commit that was read; empty where the Hub does not tell."""
        return self.text("sha")

    @property
    def lists_files(self) -> bool:
        """Whether it is known which files the repository has, and which it has not."""
        return "siblings" in self.answer

    @property
    def files(self) -> list[str]:
        """The paths of all files."""
        siblings = self.answer.get("siblings") or []
        if not isinstance(siblings, list):
            return []
        names = [item.get("rfilename") for item in siblings[:MAX_LIST] if isinstance(item, dict)]
        return [name for name in names if is_text(name)]

    @property
    def tags(self) -> list[str]:
        return self.texts("tags")

    def blob(self, path: str) -> str:
        """The address of a file at the commit that was read; empty without a repository."""
        if not self.repo:
            return ""
        return f"{self.page}/blob/{self.revision or 'main'}/{quote(path)}"

    def problem(self, path: str, code: str, message: str) -> None:
        found = Problem(path=path, code=code, message=message)
        if found not in self.problems and len(self.problems) < MAX_PROBLEMS:
            self.problems.append(found)

    def text(self, name: str, *, card: bool = False) -> str:
        """One text; empty where there is none or it is something else."""
        value = (self.card if card else self.answer).get(name)
        if value is None or value == "":
            return ""
        if is_text(value):
            return value.strip()
        self.odd(name, "a text", card=card)
        return ""

    def texts(self, name: str, *, card: bool = False) -> list[str]:
        """A list of texts, each once; a single text counts as a list of one."""
        value = (self.card if card else self.answer).get(name)
        if value is None or value == "":
            return []
        items = value if isinstance(value, list) else [value]
        good = [item.strip() for item in items[:MAX_LIST] if is_text(item) and item.strip()]
        if len(good) != len(items):
            self.odd(name, "a list of texts", card=card)
        return list(dict.fromkeys(good))

    def odd(self, name: str, wanted: str, *, card: bool) -> None:
        path = f"card.{name}" if card else name
        self.problem(path, "malformed", f"“{path}” is not {wanted}, and was left out.")


def is_text(value: object) -> TypeGuard[str]:
    """A text of reasonable length that a database can hold."""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        return False
    return not any(letter < " " or "\ud800" <= letter <= "\udfff" for letter in value.strip())
