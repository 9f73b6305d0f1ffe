"""Files from outside: found in a fixed order, read with limits, never trusted."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from catalog.importers.base import ReadingError, fingerprint_of
from definitions.readers.plain_yaml import Limits, YamlError, texts

MOST_BYTES = 1_000_000
LIMITS = Limits(size=MOST_BYTES)


class FileError(Exception):
    """One file cannot be read as a record; ``path`` leads to the place in it."""

    def __init__(self, message: str, path: str = "", fingerprint: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.fingerprint = fingerprint or fingerprint_of(message)


def find_files(paths: Iterable[Path], endings: tuple[str, ...]) -> list[Path]:
    """The files under these paths, by name; ReadingError where a path or any file is missing."""
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(file for file in path.rglob("*") if file.suffix.lower() in endings)
        elif path.is_file():
            found.add(path)
        else:
            raise ReadingError(f"There is no file or folder {path}.")
    if not found:
        raise ReadingError(f"No file with the ending {' or '.join(endings)} was found.")
    return sorted(found, key=lambda file: (file.name, str(file)))


def read_yaml(path: Path) -> tuple[Any, bytes]:
    """A YAML file as plain texts, lists and mappings, and its bytes; FileError where it is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileError(f"the file is larger than {MOST_BYTES:,} bytes")
        raw = path.read_bytes()
    except OSError as error:
        raise FileError(f"the file cannot be read: {error.strerror}") from error
    return parse_yaml(raw), raw


def parse_yaml(raw: bytes) -> Any:
    """YAML text from a stranger; FileError for anything that is not plain, small and flat."""
    printed = fingerprint_of(raw)
    if len(raw) > MOST_BYTES:
        raise FileError(f"the text is larger than {MOST_BYTES:,} bytes", fingerprint=printed)
    try:
        return texts(raw, LIMITS)
    except YamlError as error:
        raise FileError(str(error), fingerprint=printed) from error
