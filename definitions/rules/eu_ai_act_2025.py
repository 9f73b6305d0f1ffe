"""EU AI Act: the free and open-source exemption for general-purpose AI models.

Regulation (EU) 2024/1689, Art. 53(2) and 54(6), Recitals 102 to 104, read with
the Commission's guidelines of July 2025 on the obligations for GPAI models,
section 4 (paragraphs 74 to 92). Information, not legal advice.
"""

from definitions.answers import circumstance_point, told_points
from definitions.checks import (
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    conclude,
    licence_point,
    path_of,
)
from definitions.core import Check, Definition, Finding, Writer
from definitions.facts import Facts, Licence
from definitions.licences import (
    FROM_LIMIT,
    Term,
    all_terms,
    commercial,
    derivatives,
    or_osi_approved,
    redistribution,
    worst,
)
from definitions.policies import AllOf, Labels, Scoped
from definitions.topics import Monetisation, flop
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    Cost,
    Modality,
    Status,
    UseRestriction,
)

K = ComponentKind
WEIGHTS = K.WEIGHTS_FINAL

GPAI_FLOP = 1e23
"""Indicative for a general-purpose model that generates language, images or video (section 2)."""
SYSTEMIC_FLOP = 1e25
"""From here on high-impact capabilities are presumed (Art. 51(2))."""
GENERATIVE = frozenset(Modality) - {Modality.GEOSPATIAL, Modality.TABULAR}

SAFETY = {UseRestriction.SAFETY_ONLY, UseRestriction.BEHAVIOURAL}


def compute_point(facts: Facts, status: Status, text: str) -> Point:
    return Point(
        status=status,
        text=text,
        remedy="Show the Commission that it carries no systemic risk all the same (Art. 52(2)).",
        evidence=facts.circumstances.evidence.get("training_compute"),
        used=("circumstances.training_compute",),
    )


def scope(facts: Facts) -> Finding:
    """Recorded as such, or above the indicative compute for a generative model."""
    texts = {
        Answer.YES: (Status.MET, "it is a general-purpose AI model"),
        Answer.NO: (Status.NOT_MET, "it is not a general-purpose AI model"),
    }
    remedy = "Record whether it is a general-purpose AI model, or its training compute."
    point = circumstance_point("gpai", facts, texts, remedy=remedy)
    compute = flop(facts.circumstances.training_compute) or 0.0
    generative = GENERATIVE.intersection(facts.system.modalities)
    if point.status is Status.UNKNOWN and generative and compute > GPAI_FLOP:
        text = "trained with more than 10^23 FLOP, which indicates a general-purpose model"
        return conclude([compute_point(facts, Status.MET, text)])
    return conclude([point])


def no_systemic_risk(facts: Facts) -> Finding:
    """Not recorded as a systemic risk, and below the compute that presumes one."""
    compute = flop(facts.circumstances.training_compute)
    if compute is not None and compute >= SYSTEMIC_FLOP:
        text = "its training compute is 10^25 FLOP or more, so systemic risk is presumed"
        return conclude([compute_point(facts, Status.NOT_MET, text)])
    texts = {
        Answer.NO: (Status.MET, "it is not a model with systemic risk"),
        Answer.YES: (Status.NOT_MET, "it is a model with systemic risk"),
    }
    remedy = "Record its training compute, or whether it carries systemic risk."
    point = circumstance_point("systemic_risk", facts, texts, remedy=remedy)
    if point.status is Status.UNKNOWN and compute is not None:
        text = "its training compute is below 10^25 FLOP, from which systemic risk is presumed"
        point = compute_point(facts, Status.MET, text)
    return conclude([point])


def no_territory(_: str, licence: Licence) -> Status:
    return FROM_LIMIT[licence.territory_limits]


def use_terms(identifier: str, licence: Licence) -> Status:
    """No limit but attribution and same terms; safety terms are judged on their own (84)."""
    limits = licence.use_restrictions
    if limits is None:
        restricted = Status.UNKNOWN
    elif set(limits) - SAFETY - {UseRestriction.UNKNOWN}:
        restricted = Status.NOT_MET
    else:
        restricted = Status.UNKNOWN if UseRestriction.UNKNOWN in limits else Status.MET
    return worst([restricted, commercial(identifier, licence), caps(identifier, licence)])


