"""How long a verdict takes: every system of the catalogue against every current definition.

Reads the database that the settings name. Prints medians over the systems and
their ratio to the cost of building the facts' canonical bytes, both measured in
this one run. What the facts remember of an evaluation is cleared before each
round; what is known of a licence stays, as it does within a batch.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from catalog.entry.facts import facts_for_many  # noqa: E402
from catalog.models import AISystem  # noqa: E402
from definitions import registry  # noqa: E402
from definitions.core import evaluate  # noqa: E402
from definitions.facts import Facts  # noqa: E402

ROUNDS = 9


def milliseconds(action: Callable[[], object]) -> float:
    """The median time of one call."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def judge(facts: Facts) -> None:
    """All findings with their reasons, from facts that nobody has looked at yet."""
    for remembered in ("known", "resolved"):
        facts.__dict__.pop(remembered, None)
    for definition in registry.current():
        evaluate(definition, facts)


def main() -> None:
    loaded = [facts for _, facts in facts_for_many(AISystem.objects.all())]
    gc.collect()
    gc.freeze()
    judging = statistics.median(milliseconds(lambda f=facts: judge(f)) for facts in loaded)
    hashing = statistics.median(milliseconds(lambda f=facts: f.canonical()) for facts in loaded)
    print(f"systems                                    {len(loaded)}")
    print(f"definitions                                {len(registry.current())}")
    print(f"all definitions on one system, median      {judging:.3f} ms")
    print(f"canonical bytes of its facts, median       {hashing:.3f} ms")
    print(f"ratio                                      {judging / hashing:.1f}")


if __name__ == "__main__":
    main()
