"""Digital Public Goods Standard 1.1.7 (Digital Public Goods Alliance, 26 June 2025).

Only the part that records can show. Indicators 7 to 9 are attested by somebody
whom the project has authorised and accepted by the Alliance; they stay a matter
of judgement here. To be on the Alliance's registry is a fact of its own.

Source: https://github.com/DPGAlliance/DPG-Standard (commit c0bea58), and the
changes of version 1.1.7: open data only (#186), mandatory parts of AI (#193).
"""

from definitions.checks import gathered
from definitions.core import Definition, Writer
from definitions.policies import AllOf, Labels
from definitions.rules import dpg_standard_1_1_7_checks as checks
from definitions.vocabulary import ComponentKind as K

criterion = Writer(
    "dpg-standard-1.1.7",
    once_recorded=frozenset({*checks.CODE, K.FINETUNING_DATA}) - frozenset(checks.MANDATORY_CODE),
)

LICENSING = "Indicator 2: open licensing"
HARM = "Indicator 9: do no harm by design"

CRITERIA = (
    criterion(
        "1-sdg",
        "Relevance to a Sustainable Development Goal",
        "Indicator 1: relevance to the SDGs",
        "The maker shows a relevance to at least one of the United Nations' goals.",
        checks.sdg,
    ),
    criterion(
        "2-open-licence-software",
        "Code under OSI-approved licences",
        LICENSING,
        "All code that is released is under licences that OSI has approved.",
        gathered(
            checks.CODE,
            checks.software_points,
            nothing="No code is released, so there are no terms to judge.",
        ),
        checks.CODE,
        about_terms=True,
    ),
    criterion(
        "2-open-licence-data",
        "Data under open licences",
        LICENSING,
        "The training data is under a licence that conforms with the Open Definition.",
        checks.data_licence,
        checks.DATA,
        about_terms=True,
    ),
    criterion(
        "2-ai-mandatory-components",
        "Data, code and model all open",
        f"{LICENSING}, mandatory components of AI systems (#193)",
        "The training data, the code and the model are all openly provided. Training data that "
        "is withheld or not disclosed fails, with no exception.",
        checks.mandatory_components,
        (*checks.DATA, *checks.MANDATORY_CODE, K.WEIGHTS_FINAL),
    ),
    criterion(
        "3-ownership",
        "Clear ownership",
        "Indicator 3: clear ownership",
        "It is documented who legally owns what is released.",
        checks.ownership,
    ),
    criterion(
        "4-platform-independence",
        "Platform independence",
        "Indicator 4: platform independence",
        "No closed component is needed, or an open one can take its place.",
        checks.platform_independence,
    ),
    criterion(
        "5-documentation",
        "Documentation",
        "Indicator 5: documentation",
        "The documentation lets a stranger run the system, and describes the datasets.",
        checks.documentation,
        (K.USAGE_DOCUMENTATION, K.MODEL_CARD, K.DATA_DOCUMENTATION),
    ),
    criterion(
        "6-data-extraction",
        "Data can be taken out",
        "Indicator 6: mechanism for extracting data",
        "Data that is not personal can be imported and exported in an open format. A model "
        "alone stores no data of its users, so this mostly does not apply.",
        checks.data_extraction,
        (K.WEIGHTS_FINAL,),
    ),
    criterion(
        "7-privacy-law",
        "Privacy and applicable laws",
        "Indicator 7: adherence to privacy and applicable laws",
        "The project complies with the law that applies to it. Only an authorised person can "
        "attest that; a published privacy policy is the most that records can show.",
        checks.attested(
            K.PRIVACY_POLICY,
            missing="no privacy policy is recorded, and nobody has attested compliance",
            withheld="no privacy policy is published, and nobody has attested compliance",
            there="there is a privacy policy; whether the law is kept, the Alliance attests",
            remedy="Publish a privacy policy, and have the Alliance attest compliance.",
        ),
        (K.PRIVACY_POLICY,),
    ),
    criterion(
        "8-standards",
        "Standards and risk assessment",
        "Indicator 8: adherence to standards and best practices",
        "Open standards and good practice, and for AI a risk assessment handed to the Alliance. It "
        "need not be published.",
        checks.attested(
            K.RISK_ASSESSMENT,
            missing="nobody has recorded a risk assessment",
            withheld="no risk assessment is published; whether the Alliance was handed one is not "
            "recorded",
            there="there is a risk assessment; the Alliance attests it",
            remedy="Hand the Alliance a risk assessment, and have it attested.",
        ),
        (K.RISK_ASSESSMENT,),
    ),
    criterion(
        "9a-data-privacy",
        "Handling of personal data",
        f"{HARM} (9a)",
        "It is documented how personal data is collected, stored and protected.",
        checks.policy("pii_handling", "the handling of personal data"),
    ),
    criterion(
        "9b-content",
        "Inappropriate and illegal content",
        f"{HARM} (9b)",
        "There are policies against inappropriate and illegal content.",
        checks.policy("content_policy", "the policy on inappropriate content"),
    ),
    criterion(
        "9c-harassment",
        "Protection from harassment",
        f"{HARM} (9c)",
        "People who take part are protected from harassment, by a code of conduct.",
        checks.policy("code_of_conduct", "the code of conduct"),
    ),
)

DEFINITION = Definition(
    key="dpg-standard",
    version="1.1.7",
    title="Digital Public Goods Standard",
    short_title="DPG 1.1.7",
    steward="Digital Public Goods Alliance",
    url="https://digitalpublicgoods.net/standard",
    date="2025-06-26",
    standing="final",
    summary="Nine indicators for open solutions that serve the Sustainable Development Goals; "
    "for AI, data, code and model all have to be open. The Alliance alone decides. We compute "
    "what records can show: whether a system could qualify.",
    criteria=CRITERIA,
    policy=AllOf(
        labels=Labels(
            met="Meets every indicator",
            not_met="Does not qualify",
            needs_judgement="Could qualify",
        ),
        titles={item.code: item.title for item in CRITERIA},
    ),
    notes=(
        "Computed by us, not decided by the Alliance. A decision of the Alliance holds for one "
        "year, is listed on its registry and is recorded here as the steward's own judgement.",
        "Indicators 7 to 9 can be attested only by somebody whom the project has authorised. "
        "They stay open here.",
        "The rule on mandatory components (#193) was read from the list of changes and the "
        "Alliance's blog of 21 May 2025; its exact wording was not seen. The data clause is "
        "under review since June 2026.",
        "Of a model's own licence nothing that was read speaks. One that OSI has approved is "
        "accepted, one that limits use, change or sharing is not, as the Alliance's community of "
        "practice recommends for RAIL licences; any other is left to judgement.",
        "Indicator 2 asks for open licences of software, data and content collections. Model "
        "cards, reports and data sheets are documentation, indicator 5, and their licences are "
        "not judged. Version 1.1.7 accepts fully open licences only (#186).",
        "A risk assessment is asked for by proposal #197, which the list of changes does not name "
        "among those of version 1.1.7. It is handed to the Alliance, not published.",
        "Data, code or a model recorded as not applying to a system is left to judgement, because "
        "the Standard names all three as mandatory.",
        "The draft collection “DPGs for AI” (DPG-Standard #210, version 0.1.0 of June 2026) asks "
        "for more, such as benchmarks and a statement on safety tests; it is not part of the "
        "Standard.",
    ),
    revision=2,
)
