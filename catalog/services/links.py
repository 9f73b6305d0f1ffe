"""The pages that the catalogue cites, as rows that a link check can work through."""

from catalog.models import (
    Claim,
    Component,
    DataInformation,
    Dataset,
    Derivation,
    Framework,
    License,
    Link,
    Organization,
    Ruling,
    StewardJudgement,
    TrainingData,
)
from catalog.models.mixins import FactRecord
from catalog.models.systems import AISystem

CITING: tuple[type[FactRecord], ...] = (
    AISystem,
    Claim,
    Component,
    DataInformation,
    Dataset,
    Derivation,
    Framework,
    License,
    Organization,
    Ruling,
    StewardJudgement,
    TrainingData,
)


def record_links() -> int:
    """Add a link for every cited page that has none; returns how many were added."""
    cited: set[str] = set()
    for model in CITING:
        rows = model._default_manager.exclude(evidence_url="")
        cited.update(rows.order_by().values_list("evidence_url", flat=True).distinct())
    missing = cited - set(Link.objects.values_list("url", flat=True))
    Link.objects.bulk_create(
        [Link(url=url) for url in sorted(missing)], batch_size=500, ignore_conflicts=True
    )
    return len(missing)
