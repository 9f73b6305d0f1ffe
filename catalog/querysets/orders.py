"""Expressions that put systems in order by what a definition says of them."""

from typing import Any

from django.db import models
from django.db.models import Case, Func, Value, When
from django.db.models.lookups import Exact

from definitions.vocabulary import Status


class JSONPath(Func):
    """The first part of a document that a path of SQL/JSON names, with its variables."""

    function = "jsonb_path_query_first"
    template = "%(function)s(%(expressions)s)"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        document, path, variables = self.source_expressions
        parts = [compiler.compile(part) for part in (document, path, variables)]
        (sql, given), (_path, of_path), (_variables, of_variables) = parts
        text = f"jsonb_path_query_first({sql}, %s::jsonpath, %s::jsonb)"
        return text, [*given, *of_path, *of_variables]


def rank_of(status: Any) -> Case:
    """The place of a status in an order: met first, not met last, what cannot be asked behind."""
    order = (
        Status.MET,
        Status.NEEDS_JUDGEMENT,
        Status.UNKNOWN,
        Status.NOT_MET,
        Status.NOT_APPLICABLE,
    )
    return Case(
        *(When(Exact(status, Value(word.value)), then=place) for place, word in enumerate(order)),
        default=len(order),
    )
