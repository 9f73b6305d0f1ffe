"""Queries that are written and planned once, and asked with other values each time.

The pages of an entry ask the same ten queries for every entry. The ORM writes their SQL
anew for each request and PostgreSQL plans it anew, and both take longer than the
rows themselves. A ``Statement`` keeps the SQL for the life of the process and the plan for
that of the connection, and gives the same instances as the queryset that it was made from.

It reads private parts of the ORM to do so. With ``PLAIN_READS`` every statement asks its
queryset instead, in the ORM's own way: slower, and independent of those parts.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from functools import cached_property
from typing import Any, NoReturn, Self, cast, override

import orjson
from django.conf import settings
from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import CursorMixin, DatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.fields.related_descriptors import (
    ManyToManyDescriptor,
    ReverseManyToOneDescriptor,
)
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404
from psycopg import ClientCursor, Cursor

type Row = tuple[object, ...]
type Converter = Callable[[Any, Expression, BaseDatabaseWrapper], object]
type Converters = dict[int, tuple[list[Converter], Expression]]

PLACES = re.compile("%([%s])")
"""The places of parameters in SQL, and the signs that would be taken for one."""


PLAIN: ContextVar[Mapping[str, object] | None] = ContextVar("plain", default=None)
"""The values of a statement while its queryset is asked in the ORM's own way."""


@contextmanager
def plainly(values: Mapping[str, object]) -> Iterator[None]:
    """Inside the block ``Param`` values are these."""
    token = PLAIN.set(values)
    try:
        yield
    finally:
        PLAIN.reset(token)


