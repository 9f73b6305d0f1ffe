"""Reads of sources, links, the catalogue's version, and verdicts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import connections, models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject, Left, Length, Substr

from catalog.querysets.base import KeyedQuerySet
from definitions import registry
from definitions.marks import PLAIN, Result
from definitions.vocabulary import Status

if TYPE_CHECKING:
    from catalog.models import (  # noqa: F401 - named in strings below
        CatalogChange,
        CatalogState,
        Claim,
        Evaluation,
        Ruling,
        Source,
        VerdictChange,
    )


PATTERNS = """
SELECT statuses, count(*) FROM (
    SELECT string_agg(row.definition_id || '=' || row.status, ',' ORDER BY row.definition_id)
        AS statuses
    FROM catalog_evaluation row JOIN catalog_aisystem system ON system.id = row.system_id
    WHERE system.is_published
    GROUP BY row.system_id
) per_system GROUP BY statuses
"""


SCORES = {
    "75": "0.75 and more",
    "50": "0.50 to 0.75",
    "25": "0.25 to 0.50",
    "0": "below 0.25",
}
"""Quarters of a score, for finding and counting alone: the stewards set no thresholds."""

VERDICT_WORD = Case(
    When(score__gte=0.75, then=Value("75")),
    When(score__gte=0.5, then=Value("50")),
    When(score__gte=0.25, then=Value("25")),
    When(score__isnull=False, then=Value("0")),
    default=models.F("status"),
    output_field=models.CharField(),
)
"""What a verdict is counted under: the quarter of its score where it is one, else its status."""


class SourceQuerySet(KeyedQuerySet["Source"]):
    natural_field = "key"


class CatalogStateQuerySet(QuerySet["CatalogState"]):
    def current(self) -> int:
        """The catalogue's version; every write of a service counts it up. One query."""
        with connections[self.db].cursor() as cursor:  # before every page: the ORM takes as long
            cursor.execute("SELECT version FROM catalog_catalogstate WHERE id = 1")
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    def moment(self) -> tuple[int, str]:
        """The version and when it came: a restored database has other times. One query."""
        found = self.filter(id=1).values_list("version", "changed_at").first()
        version, changed_at = found or (0, None)
        return version, changed_at.isoformat() if changed_at else ""

    def indexed(self) -> int | None:
        """The version whose facet index is stored; None where none is. One query."""
        return self.values_list("indexed_version", flat=True).filter(id=1).first()


class CatalogChangeQuerySet(QuerySet["CatalogChange"]):
    def between(self, after: int, upto: int) -> QuerySet["CatalogChange", list[int] | None]:
        """The systems that each version touched, after one version and up to another."""
        rows = self.filter(version__gt=after, version__lte=upto).order_by("version")
        return rows.values_list("systems", flat=True)


