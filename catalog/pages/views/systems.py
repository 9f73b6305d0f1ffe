"""Systems: the list, one entry, its facts as a file, the comparison."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.evaluation.explanations import Explanations
from catalog.exports.citation import apa
from catalog.exports.entry import Entry
from catalog.exports.formats import CITATIONS, EXPORTS
from catalog.exports.schema_org import as_script, system_node
from catalog.listing.filters import SystemFilter
from catalog.listing.index.listing import SORTS
from catalog.listing.unknown_parameters import OF_LISTS, strangers
from catalog.models import (
    AISystem,
    Claim,
    Evaluation,
    Framework,
    Organization,
    Ruling,
    StewardJudgement,
    SystemFamily,
    VerdictChange,
)
from catalog.pages.badges.embed import embed
from catalog.pages.presenters import compare as comparison
from catalog.pages.presenters import entry, sources, strip, terms, verdicts
from catalog.pages.presenters.changes import change_rows
from catalog.pages.presenters.facets import Chip, chips, name_slugs
from catalog.pages.presenters.links import dead_links
from catalog.pages.views.common import (
    PAGE_SIZES,
    HtmxHttpRequest,
    cached_by_catalogue,
    csv_file,
    list_page,
    page,
)
from catalog.pages.views.definitions import get_definition
from catalog.querysets import page_reads
from catalog.querysets.systems import CHANGES_SHOWN
from definitions import registry
from definitions.topics import SystemTopic

MOST_COMPARED = 6
BADGES_SHOWN = (None, registry.current()[0])
"""On an entry: the badge with the strip and one of a definition, as a pattern for all."""

NEAR_NAMES = 5
MOST_TRIED = 8
"""Filters that are taken away one by one where nothing fits."""


@require_safe
@cached_by_catalogue
def system_list(request: HtmxHttpRequest) -> HttpResponse:
    """All systems, searched, filtered and sorted by the address."""
    systems = AISystem.objects.published()
    listing = SystemFilter(request.GET, systems, version=request.catalogue_version)
    results = list_page(request, listing.listing())
    facet_rows = listing.facet_options()
    name_slugs(
        facet_rows,
        listing.index.labels,
        organisation=Organization,
        framework=Framework,
        base=AISystem,
        family=SystemFamily,
    )
    chosen = chips(request.GET, listing, facet_rows)
    context = {
        "filter": listing,
        "results": results,
        "rows": verdicts.cells_of(results.rows),
        "facets": facet_rows,
        "chips": chosen,
        "near": [] if results.total else near_names(listing.cleaned.get("q", "")),
        "ways_out": [] if results.total else ways_out(chosen, request.catalogue_version),
        "definitions": registry.current(),
        "sorts": [(key, label) for key, (label, _order) in SORTS.items()],
        "page_sizes": PAGE_SIZES,
        "strangers": strangers(request.GET, [*listing.filters, *OF_LISTS]),
    }
    return page(request, "catalog/system_list.html", context, fragment="browse")


def ways_out(chosen: list[Chip], version: int | None) -> list[tuple[Chip, int]]:
    """Where nothing fits: the filters without which something would, and how much."""
    found = []
    for chip in chosen[:MOST_TRIED] if len(chosen) > 1 else []:
        without = SystemFilter(QueryDict(chip.query), AISystem.objects.published(), version=version)
        found.append((chip, without.listing().count()))
    return [(chip, total) for chip, total in found if total]


def near_names(text: str) -> list[AISystem]:
    return list(AISystem.objects.published().near(text)[:NEAR_NAMES]) if text else []


@require_safe
@cached_by_catalogue
def system_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """One entry: verdicts with reasons, components, data, terms, claims, descent."""
    system: Any = page_reads.entry.first_or_404(slug=slug)
    components = list(system.components.all())
    claims = entry.hydrated(Claim, system, system.claim_rows)
    judgements = entry.hydrated(StewardJudgement, system, system.judgement_rows)
    single_facts = entry.single_fact_rows(SystemTopic, system.fact_rows)
    identifiers = entry.system_licence_ids([system])
    found = page_reads.licences.rows(identifiers=list(identifiers))
    licences = {row.spdx_id: row for row in found}
    evidence = {row.kind: row.url or row.evidence_url for row in components}
    evaluations = list(system.evaluations.all())
    explain = Explanations.of(system).verdict
    permanent = request.build_absolute_uri(reverse("catalog:system", args=[slug]))
    oembed = request.build_absolute_uri(reverse("catalog:oembed"))
    context = {
        "system": system,
        "cards": verdicts.cards(evaluations, explain),
        "strip_groups": strip.large(system.strip, evidence),
        "component_groups": entry.component_groups(components),
        "claims": entry.claim_rows(claims, evaluations),
        "judgements": verdicts.judgement_rows(slug, judgements, evaluations, explain),
        "single_facts": single_facts,
        "records": sources.record_rows(system.record_rows, components),
        "changes": change_rows(entry.hydrated(VerdictChange, system, system.change_rows)),
        "built_on_it": page_reads.derived.rows(base=system.pk),
        "dead_links": dead_links(
            [*entry.cited_rows(system), *claims, *judgements, *single_facts],
        ),
        "permanent": permanent,
        "badges": [embed(request, system, item) for item in BADGES_SHOWN],
        "oembed": f"{oembed}?{urlencode({'url': permanent})}",
    }
    context |= terms.terms_of(system, licences) | take_away(request, system, permanent)
    return page(request, "catalog/system_detail.html", context)


def take_away(request: HtmxHttpRequest, system: AISystem, permanent: str) -> dict[str, Any]:
    """The files of an entry, how to cite it, and its data for machines. No query."""
    files = [(item.media_type, f"{permanent}{item.name}") for item in EXPORTS]
    return {
        "exports": EXPORTS,
        "citations": CITATIONS,
        # A citation names no licence, so that none has to be read for it.
        "citation": apa(Entry.of(system, request.build_absolute_uri("/"), licences={})),
        "linked_data": as_script(system_node(system, permanent, files)),
    }


@require_safe
@cached_by_catalogue
def verdict_detail(request: HtmxHttpRequest, slug: str, identifier: str) -> HttpResponse:
    """One definition on one system, in full: the page to cite. Seven queries."""
    definition = get_definition(identifier)
    system = get_object_or_404(AISystem.objects.published().defer("search"), slug=slug)
    judged = Evaluation.objects.with_facts().filter(system=system, definition_id=identifier)
    evaluation: Any = judged.first()
    explain = Explanations.of(evaluation).verdict
    judgements = StewardJudgement.objects.filter(
        system=system, definition_id=identifier
    ).select_related("source")
    rulings = Ruling.objects.filter(
        system=system, criterion__startswith=f"{identifier}/"
    ).select_related("source")
    changes = VerdictChange.objects.filter(system=system, definition_id=identifier).for_list()
    card = verdicts.card(definition, evaluation, explain)
    shown = [evidence.url for finding in card.findings for evidence in finding.evidence]
    context = {
        "system": system,
        "card": card,
        "dead_links": dead_links([*judgements, *rulings], more=shown),
        "others": [item for item in registry.versions(definition.key) if item is not definition],
        "judgements": verdicts.judgement_rows(
            slug, judgements, [evaluation] if evaluation else [], explain
        ),
        "rulings": rulings,
        "changes": change_rows(changes[:CHANGES_SHOWN]),
        "permanent": request.build_absolute_uri(
            reverse("catalog:verdict", args=[slug, identifier])
        ),
    }
    return page(request, "catalog/verdict_detail.html", context)


# --- comparison ----------------------------------------------------------------------------


def asked(request: HtmxHttpRequest) -> tuple[list[str], list[str]]:
    """The slugs to compare, each once and six at most, and what there is to say about them."""
    wanted = [slug.strip()[:100] for slug in request.GET.getlist("s") if slug.strip()]
    slugs = list(dict.fromkeys(wanted))
    messages = []
    if len(slugs) > MOST_COMPARED:
        messages.append(
            _("At most %(most)d systems fit side by side; these are the first of %(asked)d.")
            % {"most": MOST_COMPARED, "asked": len(slugs)}
        )
    return slugs[:MOST_COMPARED], messages


def compared(request: HtmxHttpRequest) -> dict[str, Any]:
    """Everything that the page and the table file need. A fixed number of queries."""
    slugs, messages = asked(request)
    added = request.GET.get("add", "").strip()[:200].replace("\x00", "")
    matches: list[AISystem] = []
    if added:
        matches = list(AISystem.objects.published().exclude(slug__in=slugs).search(added)[:8])
        if not matches:
            messages.append(_("No system is called “%(name)s”.") % {"name": added[:60]})
    found = page_reads.side_by_side.rows(slugs=slugs) if slugs else []
    systems = sorted(found, key=lambda system: slugs.index(system.slug))
    known = {system.slug for system in systems}
    messages += [
        _("There is no system “%(slug)s”.") % {"slug": slug.replace("\x00", "�")}
        for slug in slugs
        if slug not in known
    ]
    differences = request.GET.get("differences") == "yes"
    found_licences = page_reads.licences.rows(identifiers=list(entry.weights_licence_ids(systems)))
    licences = {row.spdx_id: row for row in found_licences}
    return {
        "systems": systems,
        "columns": [(system, column_links(systems, n)) for n, system in enumerate(systems)],
        "sections": comparison.sections(systems, licences, differences_only=differences)
        if systems
        else [],
        "differences": differences,
        "messages_shown": messages,
        "added": added,
        "matches": matches,
        "kept": kept(systems, differences=differences),
        "full": len(systems) >= MOST_COMPARED,
    }


def kept(systems: list[AISystem], *, differences: bool) -> str:
    """The part of the address that adding one more system keeps; it ends where that goes."""
    return "".join(f"s={system.slug}&" for system in systems) + "differences=yes&" * differences


def column_links(systems: list[AISystem], place: int) -> dict[str, list[str]]:
    """The slugs after removing a column or moving it one place to the left."""
    slugs = [system.slug for system in systems]
    without = slugs[:place] + slugs[place + 1 :]
    moved = without[:]
    if place:
        moved.insert(place - 1, slugs[place])
    return {"without": without, "moved": moved if place else []}


@require_safe
@cached_by_catalogue
def compare(request: HtmxHttpRequest) -> HttpResponse:
    """Up to six systems side by side, named by the address in their order."""
    return page(request, "catalog/compare.html", compared(request))


@require_safe
def compare_csv(request: HtmxHttpRequest) -> HttpResponse:
    """The comparison as a table file."""
    context = compared(request)
    if not context["systems"]:
        raise Http404("Nothing to compare.")
    heading = ["section", "line", *(system.name for system in context["systems"])]
    lines = [
        [
            section.title,
            row.label,
            *(cell.whole for cell in row.cells),
        ]
        for section in context["sections"]
        for row in section.rows
    ]
    return csv_file("glassbox-compare.csv", [heading, *lines])
