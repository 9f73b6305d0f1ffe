"""Loading good files: everything arrives, twice is once, editors are heeded."""

from pathlib import Path

import pytest
from django.apps import apps

from catalog.evaluation.evaluate import stale
from catalog.models import (
    AISystem,
    CatalogState,
    Component,
    Dataset,
    License,
    Link,
    Organization,
    Source,
)
from tests.intake.files.loading_files import SYSTEM, edit, load

pytestmark = pytest.mark.django_db


def test_everything_arrives(files: Path) -> None:
    load(files)

    system = AISystem.objects.for_detail().get(slug="olmo-7b")
    assert [maker.slug for maker in system.maker_list] == ["ai2", "paul"]
    assert (system.release_date, system.released_year) == ("2024-02-01", 2024)
    assert (system.version, system.parameters) == ("1.0", 6888095744)
    assert system.family is not None
    assert system.family.slug == "olmo"
    weights = system.components.get(kind="weights_final")
    assert weights.licence_expression == "Apache-2.0 OR MIT"
    assert weights.licence_status == "stated"
    assert set(weights.licences.values_list("spdx_id", flat=True)) == {"Apache-2.0", "MIT"}
    code = system.components.get(kind="training_code")
    assert (code.licence_status, code.licence_text) == ("unrecognised", "Do no harm")
    assert [use.dataset.slug for use in system.training_data.all()] == ["dolma"]
    assert system.data_information.labelling == "not_applicable"
    assert {row.base_name or row.base.slug for row in system.derivations.all()} == {
        "base",
        "Another base",
    }
    claim = system.claims.get()
    assert (claim.claimed, claim.url, claim.date) == (
        "open source",
        "https://example.org/claim",
        "2024-02",
    )
    assert system.judgements.get().definition_id == "osaid-1.0"
    assert system.rulings.get().answer == "met"
    assert weights.recorded_by == "fixtures"


def test_the_other_nouns_arrive(files: Path) -> None:
    load(files)

    ai2 = Organization.objects.get(slug="ai2")
    assert ai2.parent is not None
    assert ai2.parent.is_initiative
    assert ai2.profiles.get().handle == "allenai"
    dolma = Dataset.objects.get(slug="dolma")
    assert dolma.release_date == "2023-08"
    assert [row.slug for row in dolma.derived_from.all()] == ["common-crawl"]
    assert [row.spdx_id for row in dolma.licences.all()] == ["ODC-By-1.0"]
    assert Source.objects.count() == 2
    assert Link.objects.filter(url="https://example.org/claim").exists()


def test_the_spdx_list_lies_under_our_own_licences(files: Path) -> None:
    load(files)

    mit = License.objects.get(spdx_id="MIT")
    assert (mit.osi_approved, mit.fsf_free, mit.is_spdx) == ("yes", "yes", True)
    assert mit.source is not None
    assert mit.source.key == "spdx"
    assert (mit.commercial, mit.use_restrictions) == ("unknown", None)
    zero = License.objects.get(spdx_id="0BSD")
    assert (zero.osi_approved, zero.fsf_free) == ("yes", "not_listed")
    apache = License.objects.get(spdx_id="Apache-2.0")
    assert (apache.osi_approved, apache.commercial, apache.use_restrictions) == ("yes", "yes", [])
    llama = License.objects.get(spdx_id="LicenseRef-Llama-2")
    assert llama.is_own
    assert not llama.is_spdx
    assert License.objects.count() > 600


def test_the_verdicts_are_there_at_the_end(files: Path) -> None:
    done = load(files)

    assert done.evaluated == 2
    assert stale() == []
    assert AISystem.objects.get(slug="olmo-7b").evaluations.exists()


def test_a_second_run_writes_nothing(files: Path) -> None:
    load(files)
    version = CatalogState.objects.current()
    events = apps.get_model("catalog", "ComponentEvent")._default_manager.count()

    done = load(files)

    assert (done.changes, done.evaluated, done.kept) == (0, 0, 0)
    assert CatalogState.objects.current() == version
    assert apps.get_model("catalog", "ComponentEvent")._default_manager.count() == events


def test_a_changed_file_changes_its_rows_only(files: Path) -> None:
    load(files)
    untouched = Component.objects.get(kind="training_code").pk
    edit(files, SYSTEM, "licence: apache 2.0 or mit", "licence: LicenseRef-Llama-2")
    edit(files, SYSTEM, "organizations: [ai2, paul]", "organizations: [paul, ai2]")

    done = load(files)

    assert done.created == 0
    assert done.evaluated == 1
    weights = Component.objects.get(kind="weights_final")
    assert [row.spdx_id for row in weights.licences.all()] == ["LicenseRef-Llama-2"]
    assert Component.objects.get(kind="training_code").pk == untouched
    system = AISystem.objects.get(slug="olmo-7b")
    assert system.weights_licence == "LicenseRef-Llama-2"
    assert [maker.slug for maker in system.maker_list] == ["paul", "ai2"]


def test_what_a_file_no_longer_says_is_unknown_again(files: Path) -> None:
    load(files)
    edit(files, SYSTEM, "    form: full\n", "")
    edit(files, SYSTEM, "parameters: 6888095744\n", "")
    edit(files, "organizations/ai2.yaml", "parent: paul\n", "")
    edit(files, "datasets/dolma.yaml", "release_date: 2023-08\n", "")
    edit(files, "datasets/dolma.yaml", "derived_from: [common-crawl]\n", "")
    text = (files / SYSTEM).read_text(encoding="utf-8")
    head, _, rest = text.partition("claims:\n")
    (files / SYSTEM).write_text(head + rest[rest.index("steward_judgements:") :], encoding="utf-8")

    load(files)

    system = AISystem.objects.get(slug="olmo-7b")
    assert system.parameters is None
    assert system.components.get(kind="weights_final").form == "unknown"
    assert not system.claims.exists()
    assert Organization.objects.get(slug="ai2").parent is None
    dolma = Dataset.objects.get(slug="dolma")
    assert (dolma.release_date, dolma.derived_from.count()) == ("", 0)


def test_one_file_can_be_loaded_on_its_own(files: Path) -> None:
    load(files)
    edit(files, SYSTEM, "name: OLMo 7B", "name: OLMo seven")

    done = load(files / SYSTEM)

    assert done.updated == 1
    assert AISystem.objects.get(slug="olmo-7b").name == "OLMo seven"


def test_makers_can_be_added_and_taken_out(files: Path) -> None:
    load(files)
    edit(files, SYSTEM, "organizations: [ai2, paul]", "organizations: [paul]")

    load(files)
    assert [row.slug for row in AISystem.objects.get(slug="olmo-7b").maker_list] == ["paul"]

    edit(files, SYSTEM, "organizations: [paul]", "organizations: [paul, ai2]")
    assert load(files).evaluated == 1
    assert stale() == []


def test_licences_load_without_the_source_of_the_list(files: Path) -> None:
    edit(files, "sources.yaml", "key: spdx", "key: another")

    load(files)

    assert License.objects.get(spdx_id="MIT").source is None


def test_an_editors_correction_is_left_alone(files: Path) -> None:
    load(files)
    Component.objects.filter(kind="weights_final").update(
        availability="gated_auto", recorded_by="editor"
    )
    Organization.objects.filter(slug="ai2").update(country="DE", recorded_by="editor")

    done = load(files)

    assert done.kept == 2
    assert Component.objects.get(kind="weights_final").availability == "gated_auto"
    assert Organization.objects.get(slug="ai2").country == "DE"


# --- bad files ---------------------------------------------------------------------------
