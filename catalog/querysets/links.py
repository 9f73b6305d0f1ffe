"""Reads of the pages that the catalogue links to, and of who links to them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Max, Q, QuerySet, Value

from catalog.querysets.base import KeyedQuerySet

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from catalog.models import Link  # noqa: F401 - named in quotes below


type Paths = tuple[str, str, str]
"""The noun that a page belongs to, and the ways to its address and its name."""

OF_A_SYSTEM: Paths = ("system", "system__slug", "system__name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A noun of the catalogue that links to a page; ``kind`` is also its route's name."""

    url: str
    kind: str
    slug: str
    name: str


@cache
def citing() -> dict[type[models.Model], Paths]:
    """Every table whose rows link to pages, with the noun that its rows belong to."""
    from catalog import models as nouns  # noqa: PLC0415

    of_systems = (
        nouns.Claim, nouns.Component, nouns.DataInformation, nouns.Derivation, nouns.Ruling,
        nouns.StewardJudgement, nouns.SystemFact, nouns.TrainingData, nouns.UsageInformation,
    )  # fmt: skip
    of_nouns: dict[type[models.Model], Paths] = {
        nouns.AISystem: ("system", "slug", "name"),
        nouns.Dataset: ("dataset", "slug", "name"),
        nouns.Framework: ("framework", "slug", "name"),
        nouns.License: ("licence", "spdx_id", "name"),
        nouns.Organization: ("organisation", "slug", "name"),
        nouns.OrganizationFact: ("organisation", "organization__slug", "organization__name"),
        nouns.Platform: ("platform", "slug", "name"),
        nouns.ProgrammingLanguage: ("language", "slug", "name"),
    }
    return of_nouns | dict.fromkeys(of_systems, OF_A_SYSTEM)


def address_columns(model: type[models.Model]) -> list[str]:
    """The columns of a table that hold the address of a page."""
    return [field.name for field in model._meta.fields if isinstance(field, models.URLField)]


def branches(*, public: bool) -> Iterator[tuple[QuerySet[models.Model], str, Paths]]:
    """Rows, column and noun for every column of the catalogue that holds an address.

    ``public``: without the rows of systems that visitors do not see.
    """
    for model, paths in citing().items():
        rows = model._default_manager.order_by()
        if public and paths[0] == "system":
            owner = "system__" if paths is OF_A_SYSTEM else ""
            rows = rows.filter(**{f"{owner}is_published": True})
        for column in address_columns(model):
            yield rows.exclude(**{column: ""}), column, paths


def cited_addresses(*, public: bool = False) -> QuerySet[models.Model, str]:
    """The addresses of all pages that anything links to, each once. One query."""
    first, *others = (
        rows.values_list(column, flat=True) for rows, column, _ in branches(public=public)
    )
    return first.union(*others).order_by()


def citations(urls: Collection[str], *, public: bool = True) -> dict[str, list[Citation]]:
    """Who links to these pages, by page, each noun once. One query; none for no pages."""
    if not urls:
        return {}
    parts = [
        rows.filter(**{f"{column}__in": urls}).values_list(
            models.F(column), Value(kind, models.CharField()), models.F(slug), models.F(name)
        )
        for rows, column, (kind, slug, name) in branches(public=public)
    ]
    found: dict[str, list[Citation]] = {}
    for url, kind, slug, name in sorted(parts[0].union(*parts[1:]).order_by()):
        found.setdefault(url, []).append(Citation(url=url, kind=kind, slug=slug, name=name))
    return found


class LinkQuerySet(KeyedQuerySet["Link"]):
    natural_field = "url"

    def to_check(self) -> Self:
        """The longest unlooked-at first."""
        return self.order_by(models.F("checked_at").asc(nulls_first=True), "id")

    def due(self, now: dt.datetime) -> Self:
        """The pages that wait for a look."""
        return self.filter(Q(next_check_at__isnull=True) | Q(next_check_at__lte=now))

    def cited(self, *, public: bool = False) -> Self:
        """The pages that some record still links to; ``public``: one that visitors see."""
        return self.filter(url__in=cited_addresses(public=public))

    def broken(self) -> Self:
        """The pages that are not reachable, the longest gone first."""
        return self.filter(state="broken").order_by(
            models.F("last_good_on").asc(nulls_first=True), "-failures", "url"
        )

    def good(self) -> Self:
        """The pages that were reached, the latest first."""
        return self.filter(state__in=["ok", "redirected"]).order_by("-last_good_on", "url")

    def marked(self, urls: "Iterable[str] | Combinable") -> Self:
        """Those of these pages that are not reachable."""
        rows = self.filter(state="broken", url__any_of=urls)
        return rows.only("url", "state", "last_good_on", "checked_at", "archive_url")

    def standing(self) -> tuple[dict[str, int], dt.datetime | None]:
        """How many pages are in which state, and when one was looked at last. One query."""
        rows = self.order_by().values_list("state").annotate(Count("pk"), Max("checked_at"))
        counts, days = {}, []
        for state, total, looked in rows:
            counts[state] = total
            days += [looked] if looked else []
        return counts, max(days, default=None)
