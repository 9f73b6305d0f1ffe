"""Lists and pages of everything around systems; one pattern for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Collate
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.exports.schema_org import as_script, dataset_node
from catalog.listing import filters
from catalog.listing.unknown_parameters import OF_LISTS, strangers
from catalog.models import (
    AISystem,
    Component,
    Dataset,
    Framework,
    License,
    Organization,
    Platform,
    ProgrammingLanguage,
)
from catalog.pages.presenters import verdicts
from catalog.pages.presenters.links import dead_links
from catalog.pages.views.common import HtmxHttpRequest, View, cached_by_catalogue, list_page, page
from catalog.querysets.base import FOLDED_NAME
from catalog.querysets.systems import AISystemQuerySet
from definitions import registry
from definitions.expressions import listed
from definitions.vocabulary import ComponentKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SYSTEMS_SHOWN = 50

TABLE_OF = {"organization": "organisations"}
"""Where the name of a list's file is not that of the noun with an s."""


@dataclass(frozen=True, kw_only=True)
class Noun:
    """One noun: what is read, by which contract, into which templates.

    ``relation`` is the field of a system that names it, where there is one.
    """

    name: str
    title: "StrPromise"
    lead: "StrPromise"
    model: Any
    filter: Callable[..., Any]
    order: tuple[str | Collate, ...] = (FOLDED_NAME, "id")
    relation: str = ""

    def list_view(self) -> View:
        @require_safe
        @cached_by_catalogue
        def view(request: HtmxHttpRequest) -> HttpResponse:
            listing = self.filter(request.GET, queryset=self.model.objects.all())
            results = list_page(request, listing.qs.for_list().order_by(*self.order), size=50)
            context = {
                "title": self.title,
                "table": TABLE_OF.get(self.name, f"{self.name}s"),
                "lead": self.lead,
                "filter": listing,
                "results": results,
                "strangers": strangers(request.GET, [*listing.filters, *OF_LISTS]),
            }
            return page(request, f"catalog/{self.name}_list.html", context)

        return view

    def detail_view(self) -> View:
        """The noun with the systems that name it."""

        @require_safe
        @cached_by_catalogue
        def view(request: HtmxHttpRequest, slug: str) -> HttpResponse:
            noun = get_object_or_404(self.model.objects.for_detail(), slug=slug)
            systems = AISystem.objects.published().filter(**{self.relation: noun})
            return detail(request, f"catalog/{self.name}_detail.html", noun, systems)

        return view


ORGANIZATIONS = Noun(
    name="organization",
    title=_("Organisations"),
    lead=_(
        "Who makes systems and data, the public bodies among them, "
        "and the initiatives around open AI."
    ),
    model=Organization,
    filter=filters.OrganizationFilter,
    relation="organizations",
)
DATASETS = Noun(
    name="dataset",
    title=_("Datasets"),
    lead=_("What systems are trained and tested on, and how to get it."),
    model=Dataset,
    filter=filters.DatasetFilter,
)
FRAMEWORKS = Noun(
    name="framework",
    title=_("Frameworks"),
    lead=_("Software that systems are trained and run with."),
    model=Framework,
    filter=filters.FrameworkFilter,
    relation="frameworks",
)
LANGUAGES = Noun(
    name="language",
    title=_("Programming languages"),
    lead=_(
        "Languages that systems and frameworks are written in. "
        "The licence is that of the reference implementation."
    ),
    model=ProgrammingLanguage,
    filter=filters.LanguageFilter,
    relation="programming_languages",
)
PLATFORMS = Noun(
    name="platform",
    title=_("Platforms"),
    lead=_("Where systems, data and code are published."),
    model=Platform,
    filter=filters.PlatformFilter,
)
LICENCES = Noun(
    name="licence",
    title=_("Licences"),
    lead=_(
        "One entry per version: who approved it, whether business may use it, "
        "and what in the register is under it."
    ),
    model=License,
    filter=filters.LicenceFilter,
    order=("-systems_count", "spdx_id"),
)


def system_rows(
    systems: AISystemQuerySet,
) -> list[tuple[AISystem, list[verdicts.VerdictCell]]]:
    """Systems with their verdicts, as the shared table shows them. Three queries."""
    shown = systems.for_list().order_by(FOLDED_NAME, "id")[:SYSTEMS_SHOWN]
    return [(system, verdicts.cells(system.evaluations.all())) for system in shown]


def detail(
    request: HtmxHttpRequest, template: str, noun: object, systems: AISystemQuerySet, **more: object
) -> HttpResponse:
    single_facts = noun.single_facts.all() if isinstance(noun, Organization) else []
    context = {
        "noun": noun,
        "dead_links": dead_links([noun, *single_facts]),
        "rows": system_rows(systems),
        "definitions": registry.current(),
        "shown_at_most": SYSTEMS_SHOWN,
    }
    return page(request, template, context | more)


@require_safe
@cached_by_catalogue
def dataset_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A dataset: its terms, and the systems that were trained on it."""
    noun = get_object_or_404(Dataset.objects.for_detail(), slug=slug)
    ids = {use.system_id for use in noun.uses.all()}
    systems = AISystem.objects.published().filter(pk__in=ids)
    address = request.build_absolute_uri(reverse("catalog:dataset", args=[slug]))
    linked = as_script(dataset_node(noun, address))
    return detail(request, "catalog/dataset_detail.html", noun, systems, linked_data=linked)


@require_safe
@cached_by_catalogue
def platform_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A platform, and the organisations that publish there."""
    noun = get_object_or_404(Platform.objects.for_detail(), slug=slug)
    context = {"noun": noun, "dead_links": dead_links([noun])}
    return page(request, "catalog/platform_detail.html", context)


@require_safe
@cached_by_catalogue
def licence_detail(request: HtmxHttpRequest, spdx_id: str) -> HttpResponse:
    """A licence: what it allows, demands and forbids, and what is under it."""
    noun = License.objects.for_detail().filter(spdx_id=spdx_id).first()
    if noun is None:
        same = get_object_or_404(License, spdx_id__iexact=listed(spdx_id) or spdx_id)
        return redirect("catalog:licence", same.spdx_id, permanent=True)
    under = Component.objects.filter(licences=noun).values("system")
    systems = AISystem.objects.published().filter(pk__in=under)
    usage = [(ComponentKind.of(kind).label, total) for kind, total in noun.usage().items()]
    return detail(request, "catalog/licence_detail.html", noun, systems, usage=usage)
