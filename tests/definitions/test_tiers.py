"""The tiers: who says it, and how far it was checked."""

import pytest

from definitions import tiers
from definitions.tiers import HUB, Standing
from definitions.vocabulary import Tier
from tests.definitions.build import component, facts

MOT, OSAI = "Model Openness Tool", "European Open Source AI Index"


@pytest.mark.parametrize(
    ("verified", "registers", "tier", "words", "said"),
    [
        (True, [], "verified", "Verified", ""),
        (False, [], "recorded", "Recorded, not verified", ", by one reading that is not verified"),
        (False, [MOT], "recorded", f"Recorded by the {MOT}", f", says the {MOT}"),
        (True, [MOT, ""], "recorded", f"Recorded by the {MOT}", f", says the {MOT}"),
        (
            False,
            [MOT, OSAI],
            "recorded",
            f"Recorded by the {OSAI} and the {MOT}",
            f", say the {OSAI} and the {MOT}",
        ),
        (
            False,
            [HUB],
            "metadata",
            f"From the metadata of the {HUB}",
            f", by the metadata of the {HUB}",
        ),
        (False, [HUB, MOT], "recorded", f"Recorded by the {HUB} and the {MOT}", None),
        (False, ["a third party’s page"], "recorded", "Recorded by a third party’s page", None),
    ],
)
def test_a_tier_names_whose_word_it_is(
    verified: bool, registers: list[str], tier: str, words: str, said: str | None
):
    standing = Standing.of(verified=verified, registers=registers)

    assert standing.tier == tier
    assert standing.words == words
    assert said is None or standing.said == said
    assert Standing.stored(standing.tier, standing.registers) == standing


def test_only_what_is_verified_has_nothing_to_say_behind_an_answer():
    for tier in Tier:
        for names in ((), (MOT,)):
            standing = Standing(tier, names)
            assert bool(standing.said) == bool(standing.told) == (tier is not Tier.VERIFIED)


def test_an_entry_is_as_far_checked_as_its_rows_and_the_answer_as_the_weights():
    of = facts(
        system={"slug": "a", "name": "A", "verified_on": "2026-11-28"},
        components={"weights_final": component(), "training_code": component(recorded_by=MOT)},
    )
    assert tiers.of_entry(of) == Standing(Tier.RECORDED, (MOT,))
    assert tiers.of_business_use(of) == Standing(Tier.VERIFIED)


def test_what_a_row_takes_from_its_host_is_the_hosts_registers_word():
    of = facts(
        components={
            "weights_final": {"included_in": "package"},
            "package": component(licence="MIT", recorded_by=MOT),
        }
    )
    assert tiers.of_business_use(of) == Standing(Tier.RECORDED, (MOT,))
