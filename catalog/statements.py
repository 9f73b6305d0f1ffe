"""The statements of public pages: asked often, written once."""

from typing import Any

from django.db.models import BigIntegerField, CharField

from catalog.models import AISystem, Evaluation, License, Link
from catalog.querysets.statements import Given, Statement

SLUG = Given("slug", CharField())
SLUGS = Given("slugs", CharField())

entry: Statement[AISystem] = Statement(
    lambda: AISystem.objects.published().for_page().filter(slug=SLUG)
)
"""The entry of a slug, with all that its page shows."""

side_by_side: Statement[AISystem] = Statement(
    lambda: AISystem.objects.published().for_compare().filter(slug__any_of=SLUGS)
)
"""The entries of some slugs, in no order."""

licences: Statement[License] = Statement(
    lambda: License.objects.filter(spdx_id__any_of=Given("identifiers", CharField()))
)
"""The licences of some identifiers."""

derived: Statement[AISystem] = Statement(
    lambda: AISystem.objects.published().built_on(Given("base", BigIntegerField()))[:20]
)
"""The first systems that were made from one."""

unreachable: Statement[Link] = Statement(lambda: Link.objects.marked(Given("urls", CharField())))
"""Those of some pages that are not reachable."""

rows: Statement[AISystem] = Statement(
    lambda: AISystem.objects.filter(pk__any_of=Given("keys", BigIntegerField())).for_rows()
)
"""The systems of some keys with all that a row of a list shows but verdicts, in no order."""

verdicts: Statement[Any] = Statement(
    lambda: Evaluation.objects.filter(
        system__pk__any_of=Given("keys", BigIntegerField())
    ).values_list("system_id", "definition_id", "status", "label", "level", "score")
)
"""What the cells of a list show of the verdicts on some systems, as tuples, in no order."""
