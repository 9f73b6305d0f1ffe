"""Which names are one, which are not, and what an address on the Hub says."""

import pytest

from definitions.readers import naming


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Llama-2-70B", "llama 2 70b"),
        ("Meta-Llama-3-8B-Instruct", "Llama-3-8B-Instruct"),
        ("OpenELM-1_1B", "OpenELM 1.1B"),
        ("Qwen7B", "Qwen-7B"),
        ("Command-R+", "command r plus"),
        ("gpt2", "GPT-2"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str):
    assert naming.identity(one) == naming.identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Llama-2-70B", "Llama-2-7B"),
        ("Llama-2-70B", "Llama-2-70B-chat"),
        ("Command-R", "Command-R+"),
        ("Mixtral-8x7B", "Mixtral-8x22B"),
        ("Phi-1", "Phi-1.5"),
        ("BTLM-3B-8k", "BTLM-3B"),
        ("OLMo-7B", "OLMo-7B-hf"),
        ("Qwen2.5-7B", "Qwen2-7B"),
    ],
)
def test_names_of_two_systems(one: str, other: str):
    assert naming.identity(one) != naming.identity(other)


@pytest.mark.parametrize(
    ("text", "size", "parameters"),
    [
        ("Pythia-6.9B", "6.9b", 6_900_000_000),
        ("CodeT5+-220M", "220m", 220_000_000),
        ("Wu-Dao 1.75T", "1.75t", 1_750_000_000_000),
        ("Mixtral-8x7B", "8x7b", None),
        ("BTLM 8k", "", None),
        ("GPT-4", "", None),
        ("Qwen1.5-MoE-A2.7B", "", None),
    ],
)
def test_the_size_in_a_name(text: str, size: str, parameters: int | None):
    assert naming.size_in(text) == size
    assert naming.parameters_of(size) == parameters


@pytest.mark.parametrize("number", [1_100_000_000, 70_000_000_000, 220_000_000, 1_500_000_000_000])
def test_a_number_of_parameters_is_written_as_a_size(number: int):
    assert naming.parameters_of(naming.size_of(number)) == number


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://huggingface.co/allenai/OLMo-7B", "allenai/OLMo-7B"),
        ("https://huggingface.co/allenai/OLMo-7B/tree/main", "allenai/OLMo-7B"),
        ("huggingface.co/allenai/OLMo-7B", "allenai/OLMo-7B"),
        (
            "https://huggingface.co/stabilityai/stablelm-2-1_6b · Hugging Face",
            "stabilityai/stablelm-2-1_6b",
        ),
        ("https://huggingface.co/datasets/allenai/dolma", ""),
        ("https://huggingface.co/papers/2309.16609", ""),
        ("https://huggingface.co/collections/x/y", ""),
        ("https://example.org/allenai/OLMo-7B", ""),
        ("https://huggingface.co/", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_the_repository_of_an_address(address: str, found: str):
    assert naming.hub_id(address) == found


@pytest.mark.parametrize(
    ("name", "repository", "fits"),
    [
        ("CodeGemma-2B", "google/codegemma-2b", True),
        ("CodeGemma-2B", "google/codegemma-7b", False),
        ("dbrx-instruct", "deepseek-ai/deepseek-moe-16b-base", False),
        ("Guru-32B", "LLM360/guru-32B", True),
        ("Arctic-Instruct", "Snowflake/snowflake-arctic-instruct", True),
    ],
)
def test_an_address_of_another_model_does_not_fit(name: str, repository: str, fits: bool):
    assert naming.fits(name, repository) is fits


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Llama-3.1-8B", "llama-3-1-8b"),
        ("CodeT5+-16B", "codet5-plus-16b"),
        ("PanGu-α", "pangu-alpha"),
        ("Pile-T5 XXL", "pile-t5-xxl"),
        ("悟道", ""),
    ],
)
def test_slugs_keep_versions_apart(name: str, slug: str):
    assert naming.slug_of(name) == slug


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Llama-3.1-8B", "Llama"),
        ("Meta-Llama-3-8B", "Llama"),
        ("Stable-Diffusion-v1.1", "Stable-Diffusion"),
        ("DeepSeek-V3", "DeepSeek"),
        ("CodeT5+-16B", "CodeT5+"),
        ("gpt-oss-120b", "gpt-oss"),
        ("01-thing", ""),
    ],
)
def test_the_stem_that_a_family_shares(name: str, stem: str):
    assert naming.stem_of(name) == stem


@pytest.mark.parametrize("number", [None, 0, 999])
def test_a_number_below_a_million_is_no_size(number: int | None):
    assert naming.size_of(number) == ""


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://huggingface.co/datasets/allenai/dolma/tree/main", "allenai/dolma"),
        ("https://huggingface.co/allenai/OLMo-7B", ""),
        ("https://huggingface.co/datasets/allenai", ""),
        ("https://huggingface.co/datasets/-/x", ""),
        ("https://example.org/datasets/allenai/dolma", ""),
    ],
)
def test_the_dataset_of_an_address(address: str, found: str):
    assert naming.dataset_id(address) == found


@pytest.mark.parametrize(
    ("name", "repository", "same"),
    [
        ("Gemma-2-2B", "google/gemma-2-2b", True),
        ("Gemma-2-2B", "google/gemma-2-2b-pt", True),
        ("Gemma-2-2B", "google/gemma-2-2b-it", False),
        ("Gemma-2-2B", "google/gemma-2-9b", False),
        ("Base", "google/base", False),
    ],
)
def test_a_base_bears_its_very_name(name: str, repository: str, same: bool):
    assert naming.same_model(name, repository) is same


@pytest.mark.parametrize(
    ("entry", "base", "one"),
    [
        ("Llama 2", "Llama-2-70B", True),
        ("Llama-2-70B", "Llama 2", True),
        ("Llama-2-70B", "Llama-2-7B", False),
        ("DeepSeek-V3", "DeepSeek-V3-Base", False),
        ("DeepSeek-V3", "Qwen", False),
        ("7B", "Llama", False),
    ],
)
def test_a_line_is_not_the_base_of_its_own_models(entry: str, base: str, one: bool):
    assert naming.of_one_line(entry, base) is one


def test_the_closest_of_several_repositories():
    found = naming.closest("Thing-7B-Chat", ["example/thing-7b", "example/thing-7b-chat"])
    assert found == "example/thing-7b-chat"


@pytest.mark.parametrize(
    ("one", "two", "alike"), [("", "x", False), ("thing", "thing two", True), ("abc", "xyz", False)]
)
def test_how_alike_two_names_are(one: str, two: str, alike: bool):
    assert (naming.likeness(one, two) >= naming.LIKE_ENOUGH) is alike
