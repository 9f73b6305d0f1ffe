"""What the querysets of all nouns share."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Collate, Lower
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

SEARCH_LENGTH = 200
"""Longer queries are cut: no name is longer, and no index likes them."""

SEARCH_TERMS = 12


FOLDED_NAME = Collate(Lower("name"), "C")
"""A name as prefixes of it are looked up: in this order an index gives them already sorted."""


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class AnyOf(models.Lookup[object]):
    """``= ANY (array)``: one parameter, where ``in`` has one for each value.

    Of thousands of values, ``in`` spends most of its time on their places.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        if self.rhs_is_direct_value():
            return f"{left} = ANY(%s)", (*params, list(self.rhs))
        right, more = compiler.compile(self.rhs)
        return f"{left} = ANY({right})", (*params, *more)


class KeyedQuerySet[M: models.Model](QuerySet[M]):
    """Rows that have a natural key, for fixtures and addresses."""

    natural_field = "slug"

    def get_by_natural_key(self, value: str) -> M:
        return self.get(**{self.natural_field: value})

    def named(self, values: list[str]) -> Self:
        """The rows with these natural keys."""
        return self.filter(**{f"{self.natural_field}__in": values})


class NamedQuerySet[M: models.Model](KeyedQuerySet[M]):
    """Rows with a name that people search for."""

    search_fields: tuple[str, ...] = ("name", "slug")

    def search(self, text: str) -> Self:
        """Every word of the text is found in the name or the slug."""
        return self.filter(fragments(text, self.search_fields))

    def beginning(self, first: "Combinable", end: "Combinable") -> Self:
        """Those whose name in small letters stands from a text on and before another, by name."""
        named = self.annotate(folded=FOLDED_NAME).filter(folded__gte=first, folded__lt=end)
        return named.order_by("folded", "pk")

    def called(self, names: Iterable[str], *lists: str) -> Self:
        """The rows with one of these names, in any case, or slugs, or with it in a list column."""
        found = Q()
        for name in names:
            found |= Q(name__iexact=name) | Q(slug=name)
            for column in lists:
                found |= Q(**{f"{column}__contains": [name]})
        return self.filter(found) if found else self.none()


def terms_of(text: str) -> list[str]:
    """The words of a search text, without what PostgreSQL cannot hold."""
    clean = text.replace("\x00", " ")[:SEARCH_LENGTH]
    clean = clean.encode("utf-8", "ignore").decode()
    return clean.split()[:SEARCH_TERMS]


def fragments(text: str, fields: tuple[str, ...]) -> Q:
    """Every word occurs in one of the fields, anywhere and in any case."""
    condition = Q()
    for term in terms_of(text):
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": term})
        condition &= either
    return condition


def count_of(rows: QuerySet[models.Model], path: str, what: str = "pk") -> "Combinable":
    """The number of ``rows`` whose ``path`` is the outer row: a subquery, so never a join.

    Several counts side by side do not multiply each other.
    """
    counted = (
        rows.filter(**{path: OuterRef("pk")})
        .order_by()
        .values(path)
        .annotate(how_many=Count(what, distinct=True))
        .values("how_many")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
