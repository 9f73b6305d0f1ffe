"""Reads of AI systems: lists, entries, comparison, search, facts."""

import re
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)

from catalog.querysets.base import FOLDED_NAME, NamedQuerySet, terms_of
from catalog.querysets.gathered import (
    derivations_with_bases,
    kept_facts,
    links,
    makers_with_facts,
    plain_rows,
    records_as_values,
    single_facts,
    steward_grades,
)
from catalog.querysets.orders import rank_of, rank_of_letter
from definitions import registry
from definitions.vocabulary import Status

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from catalog.models import AISystem

HEAVY = ("search",)
"""Columns that no page reads."""

TOLD = (
    "source",
    "data_information",
    "data_information__source",
    "usage_information",
    "usage_information__source",
)
"""Where an entry is from, and what the makers tell: one row of each per system."""

CHANGES_SHOWN = 20
"""How many changes the page of an entry shows; its history page has all."""


def full_text(text: str) -> Q:
    """Systems whose names or summary hold the words, as they stand or in another form."""
    return Q(search=SearchQuery(text, config="english", search_type="websearch")) | Q(
        search=SearchQuery(text, config="simple", search_type="websearch")
    )


class AISystemQuerySet(NamedQuerySet["AISystem"]):
    def published(self) -> Self:
        """What visitors see."""
        return self.filter(is_published=True)

    def by_verdict(self, definition: str) -> Self:
        """Those that a definition has judged, the nearest to meeting it first."""
        judged = self.filter(evaluations__definition_id=definition)
        return judged.order_by(
            F("evaluations__level").desc(nulls_last=True),
            F("evaluations__score").desc(nulls_last=True),
            rank_of(F("evaluations__status")),
            "name",
            "id",
        )

    def by_criterion(self, definition: str, code: str) -> Self:
        """Those that a definition has judged, with those that meet a criterion first.

        Sorts without an index: for selections, not for the register.
        """
        codes = [criterion.code for criterion in registry.get(definition).criteria]
        judged = self.filter(evaluations__definition_id=definition)
        letter = rank_of_letter(F("evaluations__criteria"), codes.index(code) + 1)
        return judged.order_by(letter, "name", "id")

    def for_list(self) -> Self:
        """Everything that a row of a list shows; anything else raises. Three queries."""
        from catalog.models import Evaluation  # noqa: PLC0415

        verdicts = Prefetch("evaluations", Evaluation.objects.for_list())
        return self.for_rows().prefetch_related(verdicts)

    def for_rows(self) -> Self:
        """The same without the verdicts. Two queries."""
        from catalog.models import SystemMaker  # noqa: PLC0415

        makers = SystemMaker.objects.select_related("organization")
        return (
            self.select_related("family")
            .prefetch_related(Prefetch("makers", makers.fetch_mode(models.FETCH_RAISE)))
            .defer(*HEAVY)
            .fetch_mode(models.FETCH_RAISE)
        )

    def with_facts(self) -> Self:
        """Every row that ``catalog.entry.facts`` reads; anything else raises. Six queries.

        Small rows come as plain values inside their owner's: ``fact_rows`` on
        systems and makers, ``base_rows`` on derivations, ``grade_rows`` on systems.
        """
        from catalog.models import Component, SystemFact, TrainingData  # noqa: PLC0415

        training = TrainingData.objects.select_related("dataset__source", "source")
        components = Component.objects.select_related("source").order_by("kind")
        return (
            self.select_related(*TOLD)
            .annotate(
                fact_rows=single_facts(self.model, SystemFact, "system"),
                grade_rows=steward_grades(),
            )
            .prefetch_related(
                Prefetch("makers", makers_with_facts()),
                Prefetch("components", components.fetch_mode(models.FETCH_RAISE)),
                Prefetch("training_data", training.fetch_mode(models.FETCH_RAISE)),
                Prefetch("derivations", derivations_with_bases()),
                "rulings",
            )
            .defer(*HEAVY)
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_detail(self) -> Self:
        """A whole entry, facts and verdicts included. Eleven queries."""
        from catalog.models import Claim, StewardJudgement  # noqa: PLC0415

        return (
            self.with_facts()
            .select_related("family", *TOLD)
            .prefetch_related(
                "evaluations",
                "frameworks",
                "programming_languages",
                Prefetch("claims", Claim.objects.select_related("source")),
                Prefetch("judgements", StewardJudgement.objects.select_related("source")),
            )
        )

    def for_files(self) -> Self:
        """What the files about a system are made from: facts and verdicts. Seven queries."""
        from catalog.models import Evaluation  # noqa: PLC0415

        verdicts = Evaluation.objects.all().fetch_mode(models.FETCH_RAISE)
        return self.with_facts().prefetch_related(Prefetch("evaluations", verdicts))

    def for_page(self) -> Self:
        """A whole entry for its page; small rows come as plain values. Seven queries.

        Adds ``kept_facts``, ``framework_links``, ``language_links``, ``claim_rows``,
        ``judgement_rows``, ``change_rows`` (the newest first) and ``record_rows``.
        """
        from catalog.models import (  # noqa: PLC0415
            Claim,
            Framework,
            ProgrammingLanguage,
            StewardJudgement,
            VerdictChange,
        )

        return (
            self.with_facts()
            .select_related("family", *TOLD)
            .prefetch_related("evaluations")
            .annotate(
                framework_links=links(Framework),
                language_links=links(ProgrammingLanguage),
                claim_rows=plain_rows(Claim, "date", "id"),
                judgement_rows=plain_rows(StewardJudgement, "definition_id", "date"),
                change_rows=plain_rows(VerdictChange, "-happened_at", "-id", limit=CHANGES_SHOWN),
                record_rows=records_as_values(),
                kept_facts=kept_facts(),
            )
        )

    def for_compare(self) -> Self:
        """Entries side by side. The same seven queries for any number."""
        from catalog.models import Framework, ProgrammingLanguage  # noqa: PLC0415

        return (
            self.with_facts()
            .select_related("family", *TOLD)
            .prefetch_related("evaluations")
            .annotate(
                framework_links=links(Framework),
                language_links=links(ProgrammingLanguage),
                kept_facts=kept_facts(),
            )
        )

    def search(self, text: str) -> Self:
        """Full text, or fragments of name, slug, maker and family; adds ``rank``.

        Any text is safe: punctuation, ``C++`` and quotes are matched as they stand.
        """
        return self.matching(text).ranked(text)

    def worded(self, text: str) -> Self:
        """Those in whose names and summary each longer word of the text begins one, in no order."""
        words = re.findall(r"[\w.]{2,}", text.lower())
        query = " & ".join(f"'{word}':*" for word in words)
        found = SearchQuery(query, config="simple", search_type="raw")
        return self.filter(search=found) if words else self.none()

    def matching(self, text: str) -> Self:
        """The systems that a search text finds, in no order."""
        terms = terms_of(text)
        if not terms:
            return self.all()
        return self.filter(full_text(" ".join(terms)) | self._fragments(terms))

    def ranked(self, text: "str | Combinable") -> Self:
        """Adds ``rank``: how well each system fits a search text, the same name best.

        A text that is an expression has to be clean: words with single spaces.
        """
        clean = " ".join(terms_of(text)) if isinstance(text, str) else text
        if not clean:
            return self.annotate(rank=Value(0.0, output_field=FloatField()))
        english = SearchQuery(clean, config="english", search_type="websearch")
        return self.annotate(
            rank=Case(
                When(Q(name__iexact=clean) | Q(slug__iexact=clean), then=Value(10.0)),
                default=TrigramWordSimilarity(clean, "name")  # type: ignore[arg-type]
                + SearchRank(F("search"), english, normalization=1),
                output_field=FloatField(),
            )
        )

    def with_lead_maker_name(self) -> Self:
        """Adds ``lead_maker_name``: None where no maker is on record."""
        from catalog.models import SystemMaker  # noqa: PLC0415

        makers = SystemMaker.objects.filter(system=OuterRef("pk")).order_by("position", "id")
        return self.annotate(lead_maker_name=Subquery(makers.values("organization__name")[:1]))

    def _fragments(self, terms: list[str]) -> Q:
        """Every word occurs in the name, the slug, the family or a maker's name."""
        from catalog.models import SystemMaker  # noqa: PLC0415

        condition = Q()
        for term in terms:
            makers = SystemMaker.objects.filter(
                Q(organization__name__icontains=term) | Q(organization__slug__iexact=term),
                system=OuterRef("pk"),
            )
            condition &= (
                Q(name__icontains=term)
                | Q(slug__icontains=term)
                | Q(huggingface_id__icontains=term)
                | Q(family__name__icontains=term)
                | Q(Exists(makers))
            )
        return condition

    def meeting(self, definition_id: str, status: str = Status.MET.value) -> Self:
        """Systems for which a definition says this."""
        from catalog.models import Evaluation  # noqa: PLC0415

        return self.filter(
            Exists(
                Evaluation.objects.filter(
                    system=OuterRef("pk"), definition_id=definition_id, status=status
                )
            )
        )

    def at_level(self, definition_id: str, level: int) -> Self:
        """Systems that a ladder puts at this level or higher."""
        from catalog.models import Evaluation  # noqa: PLC0415

        return self.filter(
            Exists(
                Evaluation.objects.filter(
                    system=OuterRef("pk"), definition_id=definition_id, level__gte=level
                )
            )
        )

    def newest_first(self) -> Self:
        """By day of release, unknown days last; always the same order."""
        return self.order_by(F("released_on").desc(nulls_last=True), "id")

    def near(self, text: str) -> Self:
        """Names most like a text that found nothing: “did you mean”."""
        clean = " ".join(terms_of(text))
        return (
            self.annotate(likeness=TrigramWordSimilarity(clean, "name"))
            .filter(likeness__gt=0.3)
            .order_by("-likeness", FOLDED_NAME, "id")
        )

    def built_on(self, system: "AISystem | Combinable") -> Self:
        """Systems that were made from this one."""
        return (
            self.filter(derivations__base=system)
            .defer(*HEAVY)
            .order_by(FOLDED_NAME, "id")
            .distinct()
        )

    def numbers(self, **nouns: type[models.Model]) -> dict[str, int]:
        """How many rows there are of systems and of other nouns. One query."""
        branches = [
            noun._default_manager.order_by()
            .annotate(noun=Value(name, models.CharField()))
            .values("noun")
            .annotate(total=models.Count("pk"))
            .values_list("noun", "total")
            for name, noun in ({"systems": self.model} | nouns).items()
        ]
        return dict(branches[0].union(*branches[1:], all=True).order_by())
