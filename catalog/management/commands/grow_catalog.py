"""``manage.py grow_catalog N``: a made-up catalogue of N systems, for the benchmarks only.

The systems of ``fixtures/`` are the patterns: each new system takes the
components, verdicts, claims and frameworks of one of them, so that whatever goes
together in reality does here. Makers and families are made up, few of them with
many systems and many with few. What a system gets follows from its number alone,
so that a second run makes the same catalogue.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from tqdm import tqdm

from catalog.evaluation.catalogue_version import bump_version
from catalog.listing.index.store import store_index
from catalog.models import (
    AISystem,
    Claim,
    Component,
    Evaluation,
    FactsDocument,
    Organization,
    SystemFamily,
    SystemMaker,
)

MADE_BY, PATTERN = "bench", "bench:pattern"
CHUNK = 20_000
MAKERS, FAMILIES = 2_000, 5_000

BRANDS = [
    *("Amberlight", "Borealis", "Cobalt", "Dunlin", "Ember", "Fathom", "Gneiss", "Harrier"),
    *("Isobar", "Juniper", "Kestrel", "Larch", "Meridian", "Nimbus", "Ossian", "Petrel"),
    *("Quartz", "Rowan", "Saffron", "Tamarack", "Umbra", "Vesper", "Willet", "Xenia"),
]
SIZES = (1, 2, 3, 4, 7, 8, 9, 13, 14, 27, 32, 70, 72, 120, 405)


def share(salt: int) -> str:
    """SQL for a number from 0 to 1 that follows from the system's number ``n``."""
    return f"(((hashint4(n # {salt})::bigint + 2147483648) & 2147483647) / 2147483648.0)"


class Command(BaseCommand):
    help = "For benchmarks only: fill an empty database with made-up systems."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="How many systems there shall be.")

    def handle(self, *, number: int, **options: object) -> None:
        if not 1 <= number <= 5_000_000:
            raise CommandError("From 1 to 5,000,000 systems.")
        real = AISystem.objects.exclude(recorded_by__in=[MADE_BY, PATTERN])
        if real.exists():
            raise CommandError(
                f"This database holds {real.count()} real entries. "
                "Name an empty one in DATABASE_URL.",
                returncode=1,
            )
        if not AISystem.objects.exists():
            self.load_patterns()
        self.grow(number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        bump_version()
        written = store_index(anew=True)
        self.stdout.write(
            f"{AISystem.objects.published().count()} systems, {written} bitmaps written."
        )

    def load_patterns(self) -> None:
        """The reviewed catalogue, out of sight."""
        call_command("load_catalog", verbosity=0)
        call_command("evaluate", verbosity=0)
        AISystem.objects.update(recorded_by=PATTERN, is_published=False, merged_into=None)

    def grow(self, number: int) -> None:
        patterns = list(
            AISystem.objects.filter(recorded_by=PATTERN, components__isnull=False)
            .distinct()
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        begun = AISystem.objects.filter(recorded_by=MADE_BY).count()
        makers = first_key(Organization, MAKERS, kind="company", country="US")
        families = first_key(SystemFamily, FAMILIES)
        with tqdm(
            total=number, initial=begun, unit=" systems", disable=not sys.stderr.isatty()
        ) as bar:
            for low in range(begun + 1, number + 1, CHUNK):
                high = min(low + CHUNK - 1, number)
                with transaction.atomic():
                    self.add(low, high, patterns, makers, families)
                bar.update(high - low + 1)

    def add(self, low: int, high: int, patterns: Sequence[int], makers: int, families: int) -> None:
        """The systems of these numbers, with all their rows; a transaction of its own."""
        with connection.cursor() as cursor:
            # No history and no checks of foreign keys: the rows are copies of good ones.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SELECT coalesce(max(id), 0) FROM catalog_aisystem")
            (last,) = cursor.fetchone()
            cursor.execute(
                f"""CREATE TEMPORARY TABLE pick ON COMMIT DROP AS
                SELECT n, %s + (n - %s)::bigint AS system_id,
                       (%s::bigint[])[1 + floor({len(patterns)} * {share(1)} ^ 2)::int] AS pattern
                FROM generate_series(%s, %s) AS n""",  # noqa: S608 - numbers of our own
                [last + 1, low, list(patterns), low, high],
            )
            cursor.execute("ANALYZE pick")
            self.copy(cursor, AISystem, "id", self.system_columns(families))
            self.copy(cursor, Component, "system_id", {})
            self.copy(cursor, Evaluation, "system_id", {})
            self.copy(cursor, FactsDocument, "system_id", {})
            self.copy(cursor, Claim, "system_id", {})
            self.copy(cursor, AISystem.frameworks.through, "aisystem_id", {})
            cursor.execute(
                f"""INSERT INTO {SystemMaker._meta.db_table} (system_id, organization_id, position)
                SELECT system_id, {makers} + floor({MAKERS} * {share(2)} ^ 3)::int, 0 FROM pick"""  # noqa: S608
            )
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('catalog_aisystem', 'id'), %s)",
                [last + 1 + high - low],
            )

    def system_columns(self, families: int) -> dict[str, str]:
        brands = ", ".join(f"'{brand}'" for brand in BRANDS)
        sizes = ", ".join(str(size) for size in SIZES)
        brand = f"(ARRAY[{brands}])[1 + floor({len(BRANDS)} * {share(3)} ^ 2)::int]"
        size = f"(ARRAY[{sizes}])[1 + floor({len(SIZES)} * {share(4)})::int]"
        return {
            "slug": "'bench-' || n",
            "name": f"{brand} || '-' || n || '-' || {size} || 'B'",
            "parameters": f"{size}::bigint * 1000000000",
            "released_on": f"date '2019-01-01' + floor(2800 * {share(5)} ^ 0.5)::int",
            "released_precision": "'day'",
            "popularity": f"floor(1000000 * {share(6)} ^ 6)::int",
            "family_id": f"{families} + floor({FAMILIES} * {share(7)} ^ 3)::int",
            "is_published": "true",
            "merged_into_id": "NULL",
            "recorded_by": f"'{MADE_BY}'",
            "huggingface_id": "''",
            "repository": "''",
        }

    def copy(
        self, cursor: CursorWrapper, model: type[models.Model], owner: str, changed: dict[str, str]
    ) -> None:
        """The rows of each pattern once more, for the system that was made after it."""
        fields = [
            str(field.column)
            for field in model._meta.concrete_fields
            if not field.generated and field.column not in {"id", owner}
        ]
        columns = ", ".join([owner, *fields])
        values = ", ".join(
            ["pick.system_id", *(changed.get(name, f"row.{name}") for name in fields)]
        )
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} "  # noqa: S608
            f"FROM pick JOIN {model._meta.db_table} AS row ON row.{owner} = pick.pattern"
        )


def first_key(model: type[models.Model], number: int, **values: object) -> int:
    """The key of the first of so many made-up rows in a line; they are made if need be."""
    name = model._meta.model_name
    rows = model._default_manager.filter(slug__startswith=f"bench-{name}-")
    if not rows.exists():
        model._default_manager.bulk_create(
            model(slug=f"bench-{name}-{n}", name=f"Made-up {name} {n}", **values)
            for n in range(number)
        )
    return int(rows.order_by("pk").values_list("pk", flat=True)[0])
