"""How the criteria of the EU AI Act's exemption look at the facts; numbers are the guidelines'."""

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
    shortfall_points,
)
from definitions.core import Check, Finding
from definitions.facts import Facts, Licence
from definitions.licences import (
    FROM_LIMIT,
    Term,
    commercial,
    or_osi_approved,
    worst,
)
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
"""Above this, a model that generates language, or images or video from text, is indicated to be
a general-purpose one; at or below it is indicated not to be one (guidelines, section 2)."""
SYSTEMIC_FLOP = 1e25
"""With more than this, high-impact capabilities are presumed (Art. 51(2))."""
LANGUAGE = frozenset({Modality.TEXT, Modality.CODE, Modality.MULTIMODAL})
SPEECH = frozenset({Modality.TEXT, Modality.AUDIO})
"""Speech to text and text to speech are the Commission's examples of what is no GPAI model."""

SAFETY = {UseRestriction.SAFETY_ONLY, UseRestriction.BEHAVIOURAL}


def compute_point(facts: Facts, status: Status, text: str, remedy: str) -> Point:
    return Point(
        status=status,
        text=text,
        remedy=remedy,
        evidence=facts.circumstances.evidence.get("training_compute"),
        used=("circumstances.training_compute",),
    )


# --- scope -----------------------------------------------------------------------------------

RECORD_SCOPE = "Record whether it is a general-purpose AI model, or its training compute."


def scope(facts: Facts) -> Finding:
    """Recorded as such, or by what compute and modalities indicate (guidelines 17 and 20)."""
    texts = {
        Answer.YES: (Status.MET, "it is a general-purpose AI model"),
        Answer.NO: (Status.NOT_MET, "it is not a general-purpose AI model"),
    }
    point = circumstance_point("gpai", facts, texts, remedy=RECORD_SCOPE)
    compute = flop(facts.circumstances.training_compute)
    if point.status is Status.UNKNOWN and compute is not None:
        status, text = indicated(compute, frozenset(facts.system.modalities))
        point = compute_point(facts, status, text, "Record whether it is a general-purpose model.")
        point = point._replace(used=(*point.used, "system.modalities"))
    return conclude([point])


def indicated(compute: float, modalities: frozenset[Modality]) -> tuple[Status, str]:
    """What compute and modalities indicate; what goes in is not told from what comes out."""
    if compute <= GPAI_FLOP:
        return (
            Status.NEEDS_JUDGEMENT,
            "trained with no more than 10^23 FLOP, which indicates that it is not a "
            "general-purpose model",
        )
    many = "trained with more than 10^23 FLOP"
    if not modalities:
        return Status.UNKNOWN, f"{many}, but nobody has recorded what goes in and comes out"
    if LANGUAGE & modalities and modalities != SPEECH:
        return Status.MET, f"{many}, which indicates a general-purpose model"
    return (
        Status.NEEDS_JUDGEMENT,
        f"{many}, but models for speech, sound, images or other single tasks are no "
        "general-purpose models even so",
    )


def no_systemic_risk(facts: Facts) -> Finding:
    """What is recorded, with evidence, counts before what the compute presumes (Art. 51 and 52)."""
    recorded = facts.circumstances.systemic_risk
    compute = flop(facts.circumstances.training_compute)
    presumed = compute is not None and compute > SYSTEMIC_FLOP
    texts = {
        Answer.NO: (Status.MET, "it is not a model with systemic risk"),
        Answer.YES: (Status.NOT_MET, "it is a model with systemic risk"),
    }
    remedy = "Record its training compute, or whether it carries systemic risk."
    point = circumstance_point("systemic_risk", facts, texts, remedy=remedy)
    if presumed and recorded is Answer.NO and point.evidence:
        text = (
            "more than 10^25 FLOP presume systemic risk, but it is on record, with evidence, "
            "that the presumption is rebutted"
        )
        return conclude([point._replace(text=text)])
    if presumed and recorded is not Answer.YES:
        text = "its training compute is more than 10^25 FLOP, so systemic risk is presumed"
        return conclude([compute_point(facts, Status.NOT_MET, text, REBUT)])
    if point.status is Status.UNKNOWN and compute is not None:
        text = "its training compute is not above 10^25 FLOP, so systemic risk is not presumed"
        point = compute_point(facts, Status.MET, text, "")
    return conclude([point])


REBUT = (
    "Record the decision by which the Commission accepts that it carries no systemic risk all the "
    "same (Art. 52(2) and (3))."
)


# --- terms -----------------------------------------------------------------------------------


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
    Monetisation.PAID_SERVICES_NEEDED: (
        Status.NOT_MET,
        "it is of no use without services that have to be paid for",
    ),
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
    """All of the parameters, in a format that lets people use and change them (90 and 91)."""
    row = facts.component(WEIGHTS)
    return conclude([availability_point(WEIGHTS, row, PUBLIC), *shortfall_points(WEIGHTS, row)])


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
