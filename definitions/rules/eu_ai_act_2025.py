"""EU AI Act: the free and open-source exemption for general-purpose AI models.

Regulation (EU) 2024/1689, Art. 53(2) and 54(6), Recitals 102 to 104, read with
the Commission's guidelines on the obligations for GPAI models, section 4
(paragraphs 74 to 92, as numbered in July 2025). Training data need not be open.
Information, not legal advice.
"""

from definitions.core import Definition, Writer
from definitions.licences import all_terms, commercial, derivatives, redistribution
from definitions.policies import AllOf, Labels, Scoped
from definitions.rules import eu_ai_act_2025_checks as checks
from definitions.vocabulary import ComponentKind

K = ComponentKind
WEIGHTS = K.WEIGHTS_FINAL

criterion = Writer("eu-ai-act-2025")

CRITERIA = (
    criterion(
        "scope-gpai",
        "General-purpose AI model",
        "Guidelines, section 2",
        "The exemption is for general-purpose AI models. Training with more than 10^23 FLOP and "
        "generating language, or images or video from text, indicates one; less indicates that it "
        "is not one. Models for transcription, speech, sound or the enhancement of images are "
        "none, however much was computed.",
        checks.scope,
    ),
    criterion(
        "no-systemic-risk",
        "No systemic risk",
        "Art. 51 to 53(2); guidelines 74",
        "For models with systemic risk the exemption never holds. With more than 10^25 FLOP it is "
        "presumed, until the Commission accepts that the model carries none; below, the Commission "
        "can designate one all the same.",
        checks.no_systemic_risk,
    ),
    criterion(
        "access",
        "Free access",
        "Guidelines 79",
        "Anybody can get the model without payment or other restriction. Users may be checked "
        "for safety, if nobody is left out by country or otherwise without good reason.",
        checks.access,
        (WEIGHTS,),
    ),
    criterion(
        "use",
        "Free use",
        "Guidelines 80 and 83",
        "The licence sets no limits on use, beyond attribution and passing on under the same "
        "terms.",
        checks.terms(
            checks.use_terms,
            met="the licence sets no limits on use",
            not_met="the licence limits who may use it or for what",
        ),
        (WEIGHTS,),
        about_terms=True,
    ),
    criterion(
        "use-safety-carveout",
        "Terms for safety",
        "Guidelines 84",
        "Specific terms that serve safety are tolerated if they are proportionate, objective and "
        "do not discriminate. Whether they are is a person's judgement.",
        checks.terms(
            checks.safety_terms,
            met="the licence has no such terms",
            not_met="the licence limits the use",
        ),
        (WEIGHTS,),
        about_terms=True,
    ),
    criterion(
        "modify",
        "Free to modify",
        "Guidelines 81",
        "Anybody may change the model without payment or other restriction.",
        checks.terms(
            derivatives,
            met="the licence allows changes",
            not_met="the licence does not allow everybody to make changes",
        ),
        (WEIGHTS,),
        about_terms=True,
    ),
    criterion(
        "distribute",
        "Free to distribute",
        "Guidelines 82 and 84",
        "Anybody may pass the model on, changed or not; attribution and copyleft are fine.",
        checks.terms(
            all_terms(derivatives, redistribution),
            met="the licence allows passing on, changed or not",
            not_met="the licence does not let everybody pass it on, changed or not",
        ),
        (WEIGHTS,),
        about_terms=True,
    ),
    criterion(
        "not-disqualified",
        "None of the terms that rule it out",
        "Guidelines 83",
        "Not for research or non-commercial use only, no ban on distribution, no threshold of "
        "users, no separate licence for certain commercial uses.",
        checks.terms(
            all_terms(commercial, redistribution, checks.caps),
            met="the licence has none of the terms that rule the exemption out",
            not_met="the licence has terms that rule the exemption out",
        ),
        (WEIGHTS,),
        about_terms=True,
    ),
    criterion(
        "no-monetisation",
        "Not monetised",
        "Guidelines 85 to 89; Recital 103",
        "No price: no dual licence, no paid services without which it is of no use, no support "
        "that must be bought, no platform of the provider as the only way, no personal data as "
        "the price. Optional paid extras are fine. Where everybody can download the weights free "
        "of charge under an open licence, none of this is possible.",
        checks.no_monetisation,
    ),
    criterion(
        "public-parameters",
        "Parameters public",
        "Art. 53(2); guidelines 90 and 91",
        "The parameters, including the weights, are public: all of them, in a format that lets "
        "people use and change them.",
        checks.public_parameters,
        (WEIGHTS,),
    ),
    criterion(
        "public-architecture",
        "Architecture public",
        "Art. 53(2); guidelines 90",
        "Information on the architecture of the model is public.",
        checks.public_architecture,
        (K.MODEL_ARCHITECTURE, K.TECHNICAL_REPORT),
    ),
    criterion(
        "public-usage-info",
        "Information on usage public",
        "Art. 53(2); guidelines 91 and 92",
        "At least what goes in and comes out, what the model can do and cannot do, and how to "
        "integrate it are told in public.",
        checks.public_usage_information,
        (K.MODEL_CARD, K.USAGE_DOCUMENTATION),
    ),
)

DEFINITION = Definition(
    key="eu-ai-act",
    version="2025",
    title="EU AI Act: open-source exemption for general-purpose models",
    short_title="EU AI Act",
    steward="European Union",
    url="https://eur-lex.europa.eu/eli/reg/2024/1689/2026-07-27",
    date="2025-11-19",
    standing="our reading",
    summary="Says whether a general-purpose AI model falls under the exemption for free and "
    "open-source models: free terms, no monetisation, and parameters, architecture and usage "
    "public. It frees from the duties of Art. 53(1)(a) and (b) and Art. 54 and from no others. "
    "Training data need not be open. Information, not legal advice.",
    criteria=CRITERIA,
    policy=Scoped(
        inner=AllOf(
            labels=Labels(met="Qualifies", not_met="Does not qualify"),
            titles={item.code: item.title for item in CRITERIA},
        ),
        scope="eu-ai-act-2025/scope-gpai",
        outside="Not a general-purpose model",
    ),
    revision=2,
    notes=(
        "Information, not legal advice. The Commission names no model; every verdict is our "
        "reading of the Act and of its guidelines.",
        "The guidelines were adopted formally as C(2025) 7719 final on 19 November 2025. That text "
        "could not be read here: paragraphs are cited by the text of July 2025, C(2025) 5045, "
        "which was read; of the later numbers only 17 and 60 are known to be the same.",
        "The Act was amended by Regulation (EU) 2026/1744 (Digital Omnibus), in force since "
        "27 July 2026. We know it from summaries, in which Art. 53(2) is unchanged and codes of "
        "practice give no presumption of conformity (Art. 56(6)); neither it nor the "
        "consolidated text that is linked here was read.",
        "The Commission can enforce the duties of providers since 2 August 2026, as we read "
        "second-hand.",
        "What qualifies is freed from the technical documentation (Art. 53(1)(a) and (b)) and the "
        "authorised representative (Art. 54). It still needs a policy on copyright and a public "
        "summary of its training content (guidelines 75).",
        "Our records do not tell what goes in from what comes out. So whether more than 10^23 FLOP "
        "indicate a general-purpose model is left to judgement where no language, or only text "
        "with sound, is on record.",
        "Limits on behaviour, as in RAIL and Gemma licences, are treated as terms for safety "
        "(84): they leave the verdict to judgement and do not decide it.",
        "Licences with a threshold of users, or for research only, rule the exemption out (83). "
        "That this holds for the Llama licences is our inference from the text.",
    ),
)
