"""The statements of public pages: asked often, written once."""

from django.db.models import BigIntegerField, CharField, Model, QuerySet, TextField, Value

from catalog.models import AISystem, Evaluation, License, Link, Organization
from catalog.querysets.base import NamedQuerySet
from catalog.querysets.statements import KeysParam, Param, Statement

SLUG = Param("slug", CharField())
KEYS = KeysParam("keys")
SLUGS = Param("slugs", CharField())

entry: Statement[AISystem] = Statement(
    lambda: AISystem.objects.published().for_page().filter(slug=SLUG)
)
"""The entry of a slug, with all that its page shows."""

side_by_side: Statement[AISystem] = Statement(
    lambda: AISystem.objects.published().for_compare().filter(slug__any_of=SLUGS)
)
"""The entries of some slugs, in no order."""

licences: Statement[License] = Statement(
    lambda: License.objects.filter(spdx_id__any_of=Param("identifiers", CharField()))
)
"""The licences of some identifiers."""

derived: Statement[AISystem] = Statement(
    lambda: AISystem.objects.published().built_on(Param("base", BigIntegerField()))[:20]
)
"""The first systems that were made from one."""

unreachable: Statement[Link] = Statement(lambda: Link.objects.marked(Param("urls", CharField())))
"""Those of some pages that are not reachable."""

type Line = tuple[
    int, str, str, str, str, str, str, str, str, str, int | None, int | None, str | None
]

lines: Statement[Line] = Statement(
    lambda: (
        AISystem.objects.filter(pk__any_of=KEYS)
        .with_lead_maker_name()
        .values_list(
            *("pk", "slug", "name", "strip", "weights_licence", "commercial_use"),
            *("commercial_use_tier", "commercial_use_registers", "tier", "registers"),
            *("released_year", "parameters", "lead_maker_name"),
        )
    )
)
"""What rows of a list show of the systems of some keys, as tuples, in no order."""


def scored() -> QuerySet[AISystem, tuple[int, float]]:
    ranked = AISystem.objects.filter(pk__any_of=KEYS).ranked(Param("text", TextField()))
    return ranked.order_by().values_list("pk", "rank")  # type: ignore[misc]


scores: Statement[tuple[int, float]] = Statement(scored)
"""How well the systems of some keys fit a search text: tuples of key and rank, in no order."""

verdicts: Statement[tuple[int, str, str, str, int | None, float | None]] = Statement(
    lambda: Evaluation.objects.filter(system__pk__any_of=KEYS).values_list(
        *("system_id", "definition_id", "status", "level", "level_possible"),
        *("score", "score_low", "score_high", "criteria"),
    )
)
"""What the cells of a list show of the verdicts on some systems, as tuples, in no order."""

badge: Statement[tuple[int, str, str, str, str]] = Statement(
    lambda: (
        AISystem.objects.published()
        .filter(slug=SLUG)
        .values_list("pk", "name", "strip", "tier", "registers")
    )
)
"""Key, name, strip, tier and registers of the entry of a slug."""

verdict: Statement[Evaluation] = Statement(
    lambda: Evaluation.objects.filter(
        system__pk=Param("system", BigIntegerField()),
        definition_id=Param("definition", CharField()),
    ).for_list()
)
"""The verdict of one definition on one system, without its findings."""


def names(makers: int, systems: int) -> QuerySet[Model, tuple[str, str, str]]:
    """The first names that begin with a text, of so many makers and systems."""
    first, end = Param("first", TextField()), Param("end", TextField())
    nouns: tuple[NamedQuerySet[Organization] | NamedQuerySet[AISystem], ...] = (
        Organization.objects.all(),
        AISystem.objects.published(),
    )
    found: list[QuerySet[Model, tuple[str, str, str]]] = [
        rows.beginning(first, end)
        .annotate(noun=Value(noun))
        .values_list("noun", "name", "slug")[:most]
        for noun, rows, most in zip(
            ("organisation", "system"), nouns, (makers, systems), strict=True
        )
    ]
    return found[0].union(found[1], all=True)


SUGGESTED = 8

suggested: Statement[tuple[str, str, str]] = Statement(lambda: names(SUGGESTED // 4, SUGGESTED))
"""What to suggest from a text on and before another: noun, name and slug; few makers."""
