"""The shapes of answers, as OpenAPI describes them: made from the columns of each noun."""

from functools import reduce
from operator import or_
from types import GenericAlias
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from catalog.exports.columns import Column, Noun, Place, nouns, parts

type Model = type[Schema]


class ProblemOut(Schema):
    """Problem Details (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = Field(
        default=[], description="What is wrong, with the place: a parameter, or a path in the file."
    )


class Named(Schema):
    slug: str
    name: str
    url: str


TYPES: dict[str, Any] = {
    "text": str,
    "address": str,
    "boolean": bool,
    "integer": int,
    "number": float,
    "list": list[str],
    "object": dict[str, Any],
    "objects": list[dict[str, Any]],
}


def field(column: Column) -> tuple[Any, Any]:
    """The type of a column in an answer, and what it means."""
    found = TYPES[column.api_kind or column.kind]
    if column.page:
        found = list[Named] if column.kind == "list" else Named
    if column.optional and column.kind in ("integer", "number"):
        found |= None
    examples = [column.example] if column.example else None
    return found, Field(description=column.about, examples=examples)


def shape(
    name: str,
    about: str,
    noun: Noun,
    place: Place = Place.API,
    base: Model = Schema,
    *,
    without: tuple[str, ...] = (),
    **more: Any,
) -> Model:
    """What an answer holds of a noun: its columns at one place, and what is nested in them."""
    columns = (item for item in noun.at(place) if item.name not in without)
    fields = {item.name: field(item) for item in columns}
    return create_model(name, __base__=base, __doc__=about, **fields | more)


def many(model: Model) -> Any:
    return GenericAlias(list, (model,))


class Pages(Schema):
    """Where the list goes on."""

    next: str | None = Field(description="The address of the next page; null on the last.")


def page(name: str, item: Model) -> Model:
    """One page of a list."""
    return create_model(name, __base__=Pages, items=(many(item), ...))


def told(type_: Any, about: str) -> tuple[Any, Any]:
    """A nested value, and what it means."""
    return type_, Field(description=about)


VerdictShort = shape(
    "VerdictShort", "One definition on one system, without its criteria.", parts.VERDICTS
)
Verdict = shape(
    "Verdict",
    "One definition on one system, with every criterion.",
    parts.VERDICTS,
    Place.ENTRY,
    VerdictShort,
)
SystemRow = shape(
    "SystemRow", "A system in a list.", nouns.SYSTEMS, verdicts=(many(VerdictShort), ...)
)
Statement = shape("Statement", "A maker's claim.", parts.CLAIMS)
Judgement = shape("Judgement", "What the steward of a definition itself said.", parts.JUDGEMENTS)
RecordOut = shape("RecordOut", "A record of another register on this system.", parts.RECORDS)


class TermsOut(Schema):
    """One licence of a system: what it allows, demands and limits, and what is under it."""

    licence: str
    name: str
    url: str
    components: list[str]
    permissions: str
    conditions: str = Field(description="What the licence demands, in its record's own words.")
    limits: str


SystemOut = shape(
    "SystemOut",
    "A whole entry: facts, verdicts, claims, sources.",
    nouns.SYSTEMS,
    Place.ENTRY,
    SystemRow,
    terms=told(list[TermsOut], "By licence, that of the weights first."),
    facts=told(dict[str, Any], "A facts document, glassbox-facts/1."),
    evaluations=(many(Verdict), ...),
    claims=(many(Statement), ...),
    judgements=(many(Judgement), ...),
    records=(many(RecordOut), ...),
)
VerdictThen = create_model(
    "VerdictThen",
    __base__=VerdictShort,
    __doc__="A verdict as it was recorded; the reasons follow from the facts and rules of today.",
    since=(str, ...),
)
SystemThen = shape(
    "SystemThen",
    "A system at the end of a day in the past.",
    nouns.SYSTEMS,
    without=("family", "makers", "url"),
    base=create_model("AsOf", __base__=Schema, as_of=(str, ...)),
    verdicts=(many(VerdictThen), ...),
    facts=told(
        dict[str, Any] | None, "The facts document of that day; null where none was kept yet."
    ),
    url=(str, ...),
)
SystemPage = page("SystemPage", SystemRow)
SystemThenPage = page("SystemThenPage", SystemThen)


class DefinitionOut(Schema):
    """A rule set: criteria, levels, steward, and our notes on it."""

    model_config = ConfigDict(extra="allow")

    id: str
    title: str
    version: str
    steward: str
    url: str
    standing: str


DefinitionPage = page("DefinitionPage", DefinitionOut)
LicenceOut = shape(
    "LicenceOut", "One version of a licence with the facts that the rules read.", nouns.LICENCES
)
LicencePage = page("LicencePage", LicenceOut)
DatasetOut = shape("DatasetOut", "A dataset with its terms.", nouns.DATASETS)
DatasetPage = page("DatasetPage", DatasetOut)
OrganisationOut = shape("OrganisationOut", "A maker or an initiative.", nouns.ORGANISATIONS)
OrganisationPage = page("OrganisationPage", OrganisationOut)
ChangeOut = shape(
    "ChangeOut",
    "A verdict that became another one, or a system that came into the register.",
    parts.CHANGES,
)
ChangePage = page("ChangePage", ChangeOut)


class EvaluationOut(Schema):
    """The verdicts on a facts document, and the fingerprint of the facts that were judged.

    ``licences_filled`` are the licences whose facts came from the register.
    """

    facts_fingerprint: str
    licences_filled: list[str]
    verdicts: list[dict[str, Any]]


def first_that_fits(*models: Model) -> Any:
    """Tried in this order, so that answers of today are not checked against every shape."""
    return Annotated[reduce(or_, models), Field(union_mode="left_to_right")]


SystemAtAnyTime = first_that_fits(SystemOut, SystemThen)
SystemsAtAnyTime = first_that_fits(SystemPage, SystemThenPage)
