"""The files of a dump as they are written: compressed streams, sizes, checksums."""

import csv
import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

import orjson
import zstandard
from isal import igzip

from catalog.exports.cells import FORMULA, safe_cell
from catalog.exports.dumps.tables import DICTIONARY, Row, Table

PIECE = 1 << 20
"""Bytes that are copied or read at one time."""

SUSPECT = re.compile(rf"\0[{re.escape(''.join(FORMULA))}]")
"""A formula, as it begins one of many texts that stand one after another behind zeros."""

ZSTD_LEVEL = 9
ZSTD_OF_BASE = 3
GZIP_LEVEL = 3
"""Of ISA-L, which goes to 3: a quarter of zlib's time for files that are somewhat larger."""

PACKED = (".zst", ".gz")


class JsonLines:
    """A JSON Lines file in both compressions; use it with ``with``."""

    def __init__(self, folder: Path, name: str) -> None:
        self.rows = 0
        self.stack = ExitStack()
        self.path = folder / f"{name}.jsonl"

    def __enter__(self) -> Self:
        self.streams = [
            squeezed(self.stack, Path(f"{self.path}.zst"), ZSTD_LEVEL),
            gzipped(self.stack, Path(f"{self.path}.gz")),
        ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.__exit__(kind, error, trace)

    def write(self, values: Iterable[Any]) -> None:
        """One batch."""
        lines = [orjson.dumps(value) for value in values]
        self.rows += len(lines)
        content = b"".join(line + b"\n" for line in lines)
        for stream in self.streams:
            stream.write(content)


class Piece:
    """Some lines of a JSON Lines file: the text, and beside it a member of the gzip file."""

    def __init__(self, path: Path) -> None:
        self.stack = ExitStack()
        self.path = path

    def __enter__(self) -> Self:
        text = self.stack.enter_context(self.path.open("wb"))
        self.streams = [gzipped(self.stack, self.path.with_suffix(".gz")), text]
        return self

    def __exit__(self, *error: Any) -> None:
        self.stack.__exit__(*error)

    def write(self, lines: list[bytes]) -> None:
        """One batch."""
        content = b"".join(line + b"\n" for line in lines)
        for stream in self.streams:
            stream.write(content)


class Joined:
    """A JSON Lines file of pieces: a member for each in ``.gz``, one frame in ``.zst``.

    Readers of gzip go on behind a member; some of Zstandard stop behind a frame.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.stack = ExitStack()
        self.path = folder / f"{name}.jsonl"

    def __enter__(self) -> Self:
        self.gz = self.stack.enter_context(Path(f"{self.path}.gz").open("wb"))
        self.zst = squeezed(self.stack, Path(f"{self.path}.zst"), ZSTD_LEVEL)
        return self

    def __exit__(self, *error: Any) -> None:
        self.stack.__exit__(*error)

    def take(self, path: Path) -> None:
        """Put a piece behind the others, and remove its files."""
        member = path.with_suffix(".gz")
        for source, target in ((path, self.zst), (member, self.gz)):
            with source.open("rb") as file:
                shutil.copyfileobj(file, target, PIECE)
            source.unlink()


def csv_member(archive: zipfile.ZipFile, name: str, stamp: tuple[int, ...]) -> IO[bytes]:
    """A new file of the archive."""
    info = zipfile.ZipInfo(f"{name}.csv", stamp[:6])  # type: ignore[arg-type]
    info.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(info, "w", force_zip64=True)


def csv_dictionary(
    archive: zipfile.ZipFile, tables: Iterable[Table], stamp: tuple[int, ...]
) -> None:
    """What each column of each table means."""
    with csv_member(archive, "columns", stamp) as raw:
        raw.write(csv_text([DICTIONARY, *(row for table in tables for row in table.dictionary())]))


@contextmanager
def csv_table(archive: zipfile.ZipFile, table: Table, stamp: tuple[int, ...]) -> Iterator[Any]:
    """A function that writes one batch of flat rows into a table of the archive."""
    with csv_member(archive, table.name, stamp) as raw:

        def write(rows: list[Row]) -> None:
            raw.write(csv_text(cells(table.with_old(rows))))

        raw.write(csv_text([table.header]))
        yield write


def csv_text(rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def cells(rows: list[Row]) -> list[Row]:
    """Flat rows with no cell that a spreadsheet takes for a formula; empty for unknown."""
    columns = list(zip(*rows, strict=True))
    for place, values in enumerate(columns):
        texts = values if set(map(type, values)) == {str} else [v for v in values if is_text(v)]
        if SUSPECT.search("\0".join(("", *texts))):
            columns[place] = tuple(safe_cell(v) if is_text(v) else v for v in values)
    return list(zip(*columns, strict=True))


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def gzipped(stack: ExitStack, path: Path) -> BinaryIO:
    """A gzip file that is open for writing. No time is written into it."""
    raw = stack.enter_context(path.open("wb"))
    opened: Any = igzip.IGzipFile
    return cast("BinaryIO", stack.enter_context(opened("", "wb", GZIP_LEVEL, raw, mtime=0)))


def squeezed(stack: ExitStack, path: Path, level: int) -> BinaryIO:
    """A file of one Zstandard frame that is open for writing."""
    raw = stack.enter_context(path.open("wb"))
    compressor = zstandard.ZstdCompressor(level=level, write_checksum=True)
    return cast("BinaryIO", stack.enter_context(compressor.stream_writer(raw, closefd=False)))


def pack(path: Path, ending: str) -> None:
    """Compress a finished file."""
    with ExitStack() as stack:
        target = Path(f"{path}{ending}")
        stream = (
            gzipped(stack, target) if ending == ".gz" else squeezed(stack, target, ZSTD_OF_BASE)
        )
        with path.open("rb") as file:
            shutil.copyfileobj(file, stream, PIECE)


def checksum(path: Path) -> str:
    """SHA-256 in hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def drop(path: Path) -> None:
    """Remove a folder with all that is in it, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
