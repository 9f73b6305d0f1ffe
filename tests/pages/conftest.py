"""A small catalogue that has something on every page."""

import pytest

from catalog.evaluation.evaluate import evaluate_systems
from catalog.models import AISystem
from tests import databases
from tests import factories as make

OPEN_COMPONENTS = dict.fromkeys(
    (
        "pretraining_data",
        "evaluation_data",
        "data_documentation",
        "data_preprocessing_code",
        "training_code",
        "evaluation_code",
        "inference_code",
        "model_architecture",
        "weights_final",
        "weights_intermediate",
        "model_card",
        "technical_report",
        "research_paper",
        "evaluation_results",
    ),
    "Apache-2.0",
)


def grow(number: int, *, start: int = 0) -> list[AISystem]:
    """Systems that differ in maker, licence, year and size."""
    found = []
    for n in range(start, start + number):
        open_one = n % 2 == 0
        found.append(
            make.make_system(
                slug=f"system-{n}",
                name=f"System {n}",
                organizations=[f"maker-{n % 7}"],
                components=OPEN_COMPONENTS
                if open_one
                else {"weights_final": "LicenseRef-Llama-2", "inference_code": "MIT"},
                parameters=(n + 1) * 10**9,
                modalities=["text"] if open_one else ["text", "image"],
                evaluated=False,
            )
        )
    evaluate_systems(systems=AISystem.objects.filter(pk__in=[system.pk for system in found]))
    return found


def lay_out() -> None:
    """Three systems, and one of every other noun."""
    make.make_dataset(slug="dolma", licence="ODC-By-1.0", organizations=["maker-0"])
    make.make_framework(
        slug="pytorch", licence="MIT", organizations=["maker-1"], languages=["python"]
    )
    make.make_profile(organization=make.make_organization(slug="maker-0"))
    for slug in ("olmo-7b", "llama-3-1"):
        make.make_system(slug=slug)
    grow(3)


SMALL = databases.Rows(lay_out)


@pytest.fixture
def catalogue(db: None) -> list[AISystem]:
    """The three systems of a small catalogue that has one of every other noun."""
    SMALL.write()
    return list(AISystem.objects.filter(slug__startswith="system-").order_by("pk"))
