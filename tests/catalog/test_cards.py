"""Cards as people write them: heads that are fenced oddly, keys twice, terms in the text."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.importers.base import Reading
from catalog.importers.huggingface_card import read_card
from catalog.importers.huggingface_prose import families_in, has_terms, told
from tests.catalog.hub_readings import BLOB, codes, document, olmo, read, weights
from tests.hub_server import FakeHub

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
    assert read_card(text.encode()).head == HEAD


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
    card = read_card(text.encode())
    assert card.head == {}
    assert card.text == text


@pytest.mark.parametrize(
    "head", ["license: [", "- a", "just words", "a: *b", "a: !x b", "[" * 40_000, "a:\n\t- b"]
)
def test_a_broken_head_is_told_with_its_reason(head: str):
    card = read_card(f"---\n{head}\n---\ntext".encode())
    assert card.head is None
    assert card.why


@given(
    st.binary(max_size=400) | st.text("-<>!:#[]{}&*\n\r\t license", max_size=200).map(str.encode)
)
@example(b"<!--" * 2000)
@example(b"---\n" * 2000)
@example(b"\r\n" * 5000 + b"---")
def test_any_bytes_are_read_as_a_card(raw: bytes):
    card = read_card(raw)
    assert card.head is None or isinstance(card.head, dict)
    assert len(card.text) <= len(raw) + 1
    told(card.text)


# --- readings --------------------------------------------------------------------------------

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def reading_of(hub: FakeHub, card: str, **more: Any) -> Reading:
    olmo(hub, card=card, **({"files": FILES, "tags": []} | more))
    return read()[0]


def terms(reading: Reading) -> dict[str, Any]:
    return {key: value for key, value in weights(reading).items() if key.startswith("licence")}


@pytest.mark.usefixtures("licences")
class TestTerms:
    @pytest.mark.parametrize("card", [FENCED[1], FENCED[3]])
    def test_oddly_fenced_terms_are_stated(self, hub: FakeHub, card: str):
        reading = reading_of(
            hub, card, cardData={"license": "apache-2.0"}, tags=["license:apache-2.0"]
        )
        assert terms(reading) == {"licence": "Apache-2.0", "licence_status": "stated"}

    @pytest.mark.parametrize(
        "more", [{"cardData": {"license": "apache-2.0"}}, {"tags": ["license:apache-2.0"]}]
    )
    def test_what_the_hub_reads_in_the_card_counts_where_we_find_no_head(
        self, hub: FakeHub, more: dict[str, Any]
    ):
        reading = reading_of(hub, "# Egret\n---\nlicense: apache-2.0\n---\n", **more)
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
    def test_terms_in_the_text_alone_are_unknown_with_the_address(self, hub: FakeHub, text: str):
        reading = reading_of(hub, f"---\nlanguage: en\n---\n# Heron\n\n{text}\n")
        assert terms(reading) == {"licence_url": f"{BLOB}/README.md"}
        assert "licence_in_text" in codes(reading)

    def test_none_are_stated_where_no_word_of_terms_is_anywhere(self, hub: FakeHub):
        reading = reading_of(hub, "---\nlanguage: en\n---\n# Heron\n\nA small model.\n")
        assert terms(reading) == {"licence_status": "none_stated"}

    @pytest.mark.parametrize("file", ["LICENSE-MODEL", "docs/Terms of use.pdf", "USE_POLICY.md"])
    def test_any_file_of_terms_is_terms_to_be_read(self, hub: FakeHub, file: str):
        reading = reading_of(hub, "---\nlanguage: en\n---\n", files=(*FILES, file))
        assert "licence_status" not in terms(reading)
        assert terms(reading)["licence_url"].startswith(BLOB)

    def test_a_licence_given_twice_is_mixed_and_told(self, hub: FakeHub):
        card = "---\nlicense: apache-2.0\nlanguage: en\nlicense: cc-by-nc-4.0\n---\n# Stork\n"
        reading = reading_of(hub, card, cardData={"license": "cc-by-nc-4.0"})
        assert terms(reading) == {"licence_status": "mixed"}
        assert {"card_double_key", "several_licences"} <= set(codes(reading))
        assert document(reading)["languages"] == ["en"]

    def test_another_key_given_twice_is_told_and_has_no_value(self, hub: FakeHub):
        card = "---\nlicense: mit\nlanguage: en\nlanguage: de\n---\n"
        reading = reading_of(hub, card)
        assert "languages" not in document(reading)
        assert "card_double_key" in codes(reading)

    @pytest.mark.parametrize(
        ("card", "more"),
        [
            ("---\nlicense: mit\n---\n", {"tags": ["license:cc-by-nc-4.0"]}),
            ("---\nlicense: mit\n---\n", {"cardData": {"license": "gemma"}}),
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
    def test_a_contradiction_is_told_and_decides_nothing(
        self, hub: FakeHub, card: str, more: dict[str, Any]
    ):
        reading = reading_of(hub, card, **more)
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
    def test_what_agrees_is_no_contradiction(self, hub: FakeHub, card: str):
        reading = reading_of(hub, card, tags=["license:apache-2.0"])
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
@pytest.mark.usefixtures("licences")
def test_packed_weights_have_no_number_of_parameters(hub: FakeHub, more: dict[str, Any]):
    numbers = {"total": 4_660_000_000, "parameters": {"BF16": 4_660_000_000}}
    numbers |= more.get("safetensors", {})
    reading = reading_of(hub, "---\nlicense: mit\n---\n", **(more | {"safetensors": numbers}))
    assert "parameters" not in document(reading)
    assert weights(reading)["form"] == "quantised_only"
    assert "packed" in codes(reading)


@pytest.mark.usefixtures("licences")
def test_a_quantised_copy_by_its_card_has_no_number_of_parameters(hub: FakeHub):
    card = (
        "---\nlicense: apache-2.0\nbase_model: example-lab/Ibis-8B\n"
        "base_model_relation: quantized\n---\n\n# Model\n"
    )
    reading = reading_of(hub, card)
    assert "parameters" not in document(reading)
    assert weights(reading)["form"] == "quantised_only"


@pytest.mark.usefixtures("licences")
def test_positions_kept_as_whole_numbers_do_not_make_weights_packed(hub: FakeHub):
    numbers = {"total": 110_000_512, "parameters": {"F32": 110_000_000, "I64": 512}}
    reading = reading_of(hub, "---\nlicense: mit\n---\n", safetensors=numbers)
    assert document(reading)["parameters"] == 110_000_512
    assert "form" not in weights(reading)


@pytest.mark.usefixtures("licences")
@pytest.mark.parametrize(
    "date", ["0204-05-01", "2024-13-45", "20240", "1024", "2124-01-01", "0000"]
)
def test_a_card_with_an_impossible_date_is_refused_and_the_others_are_read(hub: FakeHub, date: str):
    hub.owner("allenai", "Ai2")
    for name, day in (("a", "2024-05-01"), ("b", date), ("c", "2024-06")):
        hub.model(f"allenai/{name}", card=f"---\nlicense: mit\nrelease_date: {day}\n---\n")
    first, second, third = read("allenai/a", "allenai/b", "allenai/c")
    assert document(first)["released"] == "2024-05-01"
    assert (second.document, codes(second)) == (None, ["impossible_date"])
    assert document(third)["released"] == "2024-06"


@pytest.mark.usefixtures("licences")
def test_every_spelling_of_a_language_is_one_code(hub: FakeHub):
    card = (
        "---\nlicense: mit\nlanguage:\n- eng\n- EN\n- en-us\n- zh-hans\n- zh-Hans\n- iw\n"
        "- no\n- jp\n---\n\n# Model\n"
    )
    reading = reading_of(hub, card)
    assert document(reading)["languages"] == ["en", "en-US", "zh-Hans", "he", "no"]
    assert codes(reading).count("not_bcp47") == 1
