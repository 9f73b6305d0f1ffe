"""What is kept of a verdict beside its status: a letter for each criterion."""

import pytest
from django.core.management import call_command

from catalog.evaluation.evaluate import stale
from catalog.models import Evaluation, VerdictChange
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_verdict_without_its_letters_is_stale_and_no_change() -> None:
    """So an older release wrote it; its label may rest on the letters."""
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    before = {row.pk: row.criteria for row in system.evaluations.all()}
    changes = VerdictChange.objects.count()
    Evaluation.objects.update(criteria="")

    assert stale() == [system]
    call_command("evaluate")

    assert {row.pk: row.criteria for row in system.evaluations.all()} == before
    assert VerdictChange.objects.count() == changes