class Param(Expression):
    """A value that is given when a statement is asked: its name and its kind of field."""

    def __init__(self, name: str, output_field: models.Field[object, object]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def adapted(self, value: Any) -> object:
        """The value as PostgreSQL is given it."""
        return value

    @override
    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        values = PLAIN.get()
        return "%s", (self if values is None else self.adapted(values[self.name]),)


class KeysParam(Param):
    """Keys that are given, for ``any_of``: thousands of them are written faster as one text."""

    def __init__(self, name: str) -> None:
        super().__init__(name, models.BigIntegerField())

    @override
    def adapted(self, value: Iterable[int]) -> str:
        return f"{{{','.join(map(str, value))}}}"


class PreparingCursor(CursorMixin, Cursor[Row]):
    """Has PostgreSQL keep the plan of every statement, where the connection allows that."""

    def execute(self, query: str, params: Sequence[object] | None = None) -> Self:  # type: ignore[override]
        found: Self = super().execute(query, params, prepare=True)
        return found


def quicker(convert: Converter) -> Converter:
    """A converter of column values, or the same for documents, which orjson reads faster."""
    field = getattr(convert, "__self__", None)
    if isinstance(field, models.JSONField) and field.decoder is None:
        return read_document
    return convert


def read_document(
    value: str | None, _expression: Expression, _connection: BaseDatabaseWrapper
) -> object:
    return None if value is None else orjson.loads(value)


class CompiledQuery(SQLCompiler):
    """The compiler of a query whose SQL is known."""

    values: dict[str, object]

    def __init__(self, query: Query, connection: DatabaseWrapper, using: str) -> None:
        super().__init__(query, connection, using)
        sql, params = super().as_sql()
        literals = ClientCursor(connection.connection)
        rest: Iterator[object] = iter(params)
        self.places: list[Param] = []

        def put(place: re.Match[str]) -> str:
            """Constants are written into the SQL: PostgreSQL plans best what it can see."""
            if place[1] == "%":
                return "%%"
            value = next(rest)
            if isinstance(value, Param):
                self.places.append(value)
                return "%s"
            return literals.mogrify("%s", [value]).replace("%", "%%")

        self.sql = PLACES.sub(put, sql)
        fields = [selected[0] for selected in self.select[: self.col_count]]
        self.converters = {
            place: ([quicker(convert) for convert in converters], field)
            for place, (converters, field) in super().get_converters(fields).items()
        }

    def asked(self, connection: DatabaseWrapper, using: str, values: dict[str, object]) -> Self:
        """This compiler with values, for a connection of this thread."""
        found = copy(self)
        found.connection, found.using, found.values = connection, using, values
        return found

    @override
    def get_converters(self, expressions: Iterable[Expression]) -> Converters:
        return self.converters

    def execute_sql(self, *args: object, **kwargs: object) -> list[list[Row]]:  # type: ignore[override]
        """All rows, in one piece."""
        connection = cast("DatabaseWrapper", self.connection)
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        own = PreparingCursor(connection.connection)
        with connection._prepare_cursor(own) as cursor:  # type: ignore[attr-defined]
            cursor.execute(
                self.sql, [place.adapted(self.values[place.name]) for place in self.places]
            )
            return [cursor.fetchall()]


class QuerySetShim:
    """What the ORM reads of a queryset, and of its query, to make instances of rows."""

    _known_related_objects: dict[models.Field[object, object], object] = {}

    def __init__(
        self, rows: models.QuerySet[models.Model, object], compiler: CompiledQuery
    ) -> None:
        self.model = rows.model
        self.db = compiler.using
        self._fetch_mode = rows._fetch_mode  # type: ignore[attr-defined]
        self.compiler = compiler
        self.query = self

    def get_compiler(self, using: str) -> CompiledQuery:
        return self.compiler


class FrozenRows(models.QuerySet[models.Model]):
    """The related rows of an instance, as a statement has read them: to be walked, not asked."""

    def __init__(self, model: type[models.Model], rows: list[models.Model]) -> None:
        super().__init__(model)
        self._result_cache = rows
        self._prefetch_done = True

    def _chain(self) -> NoReturn:
        raise TypeError("A statement has read these rows; they cannot be asked again.")


class Statement[R]:
    """A queryset with ``Param`` values, written at its first use.

    ``build`` makes the queryset. Related rows come by ``prefetch_related`` of reverse
    foreign keys, each in a statement of its own; other relations raise ``TypeError``.
    """

    def __init__(self, build: Callable[[], models.QuerySet[models.Model, R]]) -> None:
        self.build = build

    @cached_property
    def _rows(self) -> models.QuerySet[models.Model, R]:
        return self.build()

    @cached_property
    def _related(self) -> "list[Related]":
        lookups = self._rows._prefetch_related_lookups  # type: ignore[attr-defined]
        return [Related.of(self._rows.model, lookup) for lookup in lookups]

    _written: CompiledQuery | None = None

    def _compiler(self, values: dict[str, object]) -> CompiledQuery:
        using = router.db_for_read(self._rows.model)
        connection = cast("DatabaseWrapper", connections[using])
        if self._written is None:
            connection.ensure_connection()
            self._written = CompiledQuery(self._rows.query, connection, using)
        return self._written.asked(connection, using, values)

    def rows(self, **values: object) -> list[R]:
        """The instances for these values, with their related rows. Raises ``DatabaseError``."""
        if settings.PLAIN_READS:
            with plainly(values):
                return list(self._rows.all())
        asked = QuerySetShim(self._rows, self._compiler(values))
        found = list(cast("Iterable[R]", self._rows._iterable_class(asked)))  # type: ignore[arg-type]
        if found:
            for related in self._related:
                related.attach(cast("list[models.Model]", found))
        return found

    def first(self, **values: object) -> R | None:
        """The first instance for these values."""
        return next(iter(self.rows(**values)), None)

    def first_or_404(self, **values: object) -> R:
        """The first instance for these values; raises ``Http404`` where there is none."""
        found = self.first(**values)
        if found is None:
            raise Http404(f"No {self._rows.model._meta.object_name} matches {values}.")
        return found


class Related:
    """Rows that point to those of a statement, and where these hold them."""

    def __init__(
        self, field: models.ForeignKey[object, object], rows: models.QuerySet[models.Model]
    ) -> None:
        self.field = field
        self.name = field.remote_field.cache_name
        self.model = field.model
        owners = KeysParam("owners")
        pointing = rows.filter(**{f"{field.name}__pk__any_of": owners})
        self.statement: Statement[models.Model] = Statement(lambda: pointing)

    @classmethod
    def of(cls, model: type[models.Model], lookup: "str | models.Prefetch[str]") -> Self:
        """What a lookup of ``prefetch_related`` asks for."""
        asked = lookup if isinstance(lookup, models.Prefetch) else models.Prefetch(lookup)
        relation = getattr(model, asked.prefetch_to, None)
        if isinstance(relation, ManyToManyDescriptor) or not isinstance(
            relation, ReverseManyToOneDescriptor
        ):
            raise TypeError(f"{asked.prefetch_to} is no reverse foreign key.")
        field = relation.field
        return cls(
            field, field.model._default_manager.all() if asked.queryset is None else asked.queryset
        )

    def attach(self, owners: Sequence[models.Model]) -> None:
        """Let each owner have its rows, as ``prefetch_related`` does. One query a level."""
        found = self.statement.rows(owners=[owner.pk for owner in owners])
        groups = defaultdict(list)
        for row in found:
            groups[getattr(row, self.field.attname)].append(row)
        for owner in owners:
            rows = groups[owner.pk]
            for row in rows:
                self.field.set_cached_value(row, owner)
            if not hasattr(owner, "_prefetched_objects_cache"):
                owner._prefetched_objects_cache = {}  # type: ignore[attr-defined]
            held = owner._prefetched_objects_cache  # type: ignore[attr-defined]
            held[self.name] = FrozenRows(self.model, rows)
