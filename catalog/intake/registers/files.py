"""Files from outside: found in a fixed order, read with limits, never trusted."""

from collections.abc import Iterable
from pathlib import Path

from catalog.intake.registers.base import ReadingError, fingerprint_of
from definitions.readers.plain_yaml import Limits, Plain, YamlError, texts

MOST_BYTES = 1_000_000
LIMITS = Limits(size=MOST_BYTES)


class FileError(Exception):
    """A file that cannot be read as text of its kind; the fingerprint is that of its content."""

    def __init__(self, message: str, fingerprint: str = "") -> None:
        super().__init__(message)
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


def read_bytes(path: Path) -> bytes:
    """A file of a reasonable size; FileError where it cannot be had."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileError(f"the file is larger than {MOST_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"the file cannot be read: {error.strerror}") from error


def read_yaml(path: Path) -> tuple[Plain, bytes]:
    """A YAML file as plain texts, lists and mappings, and its bytes; FileError where it is none."""
    raw = read_bytes(path)
    try:
        return texts(raw, LIMITS), raw
    except YamlError as error:
        raise FileError(str(error), fingerprint_of(raw)) from error
