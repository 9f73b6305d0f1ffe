"""Reads of everything around systems: makers, data, tools, platforms, licences."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Prefetch, Q, Value, When

from catalog.querysets.base import KeyedQuerySet, NamedQuerySet, count_of
from definitions.business import CAPS, FORBIDDING, NARROWING
from definitions.vocabulary import Answer, BusinessUse, CommercialUse

if TYPE_CHECKING:
    from catalog.models import (  # noqa: F401 - named in strings below
        Dataset,
        Framework,
        License,
        LicenseAlias,
        Organization,
        Platform,
        ProgrammingLanguage,
        SystemFamily,
    )
    from catalog.querysets.systems import AISystemQuerySet


def systems() -> "AISystemQuerySet":
    """Published systems, in list form (imported late: models import querysets)."""
    from catalog.models import AISystem  # noqa: PLC0415

    return AISystem.objects.published()


class SystemFamilyQuerySet(NamedQuerySet["SystemFamily"]):
    def for_list(self) -> Self:
        return self.select_related("organization").fetch_mode(models.FETCH_RAISE)


class OrganizationQuerySet(NamedQuerySet["Organization"]):
    def with_counts(self) -> Self:
        """Adds ``systems_count``, ``datasets_count`` and ``frameworks_count``."""
        from catalog.models import Dataset, Framework  # noqa: PLC0415

        return self.annotate(
            systems_count=count_of(systems(), "organizations"),
            datasets_count=count_of(Dataset.objects.all(), "organizations"),
            frameworks_count=count_of(Framework.objects.all(), "organizations"),
        )

    def for_list(self) -> Self:
        return (
            self.with_counts()
            .select_related("parent")
            .prefetch_related("profiles__platform")
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_detail(self) -> Self:
        from catalog.models import OrganizationFact  # noqa: PLC0415

        return (
            self.with_counts()
            .select_related("parent", "source")
            .prefetch_related(
                "profiles__platform",
                "children",
                "datasets",
                "frameworks",
                models.Prefetch("single_facts", OrganizationFact.objects.select_related("source")),
            )
        )


class PlatformQuerySet(NamedQuerySet["Platform"]):
    def with_counts(self) -> Self:
        """Adds ``organizations_count``."""
        from catalog.models import PlatformProfile  # noqa: PLC0415

        return self.annotate(
            organizations_count=count_of(
                PlatformProfile.objects.all(), "platform", "organization_id"
            )
        )

    def for_list(self) -> Self:
        return self.with_counts().fetch_mode(models.FETCH_RAISE)

    def for_detail(self) -> Self:
        return (
            self.with_counts()
            .select_related("source")
            .prefetch_related("profiles__organization")
            .fetch_mode(models.FETCH_RAISE)
        )


class ProgrammingLanguageQuerySet(NamedQuerySet["ProgrammingLanguage"]):
    def with_counts(self) -> Self:
        """Adds ``systems_count`` and ``frameworks_count``."""
        from catalog.models import Framework  # noqa: PLC0415

        return self.annotate(
            systems_count=count_of(systems(), "programming_languages"),
            frameworks_count=count_of(Framework.objects.all(), "programming_languages"),
        )

    def for_list(self) -> Self:
        return self.with_counts().fetch_mode(models.FETCH_RAISE)

    def for_detail(self) -> Self:
        return (
            self.with_counts()
            .select_related("source")
            .prefetch_related("frameworks", "licences")
            .fetch_mode(models.FETCH_RAISE)
        )


class FrameworkQuerySet(NamedQuerySet["Framework"]):
    def with_counts(self) -> Self:
        """Adds ``systems_count``."""
        return self.annotate(systems_count=count_of(systems(), "frameworks"))

    def for_list(self) -> Self:
        return (
            self.with_counts()
            .prefetch_related("organizations", "programming_languages")
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_detail(self) -> Self:
        return (
            self.with_counts()
            .select_related("source")
            .prefetch_related("organizations", "programming_languages", "licences")
            .fetch_mode(models.FETCH_RAISE)
        )


class DatasetQuerySet(NamedQuerySet["Dataset"]):
    def with_counts(self) -> Self:
        """Adds ``systems_count``: how many published systems use the dataset."""
        from catalog.models import TrainingData  # noqa: PLC0415

        uses = TrainingData.objects.filter(system__is_published=True)
        return self.annotate(systems_count=count_of(uses, "dataset", "system_id"))

    def for_list(self) -> Self:
        return self.with_counts().prefetch_related("organizations").fetch_mode(models.FETCH_RAISE)

    def for_detail(self) -> Self:
        from catalog.models import TrainingData  # noqa: PLC0415

        uses = (
            TrainingData.objects.filter(system__is_published=True)
            .select_related("system", "source")
            .defer("system__search")
            .order_by("system__slug", "stage")
        )
        return (
            self.with_counts()
            .select_related("source")
            .prefetch_related(
                "organizations",
                "licences",
                "derived_from",
                "derivatives",
                Prefetch("uses", uses),
            )
            .fetch_mode(models.FETCH_RAISE)
        )


def says_yes(*columns: str) -> Q:
    """One of these columns says yes."""
    return Q(*((column, Answer.YES.value) for column in columns), _connector=Q.OR)


FORBIDS = Q(commercial=CommercialUse.NO.value) | Q(
    use_restrictions__overlap=sorted(word.value for word in FORBIDDING)
)
BUSINESS_USE = Case(
    When(osi_approved=Answer.YES.value, then=Value(BusinessUse.YES.value)),
    When(FORBIDS, then=Value(BusinessUse.NO.value)),
    When(commercial=CommercialUse.UNKNOWN.value, then=Value(BusinessUse.UNKNOWN.value)),
    When(
        Q(commercial=CommercialUse.CAPPED.value) | says_yes(*CAPS),
        then=Value(BusinessUse.CAPPED.value),
    ),
    When(
        Q(use_restrictions__len__gt=0) | says_yes(*NARROWING),
        then=Value(BusinessUse.LIMITED.value),
    ),
    When(use_restrictions__isnull=True, then=Value(BusinessUse.UNKNOWN.value)),
    default=Value(BusinessUse.YES.value),
    output_field=models.CharField(),
)
"""The answer of ``definitions.business.of_licence`` as an expression over licences."""


class LicenceQuerySet(NamedQuerySet["License"]):
    natural_field = "spdx_id"
    search_fields = ("name", "spdx_id")

    def for_business(self, use: str) -> Self:
        """Those that give this answer to “May I use it in business?”."""
        return self.alias(business=BUSINESS_USE).filter(business=use)

    def with_counts(self) -> Self:
        """Adds ``components_count``, ``systems_count`` and ``datasets_count``."""
        from catalog.models import Component, Dataset  # noqa: PLC0415

        used = Component.objects.filter(system__is_published=True)
        return self.annotate(
            components_count=count_of(used, "licences"),
            systems_count=count_of(used, "licences", "system_id"),
            datasets_count=count_of(Dataset.objects.all(), "licences"),
        )

    def for_list(self) -> Self:
        return self.with_counts().fetch_mode(models.FETCH_RAISE)

    def for_detail(self) -> Self:
        return (
            self.with_counts()
            .select_related("source")
            .prefetch_related("datasets", "frameworks")
            .fetch_mode(models.FETCH_RAISE)
        )

    def in_use(self) -> Self:
        """Licences that some record of the catalogue is under.

        Each link table is read by itself: joined, they would multiply each other.
        """
        from catalog.models import Component, Dataset, Framework  # noqa: PLC0415

        links = (model.licences.through.objects for model in (Component, Dataset, Framework))
        under = (Q(pk__in=rows.order_by().values("license")) for rows in links)
        return self.filter(reduce(or_, under))


class LicenceAliasQuerySet(KeyedQuerySet["LicenseAlias"]):
    natural_field = "alias"
