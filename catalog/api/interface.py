"""The operations of ``/api/v1/``, and how each is described."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from catalog.api import parameters as p
from catalog.api import past, schemas, serialize
from catalog.api.judging import EVALUATE, chosen_definitions, facts_in, own_licences_alone
from catalog.api.problems import ProblemError, problem
from catalog.entry.facts import facts_for, licence_facts, names_in
from catalog.entry.facts import licence as facts_of_licence
from catalog.exports.columns import nouns, parts
from catalog.listing.filters import (
    ChangeFilter,
    DatasetFilter,
    LicenceFilter,
    OrganizationFilter,
    SystemFilter,
)
from catalog.models import AISystem, Dataset, License, Organization, VerdictChange
from catalog.querysets import page_reads
from definitions import registry
from definitions.core import evaluate
from definitions.explain import definition_json
from definitions.facts import json_schema
from definitions.memory import forgetting
from definitions.readers.values import hub_id
from definitions.register_licences import filled, undescribed

NEAR_NAMES = 5

DESCRIPTION = """\
What was really released of every AI system, and what each published definition of openness makes
of it. Facts carry their evidence; every verdict can be recomputed from the facts. Data: CC-BY-4.0,
the sources keep their own terms (see `/data/` and `/sources/`)."""

api = NinjaAPI(
    title="Glassbox",
    version="1.0.0",
    description=DESCRIPTION,
    openapi_url="openapi.json",
    docs_url=None,
    urls_namespace="api",
    openapi_extra={
        "info": {
            "license": {"name": "CC-BY-4.0", "identifier": "CC-BY-4.0"},
            "contact": {"name": "The editors of Glassbox"},
        },
        "tags": [
            {"name": "systems", "description": "AI systems with facts and verdicts"},
            {"name": "rules", "description": "Definitions, licences, and the rules at work"},
            {"name": "nouns", "description": "Datasets and organisations"},
            {"name": "changes", "description": "What changed"},
        ],
    },
)

WRONG = {400: schemas.ProblemOut, 429: schemas.ProblemOut}
LIST = {**WRONG, 304: None}
ONE = {304: None, 400: schemas.ProblemOut, 404: schemas.ProblemOut, 429: schemas.ProblemOut}


def described(*found: dict[str, object]) -> dict[str, object]:
    return {"parameters": list(found)}


# --- errors ----------------------------------------------------------------------------------


@api.exception_handler(ProblemError)
def on_problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(error.status, error.detail, **error.more)


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404)


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"parameter": ".".join(map(str, item["loc"])), "message": str(item["msg"])}
        for item in error.errors
    ]
    return problem(422, errors=errors)


# --- systems ---------------------------------------------------------------------------------


@api.get(
    "systems",
    response={200: schemas.SystemsAtAnyTime, **LIST},
    operation_id="listSystems",
    summary="List systems",
    tags=["systems"],
    openapi_extra=described(p.SEARCH, *p.facet_parameters(), *p.OF_THE_PAST, p.CURSOR, p.LIMIT),
)
def systems(request: HttpRequest) -> object:
    """Published systems in the order of their slugs, with the filters of the page `/systems/`.

    With `as-of`, as they were on a day: `q`, `definition` and `status` narrow that list.
    """
    if past.is_asked(request):
        return past.systems(request)
    found = p.cleaned(request, SystemFilter(request.GET, AISystem.objects.published())).for_list()
    return p.page_of(request, found, "slug", lambda row: serialize.system_row(request, row))


@api.get(
    "lookup",
    response={200: schemas.SystemOut, **ONE},
    operation_id="lookUpSystem",
    summary="The system of a Hub id, an address or a package URL",
    tags=["systems"],
    openapi_extra=described(
        p.parameter(
            "id",
            "`owner/name`, an address on the Hub, or `pkg:huggingface/owner/name`.",
            {"type": "string", "maxLength": 300},
            required=True,
        )
    ),
)
def lookup(request: HttpRequest) -> object:
    """The entry of a repository on the Hugging Face Hub; 404 with names like it where none is."""
    p.only(request, "id")
    wanted = p.value_of(request, "id", hub_id)
    published = AISystem.objects.published()
    found = published.filter(huggingface_id__iexact=wanted).order_by("id").first()
    if found is None:
        near = published.near(wanted.partition("/")[2])[:NEAR_NAMES]
        raise ProblemError(
            404,
            f"No system has the Hub id “{wanted[:100]}”.",
            near=[{"slug": row.slug, "name": row.name} for row in near],
        )
    return system(request, found.slug)


@api.get(
    "systems/{slug}",
    response={200: schemas.SystemAtAnyTime, 301: None, **ONE},
    operation_id="getSystem",
    summary="One system",
    tags=["systems"],
    openapi_extra=described(p.AS_OF),
)
def system(request: HttpRequest, slug: str) -> object:
    """A whole entry: facts, verdicts with every criterion, claims, stewards' judgements, records.

    A system that was merged into another answers with the other's address. With `as-of`,
    as it was on a day: facts and verdicts as they were recorded.
    """
    if past.is_asked(request):
        return past.system(request, slug)
    found = page_reads.entry.first(slug=slug)
    if found is None:
        kept = AISystem.objects.published().filter(merged__slug=slug).first()
        if kept is None:
            raise p.missing("system", slug)
        return HttpResponsePermanentRedirect(reverse("api:system", args=[kept.slug]))
    names = names_in(found.components.all(), found.training_data.all())
    known = {row.spdx_id: row for row in page_reads.licences.rows(identifiers=list(names))}
    licences = {name: facts_of_licence(row) for name, row in known.items()}
    return serialize.system_whole(request, found, facts_for(found, licences).to_json(), known)


# --- rules -----------------------------------------------------------------------------------


@api.get(
    "definitions",
    response={200: schemas.DefinitionPage, **LIST},
    operation_id="listDefinitions",
    summary="List definitions",
    tags=["rules"],
)
def definitions(request: HttpRequest) -> object:
    """Every rule set, older versions included."""
    return {"items": [definition_json(item) for item in registry.DEFINITIONS], "next": None}


@api.get(
    "definitions/{identifier}",
    response={200: schemas.DefinitionOut, **ONE},
    operation_id="getDefinition",
    summary="One definition",
    tags=["rules"],
)
def definition(request: HttpRequest, identifier: str) -> object:
    """The criteria of a definition, with clause and explanation."""
    try:
        return definition_json(registry.get(identifier))
    except KeyError:
        raise p.missing("definition", identifier) from None


@api.get(
    "licences",
    response={200: schemas.LicencePage, **LIST},
    operation_id="listLicences",
    summary="List licences",
    tags=["rules"],
    openapi_extra=described(p.SEARCH, p.CURSOR, p.LIMIT),
)
def licences(request: HttpRequest) -> object:
    """The SPDX list and the licences of AI that it lacks, with the facts that the rules read."""
    found = p.cleaned(request, LicenceFilter(request.GET, queryset=License.objects.all()))
    return p.page_of(request, found, "spdx_id", serialize.of(request, nouns.LICENCES))


@api.get(
    "licences/{identifier}",
    response={200: schemas.LicenceOut, **ONE},
    operation_id="getLicence",
    summary="One licence",
    tags=["rules"],
)
def licence(request: HttpRequest, identifier: str) -> object:
    """One version of a licence."""
    found = p.one_of(License.objects.all(), "licence", spdx_id__iexact=identifier)
    return serialize.answer(request, nouns.LICENCES, found)


@api.post(
    "evaluate",
    response={
        200: schemas.EvaluationOut,
        400: schemas.ProblemOut,
        413: schemas.ProblemOut,
        422: schemas.ProblemOut,
        429: schemas.ProblemOut,
    },
    operation_id="evaluate",
    summary="Judge a facts document",
    tags=["rules"],
    openapi_extra=EVALUATE,
)
def judge(request: HttpRequest) -> object:
    """Facts in, verdicts out: what `python -m definitions evaluate` says. Nothing is kept.

    What a document says of a licence counts. Of licences that it names and does not
    describe, the register's facts are filled in, and the answer names them; with
    `licences=document` they stay unknown.
    """
    p.only(request, "definition", "licences")
    chosen = chosen_definitions(request.GET.getlist("definition"))
    alone = own_licences_alone(request)
    names: list[str] = []
    facts = facts_in(request)
    if not alone:
        facts, names = filled(facts, licence_facts(undescribed(facts)))
    with forgetting():
        verdicts = [evaluate(item, facts).to_json() for item in chosen]
    return {
        "facts_fingerprint": facts.fingerprint,
        "licences_filled": names,
        "verdicts": verdicts,
    }


# --- nouns -----------------------------------------------------------------------------------


@api.get(
    "datasets",
    response={200: schemas.DatasetPage, **LIST},
    operation_id="listDatasets",
    summary="List datasets",
    tags=["nouns"],
    openapi_extra=described(p.SEARCH, p.CURSOR, p.LIMIT),
)
def datasets(request: HttpRequest) -> object:
    """Datasets in the order of their slugs."""
    rows_found = p.cleaned(request, DatasetFilter(request.GET, queryset=Dataset.objects.all()))
    found = rows_found.prefetch_related("organizations")
    return p.page_of(request, found, "slug", serialize.of(request, nouns.DATASETS))


@api.get(
    "datasets/{slug}",
    response={200: schemas.DatasetOut, **ONE},
    operation_id="getDataset",
    summary="One dataset",
    tags=["nouns"],
)
def dataset(request: HttpRequest, slug: str) -> object:
    """A dataset with its terms."""
    found = Dataset.objects.prefetch_related("organizations")
    return serialize.answer(request, nouns.DATASETS, p.one_of(found, "dataset", slug=slug))


@api.get(
    "organisations",
    response={200: schemas.OrganisationPage, **LIST},
    operation_id="listOrganisations",
    summary="List organisations",
    tags=["nouns"],
    openapi_extra=described(p.SEARCH, p.CURSOR, p.LIMIT),
)
def organisations(request: HttpRequest) -> object:
    """Makers and initiatives in the order of their slugs."""
    found = p.cleaned(request, OrganizationFilter(request.GET, queryset=Organization.objects.all()))
    return p.page_of(request, found, "slug", serialize.of(request, nouns.ORGANISATIONS))


@api.get(
    "organisations/{slug}",
    response={200: schemas.OrganisationOut, **ONE},
    operation_id="getOrganisation",
    summary="One organisation",
    tags=["nouns"],
)
def organisation(request: HttpRequest, slug: str) -> object:
    """A maker or an initiative."""
    found = p.one_of(Organization.objects.all(), "organisation", slug=slug)
    return serialize.answer(request, nouns.ORGANISATIONS, found)


@api.get(
    "changes",
    response={200: schemas.ChangePage, **LIST},
    operation_id="listChanges",
    summary="List changes",
    tags=["changes"],
    openapi_extra=described(
        p.parameter("q", "Words in the system's or maker's name.", {"type": "string"}),
        p.parameter(
            "definition",
            "One definition.",
            {"type": "string", "enum": [d.id for d in registry.DEFINITIONS]},
        ),
        p.CURSOR,
        p.LIMIT,
    ),
)
def changes(request: HttpRequest) -> object:
    """Verdicts that changed and systems that came in, the newest first."""
    filters = ChangeFilter(request.GET, queryset=VerdictChange.objects.all())
    found = p.cleaned(request, filters).for_list()
    return p.page_of(request, found, "id", serialize.of(request, parts.CHANGES), down=True)


def document() -> dict[str, Any]:
    """The OpenAPI document, with the schema of facts in it."""
    found: dict[str, Any] = api.get_openapi_schema()
    facts = json_schema()
    facts.pop("$schema")
    facts.pop("$id")
    found["components"]["schemas"]["Facts"] = facts
    for path in found["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    content = response.pop("content", {"application/json": {}})
                    shape = next(iter(content.values()))
                    response["content"] = {"application/problem+json": shape}
    return found
