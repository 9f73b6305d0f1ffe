"""Which of the pages that a page links to no longer stand, and where a copy may be."""

from collections.abc import Iterable

from catalog.models import Link
from catalog.querysets import page_reads

COLUMNS = (
    "evidence_url", "url", "licence_url", "where", "homepage", "repository", "paper",
)  # fmt: skip
"""The columns of records that pages show as links."""

ARCHIVE = "https://web.archive.org/web/*/"
"""The Wayback Machine's list of copies of a page; for people, never asked by us."""


def addresses(rows: Iterable[object]) -> set[str]:
    """The addresses that these records link to. No query where their columns are loaded."""
    found = {getattr(row, column, "") for row in rows for column in COLUMNS}
    return {url for url in found if url}


def dead_links(rows: Iterable[object], *, more: Iterable[str] = ()) -> dict[str, Link]:
    """The pages these records link to that are not reachable, by address. One query.

    ``more`` are addresses that stand in no record's column. Templates ask the result
    through the tag ``link_mark``, under the name ``dead_links``.
    """
    found = page_reads.unreachable.rows(urls=sorted(addresses(rows).union(more)))
    return {row.url: row for row in found}


def copies_of(url: str) -> str:
    """Where a person can look for archived copies of a page."""
    return f"{ARCHIVE}{url}"