class EvaluationQuerySet(QuerySet["Evaluation"]):
    def for_list(self) -> Self:
        """What a cell of a list shows."""
        return self.only(
            "system_id",
            "definition_id",
            "status",
            "level",
            "level_possible",
            "score",
            "score_low",
            "score_high",
            "criteria",
        ).fetch_mode(models.FETCH_RAISE)

    def with_facts(self) -> Self:
        """Verdicts with ``kept_facts``: the document that they were made from, as it is stored."""
        from catalog.models import FactsDocument  # noqa: PLC0415

        documents = FactsDocument.objects.filter(
            system=OuterRef("system"), fingerprint=OuterRef("facts_fingerprint")
        )
        newest = documents.order_by("-recorded_at").values("packed")[:1]
        return self.annotate(kept_facts=models.Subquery(newest))

    def undecided(self, definition: str) -> Self:
        """Published systems of which a definition leaves open whether they could come further."""
        return self.filter(
            Q(status=Status.UNKNOWN.value) | Q(level__lt=F("level_possible")),
            definition_id=definition,
            system__is_published=True,
        )

    def current(self, fingerprints: Iterable[str]) -> Self:
        """Rows made from today's facts and by one of these definition fingerprints."""
        return self.filter(
            definition_fingerprint__in=list(fingerprints),
            facts_fingerprint=models.F("system__facts_fingerprint"),
        )

    def stale(self, fingerprints: Iterable[str]) -> Self:
        """Rows made from other facts than today's, or by none of these fingerprints."""
        return self.exclude(
            definition_fingerprint__in=list(fingerprints),
            facts_fingerprint=models.F("system__facts_fingerprint"),
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """Per definition: how many published systems have which status or score. One query."""
        rows = (
            self.filter(system__is_published=True)
            .order_by()
            .annotate(word=VERDICT_WORD)
            .values_list("definition_id", "word")
            .annotate(how_many=Count("id"))
        )
        table: dict[str, dict[str, int]] = {}
        for definition, status, how_many in rows:
            table.setdefault(definition, {})[status] = how_many
        return table

    def patterns(self) -> dict[str, int]:
        """How many published systems have the same statuses throughout. One query.

        Keys are ``definition=status`` pairs in the order of the ids, joined by
        commas; there are few of them, however many systems there are.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(PATTERNS)
            return dict(cursor.fetchall())

    def moved_between(self, before: str, after: str) -> dict[str, int]:
        """How the verdicts of two versions of a definition stand to each other. One query."""
        older = self.filter(definition_id=before, system=models.OuterRef("system"))
        result = JSONObject(**{name: name for name in Result._fields})
        rows = self.filter(definition_id=after, system__is_published=True).annotate(
            then=models.Subquery(older.values(row=result)[:1]), now=result
        )
        old, new = registry.get(before), registry.get(after)
        found = dict.fromkeys(("systems", "higher", "lower", "same"), 0)
        counted = rows.exclude(then__isnull=True).values_list("then", "now").annotate(n=Count("id"))
        for earlier, later, number in counted.order_by():
            then, now = Result(**earlier), Result(**later)
            found["systems"] += number
            found["same"] += number * (new.label_of(now) == old.label_of(then))
            if then.score is not None and now.score is not None:
                found["higher"] += number * (now.score > then.score)
                found["lower"] += number * (now.score < then.score)
        return found


class ClaimQuerySet(QuerySet["Claim"]):
    def for_list(self) -> Self:
        """Claims on published systems with all that the claims page shows. Three queries."""
        from catalog.models import Evaluation  # noqa: PLC0415

        return (
            self.filter(system__is_published=True)
            .select_related("system", "source")
            .defer("system__search")
            .prefetch_related(
                makers_of("system__"),
                models.Prefetch("system__evaluations", Evaluation.objects.for_list()),
            )
            .fetch_mode(models.FETCH_RAISE)
        )

    def results(self) -> dict[str, int]:
        """How many claims on published systems have which result. One query."""
        rows = (
            self.filter(system__is_published=True)
            .order_by()
            .values_list("result")
            .annotate(how_many=Count("id"))
        )
        return dict(rows)


class RulingQuerySet(QuerySet["Ruling"]):
    def lapsed(self) -> Self:
        """Rulings on a criterion that needs judgement all the same: their facts have changed."""
        from catalog.models import Evaluation  # noqa: PLC0415

        place = Case(
            *(When(criterion=code, then=Value(place)) for code, place in letter_places()),
            output_field=models.IntegerField(),
        )
        place_of_ruling: Any = OuterRef("letter_place")
        judged = Evaluation.objects.filter(
            system=OuterRef("system"),
            definition_id=Left(OuterRef("criterion"), Length("definition_id")),
        ).annotate(letter=Substr("criteria", place_of_ruling, 1))
        open_still = judged.filter(letter=PLAIN[Status.NEEDS_JUDGEMENT])
        return self.annotate(letter_place=place).filter(Exists(open_still))


def letter_places() -> list[tuple[str, int]]:
    """The place of each criterion's letter in the verdicts of its definition, from 1."""
    return [
        (criterion.code, place)
        for definition in registry.DEFINITIONS
        for place, criterion in enumerate(definition.criteria, 1)
    ]


def makers_of(path: str = "") -> models.Prefetch[str, models.QuerySet[models.Model], str]:
    """The makers of the systems at this path, with their organisations. One query."""
    from catalog.models import SystemMaker  # noqa: PLC0415

    makers = SystemMaker.objects.select_related("organization").fetch_mode(models.FETCH_RAISE)
    return models.Prefetch(f"{path}makers", makers)


class VerdictChangeQuerySet(QuerySet["VerdictChange"]):
    def for_list(self) -> Self:
        """Changes of published systems, newest first, with what a list shows. One query."""
        return (
            self.filter(system__is_published=True)
            .select_related("system")
            .defer("system__search")
            .order_by("-happened_at", "-id")
            .fetch_mode(models.FETCH_RAISE)
        )
