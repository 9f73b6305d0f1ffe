"""The house in figures: ``scripts/house``, and ``scripts/house --check`` in ``make lint``.

Counts what tells whether the code gets simpler: rooms and the arrows between them, lines of
the way from a document to stored facts, readers of single values, ``Any``, the length of
template lines. ``scripts/house.toml`` holds the worst value that each figure may have; a change
that makes one better lowers its limit there in the same commit. Modules and lines are counted
and not limited: a register that can do more has more of them.

A room is a package of ``catalog``, or a module that lies directly in it. An arrow goes from one
room to another that it imports from, whatever the number of imports.
"""

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from statistics import fmean

ROOT = Path(__file__).parents[1]
LIMITS = Path(__file__).with_suffix(".toml")
CATALOG = ROOT / "catalog"
NO_ROOMS = {"migrations", "apps.py", "__init__.py"}

FACT_PATH = (
    "entry", "intake/*.py", "intake/files", "exports/dumps", "facts*.py", "fact_rows.py",
    "row_rules.py", "proposals", "services/loading", "services/importing", "exporters/dumps",
)  # fmt: skip
"""Where a document becomes rows, rows become facts and facts a dump."""

BESIDE_IT = {
    "entry/licences.py", "entry/licence_links.py", "entry/lineage.py", "entry/names.py",
    "entry/registers.py", "entry/values.py", "exports/dumps/build.py", "exports/dumps/workers.py",
    "intake/editing.py", "intake/spdx.py", "intake/spdx_list.py",
}  # fmt: skip
"""What lies in these rooms and is no step of that way."""

COLUMN = "persistent_id"
"""A column of a component like any other: a file that names it knows the columns by heart."""


@cache
def modules() -> tuple[Path, ...]:
    """The modules of the catalogue, without migrations."""
    return tuple(p for p in sorted(CATALOG.rglob("*.py")) if "migrations" not in p.parts)


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


def room_of(path: Path) -> str:
    """The package that a module is in, or the module itself where that is ``catalog``."""
    inner = path.relative_to(CATALOG)
    return ".".join(inner.parts[:-1]) or inner.stem


def rooms() -> set[str]:
    return {room_of(path) for path in modules() if path.name not in NO_ROOMS}


def room_named(module: str) -> str | None:
    """The room of an imported name such as ``catalog.entry.parts``."""
    words = module.split(".")[1:]
    for length in range(len(words), 0, -1):
        place = CATALOG.joinpath(*words[:length])
        if place.is_dir():
            return ".".join(words[:length])
        if place.with_suffix(".py").is_file():
            return room_of(place.with_suffix(".py"))
    return None


def imported(path: Path) -> Iterator[str]:
    """The full names of what a module imports from the catalogue."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("catalog"):
            yield from (f"{node.module}.{item.name}" for item in node.names)
        elif isinstance(node, ast.Import):
            yield from (item.name for item in node.names if item.name.startswith("catalog"))


def arrows() -> set[tuple[str, str]]:
    found = set()
    for path in modules():
        here = room_of(path)
        for name in imported(path):
            there = room_named(name)
            if there and there != here and path.name not in NO_ROOMS:
                found.add((here, there))
    return found


def lines_of(paths: Iterator[Path]) -> int:
    return sum(len(text(path).splitlines()) for path in {*paths})


def fact_path() -> int:
    places = [place for pattern in FACT_PATH for place in CATALOG.glob(pattern)]
    paths = (path for place in places for path in ([place], place.glob("*.py"))[place.is_dir()])
    return lines_of(path for path in paths if str(path.relative_to(CATALOG)) not in BESIDE_IT)


def any_per_thousand() -> float:
    found = sum(len(re.findall(r"\bAny\b", text(path))) for path in modules())
    return round(1000 * found / lines_of(iter(modules())), 1)


@cache
def template_lines() -> tuple[int, ...]:
    paths = (ROOT / "templates").rglob("*.html")
    lines = [line.rstrip() for path in sorted(paths) for line in text(path).splitlines()]
    return tuple(len(line) for line in lines if line)


def namers_of_a_column() -> int:
    """Files of code that name one column of a component."""
    folders = (CATALOG, ROOT / "definitions")
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    word = re.compile(rf"\b{COLUMN}\b")
    return sum(1 for path in paths if "migrations" not in path.parts and word.search(text(path)))


def without_a_test() -> int:
    """Packages right in ``catalog`` that have no folder of tests of their name."""
    packages = {room.split(".")[0] for room in rooms() if (CATALOG / room.split(".")[0]).is_dir()}
    return sum(1 for package in packages if not (ROOT / "tests" / package).is_dir())


def longest_function() -> int:
    spans = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules()
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.FunctionDef)
    ]
    return max(spans)


FIGURES: dict[str, tuple[str, Callable[[], float]]] = {
    "rooms": ("rooms of catalog", lambda: len(rooms())),
    "arrows": ("arrows between rooms", lambda: len(arrows())),
    "modules": ("modules of catalog", lambda: len(modules())),
    "lines": ("lines of catalog", lambda: lines_of(iter(modules()))),
    "fact_path": ("lines of the fact path", fact_path),
    "column": (f"files that name the component column {COLUMN}", namers_of_a_column),
    "any": ("Any per 1,000 lines of catalog", any_per_thousand),
    "template_mean": (
        "mean length of a template line", lambda: round(fmean(template_lines()), 1)
    ),
    "template_longest": ("longest template line", lambda: max(template_lines())),
    "longest_module": (
        "lines of the longest module", lambda: max(len(text(p).splitlines()) for p in modules())
    ),
    "longest_function": ("lines of the longest function", longest_function),
    "untested_rooms": ("rooms without tests of their name", without_a_test),
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only what got worse; fails if any")
    options = parser.parse_args()
    limits = tomllib.loads(text(LIMITS))
    worse = 0
    for name, (title, figure) in FIGURES.items():
        value, limit = figure(), limits.get(name)
        is_worse = limit is not None and value > limit
        if is_worse or not options.check:
            print(f"{title:<54} {value:>8,}" + (f" (at most {limit:,})" if limit else ""))
        worse += is_worse
    return 1 if options.check and worse else 0


if __name__ == "__main__":
    sys.exit(main())
