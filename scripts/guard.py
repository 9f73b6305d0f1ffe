"""One checksum for each kind of thing that Glassbox gives out: ``scripts/guard``.

Run it before and after a change that should move nothing. It lays out the catalogue of
``fixtures/`` in a database of its own, asks the site for every published entry, and prints
one SHA-256 for each kind:

- ``facts``: the facts document of each entry;
- ``verdicts``: status, level, possible level and scores of each verdict, and the code and
  status of each of its findings, without a word of explanation;
- ``api``: every list and every single row of the programming interface;
- ``csv``: every list as CSV and as JSON, and one comparison;
- ``files``: every file of each entry;
- ``dumps``: what the files of a build hold;
- ``pages``: the words of the lists and of each entry's page, with its badges and history.

Moments of the run, today's date and versions of the catalogue are left out, so runs of one
day can be compared. ``--write DIR`` keeps what was hashed, an item a line, for ``diff``.
"""

import argparse
import csv
import gzip
import hashlib
import html
import io
import json
import os
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - the settings come first, here and below
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

DATABASE = "glassbox_guard"
COMPARED = 6
"""Entries in the one comparison."""

API_LISTS = ("systems", "definitions", "licences", "datasets", "organisations", "changes")
DETAILS = ("systems", "definitions", "licences", "datasets", "organisations")
TABLES = (
    "systems", "datasets", "frameworks", "licences", "organisations", "languages",
    "platforms", "claims", "changes", "decisions",
)  # fmt: skip
FILES = (
    "MOF.yml", "bom.cdx.json", "bom.spdx3.json", "card.md", "cite.bib", "cite.json", "cite.txt",
)  # fmt: skip
PAGES = (
    "", "systems/", "claims/", "changes/", "definitions/", "definitions/matrix/", "licences/",
    "definitions/agreement/", "datasets/", "organisations/", "languages/", "platforms/", "charts/",
    "sources/", "methodology/", "api/", "learn/", "learn/glossary/",
)  # fmt: skip
MOMENT = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
VERSION = re.compile(r'("(?:catalogue_version|version_of_catalogue)": ?)\d+')
NUMBERS = count(1)


def without_time(text: str) -> str:
    """The text without what differs between two runs on the same code."""
    now = timezone.now()
    text = VERSION.sub(r"\g<1>0", MOMENT.sub("MOMENT", text))
    for today in (now.strftime("%Y-%m-%d"), f"{now.day} {now:%B %Y}", f"{now.day} {now:%b %Y}"):
        text = text.replace(today, "TODAY")
    return text


def get(path: str) -> str:
    """The text of an answer; every call comes from another address, since each is counted."""
    number = next(NUMBERS)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    response = Client(REMOTE_ADDR=address).get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    if response.streaming:
        return b"".join(response).decode()  # type: ignore[arg-type] - never an asynchronous one
    return response.content.decode()


def slugs() -> list[str]:
    """Every published entry, as the interface lists them."""
    return sorted(row["slug"] for row in rows_of("systems"))


def rows_of(noun: str) -> list[dict[str, Any]]:
    """All rows of one list of the interface, page after page."""
    found: list[dict[str, Any]] = []
    path = f"/api/v1/{noun}"
    while path:
        answer = json.loads(get(path))
        if isinstance(answer, list):
            return answer
        found += answer["items"]
        path = (answer.get("next") or "").partition("testserver")[2]
    return found


def facts() -> Iterator[str]:
    for slug in slugs():
        yield get(f"/systems/{slug}/facts.json")


def verdicts() -> Iterator[str]:
    for slug in slugs():
        for verdict in json.loads(get(f"/api/v1/systems/{slug}"))["evaluations"]:
            names = ("definition", "status", "level", "level_possible")
            scores = ("score", "score_low", "score_high")
            findings = [[item["code"], item["status"]] for item in verdict["findings"]]
            values = [verdict[name] for name in (*names, *scores)]
            yield json.dumps([slug, *values, findings])


def api() -> Iterator[str]:
    for noun in API_LISTS:
        rows = rows_of(noun)
        yield from (json.dumps(row, ensure_ascii=False) for row in rows)
        if noun in DETAILS:
            keys = [row.get("slug") or row.get("id") or row["spdx_id"] for row in rows]
            yield from (get(f"/api/v1/{noun}/{key}") for key in sorted(keys))


def tables() -> Iterator[str]:
    for name in TABLES:
        yield get(f"/{name}.csv")
        yield get(f"/{name}.json")
    yield get(f"/compare.csv?{urlencode([('s', slug) for slug in slugs()[:COMPARED]])}")


def files() -> Iterator[str]:
    for slug in slugs():
        yield from (get(f"/systems/{slug}/{name}") for name in FILES)


def dumps() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "dumps"
        call_command("build_dumps", target=target, force=True, verbosity=0, stdout=io.StringIO())
        for path in sorted((target / "current").resolve().iterdir()):
            yield from (f"{path.name}: {line}" for line in lines_of(path, Path(folder)))


def lines_of(path: Path, scratch: Path) -> Iterable[str]:
    """What a file of a build holds, however it is packed."""
    if path.name == "manifest.json":
        return []  # sizes and checksums of the packed files, which hold moments
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            return [
                f"{name} {line}"
                for name in sorted(packed.namelist())
                for line in packed.read(name).decode().splitlines()
            ]
    plain = unpacked(path)
    if ".sqlite" in path.name:
        copy = scratch / "copy.sqlite"
        copy.write_bytes(plain)
        with sqlite3.connect(copy) as database:
            return list(database.iterdump())
    return plain.decode().splitlines()


def unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".zst":
        import zstandard  # noqa: PLC0415 - for this one kind

        return zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
    return path.read_bytes()


def pages() -> Iterator[str]:
    for path in PAGES:
        yield words(get(f"/{path}"))
    for slug in slugs():
        yield words(get(f"/systems/{slug}/"))
        yield words(get(f"/systems/{slug}/history/"))
        yield get(f"/systems/{slug}/badge.svg")


def words(page: str) -> str:
    """The words of a page's main part, in their order."""
    main = page.partition("<main")[2].partition("</main>")[0]
    plain = re.sub(r"<(script|style)\b.*?</\1>", "", main, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", plain)).split())


KINDS: dict[str, Callable[[], Iterator[str]]] = {
    "facts": facts,
    "verdicts": verdicts,
    "api": api,
    "csv": tables,
    "files": files,
    "dumps": dumps,
    "pages": pages,
}


def lay_out(*, reuse: bool) -> None:
    """A database of its own with the reviewed catalogue, evaluated; an old one goes, or stays."""
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, keepdb=reuse, autoclobber=True)
    for command in ("load_catalog", "evaluate"):
        call_command(command, verbosity=0, stdout=io.StringIO())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"some of {', '.join(KINDS)}")
    parser.add_argument("--write", type=Path, metavar="DIR", help="keep what was hashed")
    parser.add_argument("--reuse", action="store_true", help="keep the database of the last run")
    options = parser.parse_args()
    if unread := set(options.kinds) - set(KINDS):
        parser.error(f"There is no kind {', '.join(sorted(unread))}.")
    setup_test_environment(debug=False)
    settings.PAGE_CACHE_SECONDS = 0
    csv.field_size_limit(sys.maxsize)
    lay_out(reuse=options.reuse)
    for kind in options.kinds or KINDS:
        lines = [without_time(line) for line in KINDS[kind]()]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        print(f"{kind:<9} {len(lines):>8,} {digest}", flush=True)
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            (options.write / kind).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
