"""May it be used in business? One answer from all that the licence of the weights says."""

from itertools import product
from typing import Any

import pytest

from definitions.business import TIGHTNESS, business_use, of_licence
from definitions.facts import Facts, Licence
from definitions.vocabulary import Answer, BusinessUse, CommercialUse, UseRestriction
from tests.definitions.build import component, facts


def weights(**values: Any) -> Facts:
    return facts(components={"weights_final": component(**values)})


@pytest.mark.parametrize(
    ("terms", "use"),
    [
        ({"licence": "Apache-2.0"}, "yes"),
        ({"licence": "CC-BY-4.0"}, "yes"),
        ({"licence": "CC-BY-NC-4.0"}, "no"),
        ({"licence": "LicenseRef-Llama-2"}, "capped"),
        ({"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ({"licence": "Apache-2.0 OR CC-BY-NC-4.0"}, "yes"),
        ({"licence": "Apache-2.0 AND LicenseRef-Llama-2"}, "capped"),
        ({"licence": "Apache-2.0 AND LicenseRef-Unheard-Of"}, "unknown"),
        ({"licence": "Apache-2.0", "licence_status": "mixed"}, "unknown"),
        ({"licence": "CC-BY-NC-4.0", "licence_status": "mixed"}, "no"),
        ({"licence": "", "licence_status": "none_stated"}, "no"),
        ({"licence": "", "licence_status": "unknown"}, "unknown"),
    ],
)
def test_the_licence_of_the_weights_answers(terms: dict[str, str], use: str):
    assert business_use(weights(**terms)) == use


@pytest.mark.parametrize("availability", ["not_released", "api_only"])
def test_a_licence_of_weights_that_are_not_given_out_answers_nothing(availability: str):
    assert business_use(weights(licence="Apache-2.0", availability=availability)) == "unknown"


@pytest.mark.parametrize("availability", ["open_download", "unknown"])
def test_another_registers_word_alone_says_no_and_never_yes(availability: str):
    word = {"availability": availability, "recorded_by": "Model Openness Tool"}
    assert business_use(weights(licence="Apache-2.0", **word)) == "unknown"
    assert business_use(weights(licence="Apache-2.0", availability=availability)) == "yes"
    assert business_use(weights(licence="CC-BY-NC-4.0", **word)) == "no"


PERMISSIVE: dict[str, Any] = {"commercial": CommercialUse.YES, "use_restrictions": ()}


@pytest.mark.parametrize(
    ("changed", "use"),
    [
        ({}, "yes"),
        ({"use_restrictions": None}, "unknown"),
        ({"use_restrictions": (UseRestriction.BEHAVIOURAL,)}, "limited"),
        ({"use_restrictions": (UseRestriction.SAFETY_ONLY,)}, "limited"),
        ({"use_restrictions": (UseRestriction.COMPETING_MODELS,)}, "limited"),
        ({"use_restrictions": (UseRestriction.UNKNOWN,)}, "limited"),
        ({"use_restrictions": (UseRestriction.RESEARCH_ONLY,)}, "no"),
        ({"use_restrictions": (UseRestriction.NON_COMMERCIAL,)}, "no"),
        ({"restricts_other_works": Answer.YES}, "limited"),
        ({"territory_limits": Answer.YES}, "limited"),
        ({"excluded_groups": Answer.YES}, "limited"),
        ({"user_cap": Answer.YES}, "capped"),
        ({"revenue_cap": Answer.YES}, "capped"),
        ({"user_cap": Answer.YES, "use_restrictions": (UseRestriction.BEHAVIOURAL,)}, "capped"),
        ({"commercial": CommercialUse.CAPPED}, "capped"),
        ({"commercial": CommercialUse.NO}, "no"),
        ({"commercial": CommercialUse.UNKNOWN}, "unknown"),
        ({"osi_approved": Answer.YES, "use_restrictions": None}, "yes"),
    ],
)
def test_a_limit_on_record_is_never_outweighed(changed: dict[str, Any], use: str):
    assert of_licence(Licence(**(PERMISSIVE | changed))) == use


LICENCES = {
    "yes": {"commercial": "yes", "use_restrictions": []},
    "limited": {"commercial": "yes", "use_restrictions": ["behavioural"]},
    "capped": {"commercial": "capped", "use_restrictions": []},
    "no": {"commercial": "no", "use_restrictions": []},
    "unknown": {"commercial": "unknown"},
}
KNOWN = {f"LicenseRef-{name}": facts_of for name, facts_of in LICENCES.items()}


@pytest.mark.parametrize(("one", "other"), list(product(LICENCES, LICENCES)))
def test_with_and_the_tighter_counts_and_with_or_the_looser(one: str, other: str):
    order = [BusinessUse.of(one), BusinessUse.of(other)]
    for operator, pick in (("AND", min), ("OR", max)):
        row = component(licence=f"LicenseRef-{one} {operator} LicenseRef-{other}")
        of = facts(components={"weights_final": row}, licences=KNOWN)
        assert business_use(of) is pick(order, key=TIGHTNESS.index)
