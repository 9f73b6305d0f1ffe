"""Columns that many nouns have in common: dates, terms, makers, proof."""

from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, F, Func, OuterRef, Value, When
from django.db.models.functions import Coalesce

from catalog.exports.columns.column import EVERYWHERE, Column, OldName, Place
from catalog.models import Organization

PLAIN = Place.API | Place.LIST
FILES = Place.LIST | Place.DUMP
UNLISTED = Place.API | Place.DUMP

TIER = "How far it was checked: verified, recorded (by one reading, or another register), metadata."
RECORDED_BY = "The other registers whose word it is, by name; empty where our editors read."

SLUG = Column("slug", "Its name in addresses.")
NAME = Column("name", "The name that its maker gave it.")
HOMEPAGE = Column("homepage", "Its own page on the web.")
SUMMARY = Column("summary", "What it is, in a sentence or two of ours.", places=UNLISTED)
LANGUAGES = Column("languages", "BCP 47 codes.", kind="list")
MODALITIES = Column("modalities", "What it takes in or gives out: text, image, …", kind="list")
ADDRESS = Column("url", "Its page on this server.", kind="address", places=Place.API)


LENGTHS = {0: "", 4: "year", 7: "month", 10: "day"}
"""How exactly a date is known, by the length of its spelling."""

RELEASED = Column(
    "released",
    "An ISO 8601 date: a day, a month or a year, as exactly as it is known.",
    path=Coalesce(
        Func(
            F("released_on"),
            Case(
                When(released_precision="year", then=Value("YYYY")),
                When(released_precision="month", then=Value("YYYY-MM")),
                default=Value("YYYY-MM-DD"),
            ),
            function="to_char",
            output_field=CharField(),
        ),
        Value(""),
    ),
    read="release_date",
    old=(
        OldName(
            "released_on",
            sql="nullif(substr({0} || '-01-01', 1, 10), '-01-01')",
            value=lambda day: f"{day}-01-01"[:10] if day else None,
            optional=True,
        ),
        OldName(
            "released_precision",
            sql="CASE length({0}) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' "
            "ELSE '' END",
            value=lambda day: LENGTHS[len(day)],
        ),
    ),
)


def makers_of(relation: str) -> Column:
    """The organisations that made a thing."""
    rows = Organization.objects.filter(**{relation: OuterRef("pk")}).order_by("slug")
    return Column(
        "makers",
        "The organisations that made it.",
        kind="list",
        path=ArraySubquery(rows.values("slug")),
        read=lambda row: list(row.organizations.all()),
        page="organisation",
        old=(OldName("organisations"),),
    )


LICENCE = Column(
    "licence",
    "SPDX expression; empty where none is known.",
    path="licence_expression",
    old=(OldName("licence_expression"),),
)


def terms(status: Place = EVERYWHERE, url: Place = Place.DUMP) -> tuple[Column, ...]:
    """What the maker says about the terms of a thing."""
    return (
        LICENCE,
        Column("licence_status", "Whether terms are stated, missing or unknown.", places=status),
        Column(
            "licence_text",
            "What the maker wrote, where it is no licence that we know.",
            places=Place.DUMP,
        ),
        Column("licence_url", "Where the terms are.", places=url),
    )


QUOTE = Column("quote", "A passage of that page, word for word.", places=Place.DUMP)
SOURCE = Column(
    "source",
    "Where the record comes from.",
    path="source__key",
    references="sources(key)",
    optional=True,
    places=Place.DUMP,
)
CHECKED_ON = Column(
    "checked_on", "The day on which the page was last read.", optional=True, places=Place.DUMP
)
SEEN = (CHECKED_ON, SOURCE)


def evidence(places: Place = EVERYWHERE) -> Column:
    """Where a fact can be seen."""
    return Column(
        "evidence",
        "The page that shows it.",
        path="evidence_url",
        places=places,
        old=(OldName("evidence_url", places=FILES),),
    )


def proof(places: Place = EVERYWHERE) -> tuple[Column, ...]:
    """Where a fact can be seen, and when somebody looked there."""
    return (evidence(places), QUOTE, *SEEN)


def standing(path: str = "", places: Place = EVERYWHERE) -> tuple[Column, Column]:
    """How far an entry was checked, and whose word it is."""
    return (
        Column("tier", TIER, path=f"{path}tier", places=places),
        Column("recorded_by", RECORDED_BY, path=f"{path}registers", places=places),
    )


SYSTEM = Column(
    "system",
    "The system that it is about.",
    path="system__slug",
    read="system",
    page="system",
    references="systems(slug)",
)
DEFINITION = Column(
    "definition", "The definition that it is about, such as osaid-1.0.", path="definition_id"
)
NAMED_DEFINITION = replace(DEFINITION, old=(OldName("definition_id"),))