def caps(_: str, terms: Licence) -> Status:
    """No cap on users or revenue, nobody left out (83)."""
    limits = (terms.user_cap, terms.revenue_cap, terms.excluded_groups)
    return worst([FROM_LIMIT[limit] for limit in limits])


def safety_terms(_: str, licence: Licence) -> Status:
    """Terms for safety may be tolerated if proportionate and objective: a person judges (84)."""
    limits = licence.use_restrictions
    if limits is None:
        return Status.UNKNOWN
    return Status.NEEDS_JUDGEMENT if SAFETY & set(limits) else Status.MET


REMEDY = "Put the {component} under terms that let everybody use, change and share it."


def terms(term: Term, *, met: str, not_met: str) -> Check:
    """A question about the licence of the weights; OSI's approval answers it."""
    texts = TermTexts(met=met, not_met=not_met, remedy=REMEDY)
    asked = or_osi_approved(term)

    def check(facts: Facts) -> Finding:
        row = facts.component(WEIGHTS)
        return conclude([licence_point(WEIGHTS, row, facts, asked, texts)])

    return check


def access(facts: Facts) -> Finding:
    """Anybody can get it freely: no payment, no country left out; a check of users may be (79)."""
    row = facts.component(WEIGHTS)
    points = [availability_point(WEIGHTS, row, PUBLIC)]
    if row.cost is Cost.PAID:
        points.append(
            Point(
                status=Status.NOT_MET,
                text="the final weights have to be paid for",
                remedy="Give the final weights away free of charge.",
                evidence=row.evidence,
                used=path_of(WEIGHTS, "cost"),
            )
        )
    if can_be_had(row):
        texts = TermTexts(
            met="the licence leaves no country out",
            not_met="the licence leaves some countries out",
            remedy=REMEDY,
        )
        term = or_osi_approved(no_territory)
        points.append(licence_point(WEIGHTS, row, facts, term, texts))
    return conclude(points)


EARNING: dict[str, tuple[Status, str]] = {
    Monetisation.NONE: (Status.MET, "nothing is sold around it"),
    Monetisation.OPTIONAL_SERVICES: (Status.MET, "only optional services are sold beside it"),
    Monetisation.AT_MOST_OPTIONAL: (Status.MET, "whatever is sold beside it is optional"),
    Monetisation.PAID_SERVICES_NEEDED: (Status.NOT_MET, "it needs services that must be paid"),
    Monetisation.PAID_SUPPORT_REQUIRED: (Status.NOT_MET, "support for it has to be bought"),
    Monetisation.DUAL_LICENCE: (Status.NOT_MET, "it is free for some and paid for others"),
    Monetisation.PAID_ACCESS_ONLY: (Status.NOT_MET, "it can be had for payment only"),
    Monetisation.ADS: (Status.NOT_MET, "it is to be had on a platform with advertising only"),
    Monetisation.PERSONAL_DATA: (Status.NOT_MET, "it is paid for with personal data"),
}

DATA_ASKED: dict[str, tuple[Status, str]] = {
    Answer.YES: (Status.NEEDS_JUDGEMENT, "personal data is asked for, fine for security alone"),
    Answer.NO: (Status.MET, "no personal data is asked for access"),
}


def no_monetisation(facts: Facts) -> Finding:
    """No price of any kind (85 to 89); between microenterprises a price may be (Recital 103)."""
    remedy = "Record how the provider earns with it, with evidence."
    earned = circumstance_point("monetisation", facts, EARNING, remedy=remedy)
    small = {maker.microenterprise for maker in facts.organizations} == {Answer.YES}
    if earned.status is Status.NOT_MET and small:
        earned = earned._replace(
            status=Status.NEEDS_JUDGEMENT,
            text=f"{earned.text}, by a microenterprise, which Recital 103 may allow",
        )
    points = [earned]
    if facts.component(WEIGHTS).availability is not Availability.OPEN_DOWNLOAD:
        remedy = "Record whether personal data is asked for access."
        points.append(
            circumstance_point("personal_data_required", facts, DATA_ASKED, remedy=remedy)
        )
    return conclude(points)


def public_parameters(facts: Facts) -> Finding:
    return conclude([availability_point(WEIGHTS, facts.component(WEIGHTS), PUBLIC)])


