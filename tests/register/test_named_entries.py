"""The entries that were once told wrong: what the catalogue says of them now.

Each value was read twice at its source, by two readers of whom the second did not see the first
answers; where they differed, a third look decided. Unknown is a value too: no page says more.
"""

from typing import Any

import pytest

from catalog.models import AISystem, Component, Dataset, Derivation, Framework, TrainingData
from definitions.vocabulary import CommercialUse

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CLOSED = {
    "claude-1": ("not_released", None),
    "claude-2": ("not_released", None),
    "gpt-4": ("not_released", None),
    "palm": ("unknown", 540_000_000_000),
    "palm-2": ("not_released", None),
    "dou-bao": ("not_released", None),
    "exaone": ("not_released", None),
    "ernie-3-0": ("not_released", 10_000_000_000),
    "ernie-3-0-titan": ("unknown", 260_000_000_000),
    "deepseek-moe-145b": ("not_released", 144_600_000_000),
    "jurassic-1-jumbo": ("not_released", 178_000_000_000),
    "jurassic-2": ("not_released", None),
    "grok-0": ("unknown", 33_000_000_000),
    "baichuan-1-53b": ("unknown", None),
}
"""Availability of the final weights, and the number of parameters where the maker states it."""

OPEN = {
    "amber": ("open_download", "Apache-2.0", "stated", 6_700_000_000),
    "crystalcoder": ("open_download", "Apache-2.0", "stated", 7_000_000_000),
    "pythia": ("open_download", "Apache-2.0", "stated", 12_000_000_000),
    "smollm3-3b": ("open_download", "Apache-2.0", "stated", 3_000_000_000),
    "tangoflux": ("open_download", "", "unrecognised", 515_000_000),
    "starcoder": ("gated_auto", "LicenseRef-BigCode-OpenRAIL-M-v1", "stated", 15_500_000_000),
    "gpt-3-finnish": ("open_download", "Apache-2.0", "stated", 13_300_000_000),
    "telechat-7b": ("open_download", "LicenseRef-TeleChat-Community", "mixed", None),
    "telechat-12b": ("open_download", "LicenseRef-TeleChat-Community", "mixed", None),
    "stellarx-4b-v0": ("open_download", "CC-BY-NC-SA-4.0", "stated", None),
    "baichuan-2": (
        "open_download",
        "LicenseRef-Baichuan2-Community AND Apache-2.0",
        "stated",
        13_000_000_000,
    ),
    "baichuan-1-13b": ("open_download", "", "unrecognised", 13_264_901_120),
    "mixtral-8x22b-v0-1": ("open_download", "Apache-2.0", "stated", 141_000_000_000),
    "mixtral-8x22b-instruct-v0-1": ("open_download", "Apache-2.0", "stated", 141_000_000_000),
    "gemma-2-2b-jpn-it": ("gated_auto", "LicenseRef-Gemma", "stated", None),
    "bilingual-gpt-neox-4b": ("open_download", "MIT", "stated", 3_800_000_000),
    "apertus": ("gated_auto", "Apache-2.0", "stated", 70_000_000_000),
    "llama-2": ("gated_manual", "LicenseRef-Llama-2", "stated", 70_000_000_000),
    "llama-3-1": ("gated_manual", "LicenseRef-Llama-3.1", "stated", 405_000_000_000),
    "olmo-2": ("open_download", "Apache-2.0", "stated", 13_000_000_000),
    "olmo-3": ("open_download", "Apache-2.0", "stated", 32_000_000_000),
    "starcoder2": ("open_download", "LicenseRef-BigCode-OpenRAIL-M-v1", "stated", 15_000_000_000),
    "t5": ("open_download", "Apache-2.0", "stated", 11_000_000_000),
}

BUSINESS_IS_NOT_YES = (
    *CLOSED,
    "tangoflux",
    "telechat-7b",
    "telechat-12b",
    "stellarx-4b-v0",
    "baichuan-2",
    "baichuan-1-13b",
)

