"""Subqueries whose SQL is written once for the life of a process."""

from collections.abc import Mapping
from functools import cached_property
from typing import NoReturn, Self, override

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression, Expression
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

type Written = tuple[str, tuple[str | int, ...]]
"""A subquery's SQL and its parameters."""


class Prepared(Expression):
    """A subquery in the columns of an owner's row, the same for every row and every request.

    The ORM writes a query anew each time that it is asked, and the subqueries that gather
    the small rows of an entry take longer to write than PostgreSQL takes to answer them.
    This one is written at its first use. It names the owner by its table, so the
    owner has to be the model that is selected from; elsewhere it raises ``TypeError``.
    """

    def __init__(self, owner: type[models.Model], subquery: BaseExpression) -> None:
        super().__init__()
        self.owner = owner
        self.subquery = subquery
        self._written: Written | None = None

    @cached_property
    def _outer(self) -> models.QuerySet[models.Model]:
        """A query of the owner that has the subquery as its one annotation."""
        return self.owner._base_manager.annotate(prepared=self.subquery)

    @cached_property
    def _resolved(self) -> Expression:
        return self._outer.query.annotations["prepared"]

    @cached_property
    def output_field(self) -> models.Field[object, object]:
        """What the subquery gives."""
        return self._resolved.output_field

    @override
    def resolve_expression(
        self, query: Query | None = None, *args: object, **kwargs: object
    ) -> Self:
        if query is not None and query.model is not self.owner:
            raise TypeError(f"{query.model} is selected, not {self.owner}.")
        return self

    @override
    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        if self.owner._meta.db_table in change_map:
            self._refuse()
        return self

    def _refuse(self) -> NoReturn:
        raise TypeError("A prepared subquery works in the outermost query alone.")

    @override
    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Written:
        if self._written is None:
            outer = self._outer.query.get_compiler(connection=connection)
            sql, params = outer.compile(self._resolved)
            self._written = sql, tuple(params)
        return self._written