def public_architecture(facts: Facts) -> Finding:
    """The code of the architecture; a report may tell as much, which a person has to judge."""
    point = availability_point(K.MODEL_ARCHITECTURE, facts.component(K.MODEL_ARCHITECTURE), PUBLIC)
    if point.status is Status.MET:
        return conclude([point])
    kinds = (K.TECHNICAL_REPORT, K.RESEARCH_PAPER)
    reports = [availability_point(kind, facts.component(kind), PUBLIC) for kind in kinds]
    for report in reports:
        if report.status is Status.MET:
            text = "whether it tells enough of the architecture, a person has to judge"
            return conclude([report._replace(status=Status.NEEDS_JUDGEMENT, text=text)])
    undecided = [report for report in reports if report.status is Status.UNKNOWN]
    return conclude(undecided if undecided and point.status is Status.NOT_MET else [point])


USAGE = {
    "modalities": "what goes in and comes out",
    "capabilities": "what it can do",
    "limitations": "what its limits are",
    "integration": "how to integrate it",
}


def public_usage_information(facts: Facts) -> Finding:
    usage = facts.usage_information
    return conclude(told_points(usage, USAGE, usage.evidence, "usage_information"))


criterion = Writer("eu-ai-act-2025")

CRITERIA = (
    criterion(
        "scope-gpai",
        "General-purpose AI model",
        "Guidelines, section 2",
        "The exemption is for general-purpose AI models. Training with more than 10^23 FLOP and "
        "generating language, images or video indicates one.",
        scope,
    ),
    criterion(
        "no-systemic-risk",
        "No systemic risk",
        "Art. 53(2) and 51; guidelines 74",
        "For models with systemic risk the exemption never holds. From 10^25 FLOP it is presumed.",
        no_systemic_risk,
    ),
    criterion(
        "access",
        "Free access",
        "Guidelines 79",
        "Anybody can get the model without payment or other restriction. Users may be checked "
        "for safety, if nobody is left out by country or otherwise without good reason.",
        access,
        (WEIGHTS,),
    ),
    criterion(
        "use",
        "Free use",
        "Guidelines 80 and 83",
        "The licence sets no limits on use, beyond attribution and passing on under the same "
        "terms.",
        terms(
            use_terms,
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
        terms(
            safety_terms,
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
        terms(
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
        terms(
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
        terms(
            all_terms(commercial, redistribution, caps),
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
        "No price: no dual licence, no support that must be bought, no platform of the provider "
        "as the only way, no personal data as the price. Optional paid extras are fine.",
        no_monetisation,
    ),
    criterion(
        "public-parameters",
        "Parameters public",
        "Art. 53(2); guidelines 90",
        "The parameters, including the weights, are public.",
        public_parameters,
        (WEIGHTS,),
    ),
    criterion(
        "public-architecture",
        "Architecture public",
        "Art. 53(2); guidelines 90",
        "Information on the architecture of the model is public.",
        public_architecture,
        (K.MODEL_ARCHITECTURE, K.TECHNICAL_REPORT),
    ),
    criterion(
        "public-usage-info",
        "Information on usage public",
        "Art. 53(2); guidelines 91 and 92",
        "At least what goes in and comes out, what the model can do and cannot do, and how to "
        "integrate it are told in public.",
        public_usage_information,
        (K.MODEL_CARD, K.USAGE_DOCUMENTATION),
    ),
)

DEFINITION = Definition(
    key="eu-ai-act",
    version="2025",
    title="EU AI Act: open-source exemption for general-purpose models",
    short_title="EU AI Act",
    steward="European Union",
    url="https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
    date="2025-07-18",
    standing="our reading",
    summary="Says whether a general-purpose AI model falls under the exemption for free and "
    "open-source models: free terms, no monetisation, and parameters, architecture and usage "
    "public. Training data need not be open. Information, not legal advice.",
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
        "reading of its guidelines of July 2025.",
        "A model that qualifies still has to have a policy on copyright and a public summary of "
        "its training content (guidelines 75).",
        "Limits on behaviour, as in RAIL and Gemma licences, are treated as terms for safety "
        "(84): they leave the verdict to judgement and do not decide it.",
        "Licences with a threshold of users, or for research only, rule the exemption out (83). "
        "That this holds for the Llama licences is our inference from the text.",
    ),
)