DATA = {
    "amber-data": "mixed",
    "crystalcoder-datasets": "ODC-By-1.0",
    "dolma": "ODC-By-1.0",
    "olmo-mix-1124": "ODC-By-1.0",
    "dolmino-mix-1124": "ODC-By-1.0",
    "redpajama": "mixed",
    "slimpajama": "mixed",
    "starcoderdata": "mixed",
    "the-pile": "mixed",
    "smoltalk2": "mixed",
    "wavcaps": "mixed",
}


def weights(slug: str) -> Any:
    return Component.objects.select_related("system").get(
        system__slug=slug, kind="weights_final", system__merged_into=None
    )


def test_no_closed_model_is_shown_as_a_download(catalogue: None) -> None:
    for slug, (availability, parameters) in CLOSED.items():
        row = weights(slug)
        assert (row.availability, row.licence_expression) == (availability, ""), slug
        if parameters is not None:
            assert row.system.parameters == parameters, slug


def test_what_is_out_is_shown_with_its_own_terms_and_size(catalogue: None) -> None:
    for slug, (availability, licence, status, parameters) in OPEN.items():
        row = weights(slug)
        told = (row.availability, row.licence_expression, row.licence_status)
        assert told == (availability, licence, status), slug
        if parameters is not None:
            assert row.system.parameters == parameters, slug


def test_business_use_is_not_promised_where_no_page_allows_it(catalogue: None) -> None:
    for slug in BUSINESS_IS_NOT_YES:
        assert AISystem.objects.get(slug=slug).commercial_use != CommercialUse.YES, slug


def test_no_entry_descends_from_itself(catalogue: None) -> None:
    for row in Derivation.objects.select_related("system"):
        assert row.base_id != row.system_id, row.system.slug
        own = row.system.huggingface_id.rsplit("/", 1)[-1].lower()
        assert row.base_name.lower() not in {own, row.system.name.lower()}, row.system.slug
    named = {row.base_name for row in Derivation.objects.filter(system__slug="gemma-2-2b-jpn-it")}
    assert named == {"Gemma 2 2B"}
    base = Derivation.objects.get(system__slug="starcoder")
    assert (base.base_name, base.kind) == ("StarCoderBase", "continued")


def test_tangoflux_was_trained_on_three_datasets(catalogue: None) -> None:
    rows = TrainingData.objects.filter(system__slug="tangoflux")
    told = {(row.dataset.slug, row.stage) for row in rows.select_related("dataset")}
    assert told >= {
        ("wavcaps", "pretraining"),
        ("audiocaps", "finetuning"),
        ("crpo", "finetuning"),
    }


def test_datasets_of_the_model_by_rinna_are_no_licence(catalogue: None) -> None:
    rows = TrainingData.objects.filter(system__slug="bilingual-gpt-neox-4b")
    told = {row.dataset.slug for row in rows.select_related("dataset")}
    assert told == {"mc4", "cc100", "wikipedia", "the-pile", "redpajama"}


def test_datasets_carry_the_terms_of_their_own_pages(catalogue: None) -> None:
    for slug, terms in DATA.items():
        row = Dataset.objects.get(slug=slug)
        assert (row.licence_expression or row.licence_status) == terms, slug


def test_mxnet_is_told_as_retired(catalogue: None) -> None:
    assert "Retired" in Framework.objects.get(slug="mxnet").summary


def test_what_was_read_at_head_and_not_by_two_in_all_parts_is_not_called_verified(
    catalogue: None,
) -> None:
    for slug in ("amber", "crystalcoder", "pythia", "smollm3-3b", *CLOSED):
        assert AISystem.objects.get(slug=slug).verified_on is None, slug


def test_code_that_has_a_licence_file_is_not_called_unlicensed(catalogue: None) -> None:
    for slug in ("amber", "crystalcoder", "pythia", "smollm3-3b"):
        for kind in ("training_code", "evaluation_code", "data_preprocessing_code"):
            row = Component.objects.get(system__slug=slug, kind=kind)
            assert row.licence_status == "stated", (slug, kind)
            assert "/blob/" in row.licence_url, (slug, kind)
