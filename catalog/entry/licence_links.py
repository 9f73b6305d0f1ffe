"""Writes of licence terms: the expression of a row and the links that follow from it."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from catalog.entry.licences import load_book
from catalog.entry.write import write_links
from catalog.models import Component, Dataset, Framework, License, ProgrammingLanguage
from definitions.licence_book import LicenceBook
from definitions.licences import licence_ids
from definitions.vocabulary import LicenceStatus

type LicensedRow = Component | Dataset | Framework | ProgrammingLanguage

LICENSED_MODELS: tuple[type[LicensedRow], ...] = (
    Component,
    Dataset,
    Framework,
    ProgrammingLanguage,
)


def licences_of(*, expressions: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The licence ids of each expression."""
    return {expression: licence_ids(expression) for expression in set(expressions) if expression}


@transaction.atomic
def link_licences(*, rows: Sequence[LicensedRow]) -> int:
    """Make the ``licences`` of saved rows of one model those of their expressions.

    Returns how many links were added or removed; nothing is written where all
    are right. Three queries at most, whatever the number of rows.
    """
    if not rows:
        return 0
    ids = licences_of(expressions=(row.licence_expression for row in rows))
    names = {name for names in ids.values() for name in names}
    pks = dict(License.objects.filter(spdx_id__in=names).values_list("spdx_id", "pk"))
    wanted = {
        row.pk: [pks[name] for name in ids.get(row.licence_expression, ()) if name in pks]
        for row in rows
    }
    return write_links(type(rows[0]), "licences", wanted).count


@transaction.atomic
def recognise(*, spelling: str) -> list[LicensedRow]:
    """Read the rows again whose terms are stated in this spelling and were not recognised.

    Returns the rows that are recognised now; their history keeps the spelling.
    """
    book = load_book()
    expression = book.normalise(spelling)
    found: list[LicensedRow] = []
    for model in LICENSED_MODELS:
        rows = model._default_manager.filter(
            licence_status=LicenceStatus.UNRECOGNISED.value, licence_text__iexact=spelling
        )
        for row in rows:
            set_licence(
                row=row,
                expression=expression,
                status=LicenceStatus.STATED.value,
                url=row.licence_url,
                book=book,
            )
            found.append(row)
    return found


@transaction.atomic
def set_licence(
    *,
    row: LicensedRow,
    expression: str,
    status: str,
    text: str = "",
    url: str = "",
    book: LicenceBook | None = None,
) -> None:
    """Write the terms of one row; LicenceError where the expression cannot be read."""
    row.licence_expression = (book or load_book()).normalise(expression)
    row.licence_status = status
    row.licence_text = text
    row.licence_url = url
    row.save(update_fields=["licence_expression", "licence_status", "licence_text", "licence_url"])
    link_licences(rows=[row])
