"""Home, sources, methodology and the other pages of words; robots and addresses for machines."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.models import (
    AISystem,
    Cause,
    Claim,
    Component,
    Dataset,
    Evaluation,
    Framework,
    License,
    Organization,
    Source,
    VerdictChange,
)
from catalog.pages.presenters import entry, verdicts
from catalog.pages.presenters.changes import change_rows
from catalog.pages.presenters.guide import kinds_by_group
from catalog.pages.views.common import HtmxHttpRequest, View, cached_by_catalogue, page
from catalog.pages.views.definitions import shares
from definitions import registry
from definitions.claims import ClaimResult
from definitions.inferences import INFERENCES
from definitions.vocabulary import ComponentKind

NEWEST = 6
CLAIMS = 6
CHANGES = 6
EXAMPLES = ("olmo-7b", "llama-3-1")
"""The two systems that newcomers ask about first; linked where they have entries."""


@require_safe
@cached_by_catalogue
def home(request: HtmxHttpRequest) -> HttpResponse:
    """The front door: search, numbers, shares per definition, newest entries, claims."""
    counts = Evaluation.objects.counts()
    newest = AISystem.objects.published().for_list().newest_first()[:NEWEST]
    refuted = Claim.objects.filter(result=ClaimResult.DOES_NOT_HOLD.value).for_list()
    claims = refuted.order_by("-date", "system__name", "id")[:CLAIMS]
    changes = VerdictChange.objects.exclude(cause=Cause.ADDED.value).for_list()[:CHANGES]
    known = AISystem.objects.published().filter(slug__in=EXAMPLES)
    context = {
        "examples": known.count() == len(EXAMPLES),
        "numbers": AISystem.objects.numbers(
            components=Component, datasets=Dataset, licences=License, organisations=Organization,
            frameworks=Framework,
        ),
        "definitions": registry.current(),
        "shares": [(d, shares(counts, d)) for d in registry.current()],
        "rows": [(system, verdicts.cells(system.evaluations.all())) for system in newest],
        "claims": [entry.claim_rows([c], c.system.evaluations.all())[0] for c in claims],
        "changes": change_rows(changes),
    }  # fmt: skip
    return page(request, "catalog/home.html", context)


@require_safe
@cached_by_catalogue
def source_list(request: HtmxHttpRequest) -> HttpResponse:
    """Where the records come from, and under which terms."""
    return page(request, "catalog/source_list.html", {"sources": Source.objects.all()})


def words(template: str, **more: object) -> View:
    """A page of words alone; ``more`` is what it shows beside them."""

    @require_safe
    @cached_by_catalogue
    def view(request: HtmxHttpRequest) -> HttpResponse:
        context = {"definitions": registry.current(), "contact": settings.CRAWLER_CONTACT, **more}
        return page(request, f"catalog/{template}.html", context)

    return view


about = words("about")
methodology = words("methodology", inferences=INFERENCES)
accessibility = words("accessibility")
privacy = words("privacy")
handbook = words("handbook")
policy = words("policy")
submit_guide = words("submit_guide", kind_groups=kinds_by_group(), kind_total=len(ComponentKind))


@require_safe
def robots(request: HtmxHttpRequest) -> HttpResponse:
    """Everything may be read but the desk and filtered lists, which are without end."""
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /systems/?",
        "Disallow: /compare/?",
        f"Sitemap: {request.build_absolute_uri(reverse('catalog:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def search_description(request: HtmxHttpRequest) -> HttpResponse:
    """OpenSearch: lets a browser offer the register's search."""
    context = {
        name: request.build_absolute_uri(reverse(f"catalog:{name}"))
        for name in ("systems", "suggest")
    }
    return render(
        request,
        "catalog/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml",
    )
