"""Cards as people write them: heads that are fenced oddly, keys twice, terms in the text."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from definitions.readers.card_prose import families_in, has_terms, told
from definitions.readers.model_card import parts
from definitions.readers.records import RecordRead
from tests.definitions.readers.hub_records import (
    BLOB,
    codes,
    olmo,
    record,
    terms,
    weights,
    with_card,
)

FILES = ("config.json", "model.safetensors", "README.md")
HEAD = {"license": "apache-2.0", "language": "en"}

FENCED = [
    "---\nlicense: apache-2.0\nlanguage: en\n---\n# Egret\n",
    "--- \nlicense: apache-2.0\nlanguage: en\n---\n\n# Egret\n",
    "---\t\nlicense: apache-2.0\nlanguage: en\n--- \n# Egret\n",
    "<!-- note -->\n---\nlicense: apache-2.0\nlanguage: en\n---\n# Egret\n",
    "<!-- a\n--- b\n-->\n\n---\nlicense: apache-2.0\nlanguage: en\n---\n",
    "<!-- a --> <!-- b -->\n---\nlicense: apache-2.0\nlanguage: en\n---",
    "\ufeff---\nlicense: apache-2.0\nlanguage: en\n---\n",
    "\n\n  \n---\nlicense: apache-2.0\nlanguage: en\n---\n",
    "---\r\nlicense: apache-2.0\r\nlanguage: en\r\n---\r\n# Egret\r\n",
    "---\rlicense: apache-2.0\rlanguage: en\r---\r# Egret",
    "---\u00a0\nlicense: apache-2.0\nlanguage: en\n---\u200b\n",
    "---\n\n# of the card\nlicense: apache-2.0  # ours\nlanguage: en\n\n---\n---\n",
]


@pytest.mark.parametrize("text", FENCED)
def test_a_head_is_found_however_it_is_fenced(text: str):
    assert parts(text.encode()).head == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Egret\n",
        "# Egret\n---\nlicense: mit\n---\n",
        "<!-- ---\nlicense: mit\n--- -->",
        "---",
    ],
)
def test_a_card_without_a_head_has_an_empty_one(text: str):
    card = parts(text.encode())
    assert card.head == {}
    assert card.text == text


@pytest.mark.parametrize(
    "head", ["license: [", "- a", "just words", "a: *b", "a: !x b", "[" * 40_000, "a:\n\t- b"]
)
def test_a_broken_head_is_told_with_its_reason(head: str):
    card = parts(f"---\n{head}\n---\ntext".encode())
    assert card.head is None
    assert card.why


def test_a_key_that_is_given_twice_alike_has_that_value():
    card = parts(b"---\nlicense: mit\nlicense: mit\nmore: {a: b, a: b}\n---\n")
    assert card.head == {"license": "mit", "more": {}}
    assert set(card.doubled) == {"license", "more.a"}


@given(
    st.binary(max_size=400) | st.text("-<>!:#[]{}&*\n\r\t license", max_size=200).map(str.encode)
)
@example(b"<!--" * 2000)
@example(b"---\n" * 2000)
@example(b"\r\n" * 5000 + b"---")
def test_any_bytes_are_read_as_a_card(raw: bytes):
    card = parts(raw)
    assert card.head is None or isinstance(card.head, dict)
    assert len(card.text) <= len(raw) + 1
    told(card.text)


# --- readings --------------------------------------------------------------------------------


def reading_of(card: str, **more: Any) -> RecordRead:
    return olmo(card=card, **({"files": FILES, "tags": []} | more))


class TestTerms:
    @pytest.mark.parametrize("card", [FENCED[1], FENCED[3]])
    def test_oddly_fenced_terms_are_stated(self, card: str):
        reading = reading_of(card, cardData={"license": "apache-2.0"}, tags=["license:apache-2.0"])
        assert terms(reading) == {"licence": "Apache-2.0", "licence_status": "stated"}

    @pytest.mark.parametrize(
        "more", [{"cardData": {"license": "apache-2.0"}}, {"tags": ["license:apache-2.0"]}]
    )
    def test_what_the_hub_reads_in_the_card_counts_where_we_find_no_head(
        self, more: dict[str, Any]
    ):
        reading = reading_of("# Egret\n---\nlicense: apache-2.0\n---\n", **more)
        assert terms(reading) == {"licence": "Apache-2.0", "licence_status": "stated"}
        assert "licence_from_hub" in codes(reading)

    @pytest.mark.parametrize(
        "text",
        [
            "## License\n\nHeron-2B is released under the Apache License 2.0.",
            "Weights: CC BY-NC 4.0",
            "本模型遵循以下许可",
            "Лицензия: MIT",
            "All rights reserved.",
            "© 2024 Example Lab",
            "See our acceptable use policy.",
            "```yaml\nlicense: mit\n```",
        ],
    )
    def test_terms_in_the_text_alone_are_unknown_with_the_address(self, text: str):
        reading = reading_of(f"---\nlanguage: en\n---\n# Heron\n\n{text}\n")
        assert terms(reading) == {"licence_url": f"{BLOB}/README.md"}
        assert "licence_in_text" in codes(reading)

    def test_none_are_stated_where_no_word_of_terms_is_anywhere(self):
        reading = reading_of("---\nlanguage: en\n---\n# Heron\n\nA small model.\n")
        assert terms(reading) == {"licence_status": "none_stated"}

    @pytest.mark.parametrize("file", ["LICENSE-MODEL", "docs/Terms of use.pdf", "USE_POLICY.md"])
    def test_any_file_of_terms_is_terms_to_be_read(self, file: str):
        reading = reading_of("---\nlanguage: en\n---\n", files=(*FILES, file))
        assert "licence_status" not in terms(reading)
        assert terms(reading)["licence_url"].startswith(BLOB)

    def test_a_licence_given_twice_is_mixed_and_told(self):
        card = "---\nlicense: apache-2.0\nlanguage: en\nlicense: cc-by-nc-4.0\n---\n# Stork\n"
        reading = reading_of(card, cardData={"license": "cc-by-nc-4.0"})
        assert terms(reading) == {"licence_status": "mixed"}
        assert {"card_double_key", "several_licences"} <= set(codes(reading))
        assert record(reading)["languages"] == ["en"]

    def test_another_key_given_twice_is_told_and_has_no_value(self):
        card = "---\nlicense: mit\nlanguage: en\nlanguage: de\n---\n"
        reading = reading_of(card)
        assert "languages" not in record(reading)
        assert "card_double_key" in codes(reading)

    @pytest.mark.parametrize(
        ("card", "more"),
        [
            ("---\nlicense: mit\n---\n", {"tags": ["license:cc-by-nc-4.0"]}),
            ("---\nlicense: mit\n---\n", {"cardData": {"license": "gemma"}}),
            ("---\nlicense: mit\n---\n", {"cardData": {"license": "unknown"}}),
            ("---\nlicense: mit\nlicense_name: deepseek-license\n---\n", {}),
            ("---\nlicense: mit\nlicense_link: https://ai.google.dev/gemma/terms\n---\n", {}),
            (
                "---\nlicense: apache-2.0\n"
                "license_link: https://creativecommons.org/licenses/by-nc/4.0/\n---\n",
                {},
            ),
            ("---\nlicense: apache-2.0\n---\n## License\nCC-BY-NC-4.0, research only.\n", {}),
            ("---\nlicense: mit\n---\n**License**: Llama 3 Community License\n", {}),
            ("---\nlicense: apache-2.0\n---\nThe weights are released under the MIT License.", {}),
        ],
    )
    def test_a_contradiction_is_told_and_decides_nothing(self, card: str, more: dict[str, Any]):
        reading = reading_of(card, **more)
        assert terms(reading) | {"licence_url": ""} == {
            "licence_status": "mixed",
            "licence_url": "",
        }
        assert "licence_contradiction" in codes(reading)
        assert "contradicts itself" in weights(reading)["note"]

    @pytest.mark.parametrize(
        "card",
        [
            "---\nlicense: apache-2.0\n---\n## License\nApache License, Version 2.0\n",
            "---\nlicense: apache-2.0\nlicense_name: Apache License 2.0\n---\n",
            "---\nlicense: apache-2.0\n---\nThe training data is released under CC-BY-NC.\n",
            "---\nlicense: apache-2.0\n---\nLicensed for commercial and non-commercial use.\n",
            "---\nlicense: apache-2.0\n"
            "license_link: https://www.apache.org/licenses/LICENSE-2.0\n---\n",
        ],
    )
    def test_what_agrees_is_no_contradiction(self, card: str):
        reading = reading_of(card, tags=["license:apache-2.0"])
        assert terms(reading)["licence"] == "Apache-2.0"


def test_words_of_terms_are_known_in_a_line():
    assert families_in("MIT License") == {"MIT"}
    assert families_in("licensed under CC BY-NC-SA 4.0") == {"CC-BY-NC"}
    assert not has_terms("A small model of the weather.")
    assert told("apache" + " " * 2000 + "\n" * 10) == set()


# --- weights, dates, languages ---------------------------------------------------------------

QUANTISED = [
    {"config": {"quantization_config": {"quant_method": "bitsandbytes", "load_in_4bit": True}}},
    {"config": {"quantization_config": {"load_in_8bit": True}}},
    {"config": {"quantization_config": {"quant_method": "fp8"}}},
    {"config": {"quantization": {"group_size": 64, "bits": 4}}},
    {"tags": ["bitsandbytes"]},
    {"tags": ["AWQ"]},
    {"tags": ["base_model:quantized:example-lab/Ibis-8B"]},
    {"safetensors": {"parameters": {"F32": 120_000_000, "U8": 3_490_000_000}}},
    {"safetensors": {"parameters": {"BF16": 1_050_000_000, "I32": 870_000_000}}},
    {"safetensors": {"parameters": {"F8_E4M3": 8_000_000_000}}},
    {"safetensors": {"parameters": {"I64": 1_000_000_000, "F16": 1_000_000_000}}},
]


@pytest.mark.parametrize("more", QUANTISED)
def test_packed_weights_have_no_number_of_parameters(more: dict[str, Any]):
    numbers = {"total": 4_660_000_000, "parameters": {"BF16": 4_660_000_000}}
    numbers |= more.get("safetensors", {})
    reading = reading_of("---\nlicense: mit\n---\n", **(more | {"safetensors": numbers}))
    assert "parameters" not in record(reading)
    assert weights(reading)["form"] == "quantised_only"
    assert "packed" in codes(reading)


def test_a_quantised_copy_by_its_card_has_no_number_of_parameters():
    card = (
        "---\nlicense: apache-2.0\nbase_model: example-lab/Ibis-8B\n"
        "base_model_relation: quantized\n---\n\n# Model\n"
    )
    reading = reading_of(card)
    assert "parameters" not in record(reading)
    assert weights(reading)["form"] == "quantised_only"


def test_positions_kept_as_whole_numbers_do_not_make_weights_packed():
    numbers = {"total": 110_000_512, "parameters": {"F32": 110_000_000, "I64": 512}}
    reading = reading_of("---\nlicense: mit\n---\n", safetensors=numbers)
    assert record(reading)["parameters"] == 110_000_512
    assert "form" not in weights(reading)


@pytest.mark.parametrize(
    "date", ["0204-05-01", "2024-13-45", "20240", "1024", "2124-01-01", "0000"]
)
def test_a_record_whose_card_has_an_impossible_date_is_rejected(date: str):
    reading = with_card(f"license: mit\nrelease_date: {date}")
    assert (reading.record, codes(reading)) == (None, ["impossible_date"])


def test_every_spelling_of_a_language_is_one_code():
    card = (
        "---\nlicense: mit\nlanguage:\n- eng\n- EN\n- en-us\n- zh-hans\n- zh-Hans\n- iw\n"
        "- no\n- jp\n---\n\n# Model\n"
    )
    reading = reading_of(card)
    assert record(reading)["languages"] == ["en", "en-US", "zh-Hans", "he", "no"]
    assert codes(reading).count("not_bcp47") == 1
