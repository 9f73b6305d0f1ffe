"""The files of the Model Openness Tool (MOF.yml): each is one record of the source ``mot``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from catalog.intake.registers.base import SourceReading, fingerprint_of, read_each, reading_of
from catalog.intake.registers.files import FileError, find_files, read_bytes
from definitions.readers import mof
from definitions.readers.known_licences import KnownLicences
from definitions.readers.records import Problem, RecordRead

SOURCE = "mot"
COMMIT = "8b5d30e"
PAGE = f"https://github.com/lfai/model_openness_tool/blob/{COMMIT}/models/{{}}"


class ModelOpennessTool:
    """Reads model files; each file is one record."""

    source = SOURCE

    def __init__(self, paths: Iterable[Path], known: KnownLicences) -> None:
        self.paths = list(paths)
        self.known = known

    def read(self) -> Iterator[SourceReading]:
        files = find_files(self.paths, (".yml", ".yaml"))
        yield from read_each(files, lambda path: read_file(path, self.known), unreadable)


def read_file(path: Path, known: KnownLicences) -> SourceReading:
    """One file; rejected with the reason where it is not a model file."""
    try:
        raw = read_bytes(path)
    except FileError as error:
        return unreadable(path, str(error))
    return reading(path, mof.read(raw, known, path.name), fingerprint_of(raw))


def unreadable(path: Path, reason: str) -> SourceReading:
    """The reading of a file that cannot be read at all."""
    problem = Problem(path="", code="unreadable", message=reason)
    return reading(path, RecordRead(problems=(problem,)), fingerprint_of(reason))


def reading(path: Path, found: RecordRead, fingerprint: str) -> SourceReading:
    return reading_of(
        found,
        key=path.name,
        url=PAGE.format(quote(path.name)),
        version=COMMIT if found.record else "",
        read_on=found.dated,
        fingerprint=fingerprint,
    )
