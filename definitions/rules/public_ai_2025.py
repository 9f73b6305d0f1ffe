"""Public AI: a profile by attribute. Our reading; no steward publishes a test.

Sources: Public AI Network, https://publicai.network, and arXiv 2311.11350
(2023); Mozilla, Public AI (2024); Bertelsmann Stiftung and Open Future, Public
AI White Paper (May 2025), with attributes, functions and control.
"""

from collections.abc import Sequence

from definitions.answers import PUBLIC_KINDS, circumstance_point
from definitions.checks import Point, availability_point, can_be_had, conclude, lower, path_of
from definitions.core import Definition, Finding, Writer
from definitions.facts import Facts, Organization
from definitions.grades import graded
from definitions.licences import FROM_ANSWER, Term, of_row, open_by_any_list, worst
from definitions.policies import Kind, Profile
from definitions.topics import PublicFunding
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    Cost,
    Grade,
    OrganizationKind,
    Status,
)
from definitions.vocabulary import Term as Word

K = ComponentKind
WEIGHTS = K.WEIGHTS_FINAL
WORDS = {
    Grade.OPEN: "Yes",
    Grade.PARTIAL: "Partly",
    Grade.CLOSED: "No",
    Grade.NOT_APPLICABLE: "Not applicable",
}
"""The levels of an attribute."""

PRIVATE = frozenset({OrganizationKind.COMPANY})


type Possible = frozenset[Grade]
"""The levels that the records leave open; one alone is the answer."""

ANY: Possible = frozenset({Grade.OPEN, Grade.PARTIAL, Grade.CLOSED})
BELOW = ANY - {Grade.OPEN}
YES, PARTLY, NO = (frozenset({grade}) for grade in (Grade.OPEN, Grade.PARTIAL, Grade.CLOSED))


def levelled(possible: Possible, points: list[Point]) -> Finding:
    """The level that is left; not met, without a level, where only “yes” is ruled out."""
    if len(possible) == 1:
        return graded(next(iter(possible)), points, words=WORDS)
    if Grade.OPEN in possible:
        return graded(None, points, words=WORDS)
    return conclude([point._replace(status=Status.NOT_MET) for point in points])


def best(ways: Sequence[Possible]) -> Possible:
    """What may be the best of several ways: yes, else partly, else no."""
    if YES in ways:
        return YES
    joined = frozenset[Grade]().union(*ways)
    surely_no_less = [way for way in ways if Grade.CLOSED not in way]
    return joined - {Grade.CLOSED} if surely_no_less else joined


# --- access ----------------------------------------------------------------------------------

WEIGHTS_LEVEL = {
    Availability.OPEN_DOWNLOAD: YES,
    Availability.GATED_AUTO: PARTLY,
    Availability.GATED_MANUAL: PARTLY,
    Availability.ON_REQUEST: PARTLY,
    Availability.PARTIAL: PARTLY,
    Availability.API_ONLY: NO,
    Availability.NOT_RELEASED: NO,
    Availability.NOT_APPLICABLE: NO,
    Availability.UNKNOWN: ANY,
}

RECORD_PLACE = "Record where the public can use it, who runs that place and what it costs."


def endpoint(facts: Facts) -> tuple[Possible, Point]:
    """A public place to use it: without a private intermediary and free of charge."""
    around = facts.circumstances
    operator, cost = around.endpoint_operator, around.endpoint_cost
    evidence = around.evidence.get("endpoint_operator") or around.evidence.get("endpoint_cost")
    used = ("circumstances.endpoint_operator", "circumstances.endpoint_cost")
    if cost is Cost.PAID:
        level, text = NO, "the public place to use it asks for payment"
    elif operator in PRIVATE and cost is Cost.UNKNOWN:
        level, text = BELOW, "a company runs the place to use it; its price is not recorded"
    elif operator is OrganizationKind.UNKNOWN or cost is Cost.UNKNOWN:
        level, text = ANY, "nobody has recorded a public place to use it, free of charge"
    elif operator in PRIVATE:
        level, text = PARTLY, "anybody can use it free of charge at a company"
    else:
        level = YES
        text = "anybody can use it free of charge, at a place that no company runs"
    return level, Point(Status.UNKNOWN, text, remedy=RECORD_PLACE, evidence=evidence, used=used)


def public_access(facts: Facts) -> Finding:
    row = facts.component(WEIGHTS)
    weights = availability_point(WEIGHTS, row, dict.fromkeys(Availability, Status.UNKNOWN))
    place, place_point = endpoint(facts)
    levels = (WEIGHTS_LEVEL[row.availability], place)
    possible = best(levels)
    told = [
        point for point, own in zip((weights, place_point), levels, strict=True) if own == possible
    ]
    return levelled(possible, told or [weights, place_point])


# --- accountability --------------------------------------------------------------------------


CONTROL = {
    YES: "funded and governed by public bodies",
    PARTLY: "funded or governed in part by public bodies",
    NO: "neither funded nor governed by public bodies",
    BELOW: "not both funded and governed by public bodies",
}


def control(governed: Answer, funding: PublicFunding) -> Grade:
    if governed is Answer.YES and funding is PublicFunding.MAJORITY:
        return Grade.OPEN
    paid = funding is not PublicFunding.NONE
    return Grade.PARTIAL if governed is Answer.YES or paid else Grade.CLOSED


def candidates[T: Word](value: T) -> list[T]:
    """The value, or every value that it may have where it is unknown."""
    known = [word for word in type(value) if word != "unknown"]
    return known if value == "unknown" else [value]


def accountable(maker: Organization) -> tuple[Possible, str]:
    """How far a public body funds, provisions or governs a maker."""
    if maker.kind in PUBLIC_KINDS:
        return YES, maker.kind.label.lower()
    possible = frozenset(
        control(governed, funding)
        for governed in candidates(maker.public_governance)
        for funding in candidates(maker.public_funding)
    )
    return possible, CONTROL.get(possible, "nobody has recorded who funds and governs it")


def together(levels: Sequence[Possible]) -> Possible:
    """What may be the level of all makers: yes or no where all are alike, else partly."""
    joined = frozenset[Grade]().union(*levels)
    if len(levels) == 1 or len(joined) == 1:
        return joined
    return levels[0].intersection(*levels) | PARTLY


NOBODY = Point(
    Status.UNKNOWN,
    "no maker is recorded",
    remedy="Record who makes the system, with evidence.",
    used=("organizations",),
)


def public_accountability(facts: Facts) -> Finding:
    """All makers public is yes, some is partly."""
    told = [(maker, *accountable(maker)) for maker in facts.organizations]
    points = [
        Point(
            status=Status.UNKNOWN,
            text=text,
            of=maker.name,
            remedy=""
            if level == YES
            else f"Record who funds and governs {maker.name}, with evidence.",
            evidence=maker.evidence.get("public_governance")
            or maker.evidence.get("public_funding"),
            used=(f"organizations.{maker.slug}.kind",),
        )
        for maker, level, text in told
    ]
    if not told:
        return graded(None, [NOBODY], words=WORDS)
    return levelled(together([level for _, level, _ in told]), points)


# --- public goods ----------------------------------------------------------------------------


def irrevocable(_: str, licence: object) -> Status:
    return FROM_ANSWER[licence.irrevocable]  # type: ignore[attr-defined]


GOODS = (WEIGHTS, K.TRAINING_CODE, K.INFERENCE_CODE, K.PRETRAINING_DATA)


def goods_point(kind: ComponentKind, facts: Facts, term: Term, good: str, bad: str) -> Point:
    row = facts.component(kind)
    released = Status.MET if can_be_had(row) else Status.NOT_MET
    if row.availability is Availability.UNKNOWN:
        released = Status.UNKNOWN
    status = worst([released, of_row(row, term, facts, none_stated=Status.NOT_MET)])
    return Point(
        status=status,
        text={Status.MET: good, Status.NOT_MET: bad}.get(status, f"not known to be {good}"),
        of=lower(kind),
        remedy=f"Release the {lower(kind)} under an open licence that cannot be withdrawn.",
        evidence=row.evidence,
        used=path_of(kind, "availability", "licence"),
    )


def public_goods(facts: Facts) -> Finding:
    """Weights, code and data open for good, and kept where they cannot vanish."""
    points = [
        goods_point(kind, facts, open_by_any_list, "open", "not openly released") for kind in GOODS
    ]
    lasting = goods_point(WEIGHTS, facts, irrevocable, "irrevocable", "terms may be withdrawn")
    kept = Point(
        status=Status.MET if facts.component(WEIGHTS).persistent_id else Status.UNKNOWN,
        text="kept under a persistent identifier"
        if facts.component(WEIGHTS).persistent_id
        else "no persistent identifier is recorded",
        of=lower(WEIGHTS),
        remedy="Deposit the weights under a DOI or a Software Heritage identifier.",
        evidence=facts.component(WEIGHTS).evidence,
        used=path_of(WEIGHTS, "persistent_id"),
    )
    points += [lasting, kept]
    status = worst([point.status for point in points])
    possible = {Status.MET: YES, Status.UNKNOWN: ANY}.get(status)
    if possible is None:
        possible = {Status.MET: PARTLY, Status.NOT_MET: NO}.get(points[0].status, BELOW)
    return levelled(possible, [point for point in points if point.status is status])


# --- orientation, use, infrastructure --------------------------------------------------------


def public_orientation(facts: Facts) -> Finding:
    """A stated mission is not yet an orientation: that it is lived is a person's judgement."""
    stated = [maker for maker in facts.organizations if maker.public_mission is Answer.YES]
    refused = [maker for maker in facts.organizations if maker.public_mission is Answer.NO]
    if stated:
        text, status = "states a public-interest mission; a person judges the rest", None
    elif refused and len(refused) == len(facts.organizations):
        text, status = "states no public-interest mission", Grade.CLOSED
    else:
        text, status = "nobody has recorded a public-interest mission", None
    points = [
        Point(
            status=Status.UNKNOWN,
            text=text,
            of=maker.name,
            remedy="State a public-interest mission, or record it with evidence.",
            evidence=maker.evidence.get("public_mission"),
            used=(f"organizations.{maker.slug}.public_mission",),
        )
        for maker in stated or refused or facts.organizations
    ] or [NOBODY]
    if stated:
        return conclude([point._replace(status=Status.NEEDS_JUDGEMENT) for point in points])
    return graded(status, points, words=WORDS)


def public_use(facts: Facts) -> Finding:
    texts = {
        Answer.YES: (Status.MET, "public bodies use it for public tasks"),
        Answer.NO: (Status.NOT_MET, "no public body uses it for public tasks"),
    }
    remedy = "Record which public bodies use it, with evidence."
    point = circumstance_point("public_sector_use", facts, texts, remedy=remedy)
    grade = {Status.MET: Grade.OPEN, Status.NOT_MET: Grade.CLOSED}.get(point.status)
    return graded(grade, [point], words=WORDS)


def public_infrastructure(facts: Facts) -> Finding:
    owner = facts.circumstances.compute_owner
    if owner is OrganizationKind.UNKNOWN:
        grade = None
        text = "nobody has recorded whose computers it was trained on"
    else:
        grade = Grade.OPEN if owner in PUBLIC_KINDS else Grade.PARTIAL
        grade = Grade.CLOSED if owner in PRIVATE else grade
        text = f"trained on computers of a {owner.label.lower()}"
    point = Point(
        status=Status.UNKNOWN,
        text=text,
        remedy="Record whose computers it was trained on, with evidence.",
        evidence=facts.circumstances.evidence.get("compute_owner"),
        used=("circumstances.compute_owner",),
    )
    return graded(grade, [point], words=WORDS)


criterion = Writer("public-ai-2025")

CRITERIA = (
    criterion(
        "public-access",
        "Public access",
        "Public attributes; publicai.network",
        "Everybody can use it at no or little cost and without a private company in between: as "
        "a download, or at a place run for the public.",
        public_access,
        (WEIGHTS,),
    ),
    criterion(
        "public-accountability",
        "Public accountability",
        "Public control; arXiv 2311.11350",
        "Governments or other public bodies fund, provide and govern it. A company with a grant "
        "is partly accountable.",
        public_accountability,
    ),
    criterion(
        "public-goods",
        "Permanent public goods",
        "Public attributes; Mozilla 2024",
        "What is released is open and stays so: open licences on weights, code and data that "
        "nobody can withdraw, and a lasting place for it.",
        public_goods,
        GOODS,
    ),
    criterion(
        "public-orientation",
        "Public orientation",
        "Public functions; Mozilla 2024",
        "It is built for public benefit. A stated mission can be recorded; whether it is lived is "
        "left to judgement.",
        public_orientation,
    ),
    criterion(
        "public-use",
        "Public use",
        "Public functions; White Paper 2025",
        "Public bodies use it for public tasks.",
        public_use,
    ),
    criterion(
        "public-infrastructure",
        "Public infrastructure",
        "Public control; White Paper 2025",
        "It was trained on public computers.",
        public_infrastructure,
    ),
)

ACCESS, ACCOUNTABILITY, GOODS_CODE = (item.code for item in CRITERIA[:3])

DEFINITION = Definition(
    key="public-ai",
    version="2025",
    title="Public AI",
    short_title="Public AI",
    steward="Public AI Network and others",
    url="https://publicai.network",
    date="2025-05",
    standing="our reading",
    summary="A profile of six attributes by which people call an AI system public: access, "
    "accountability, permanence, orientation, use and infrastructure. Nobody has published a "
    "test; this is our reading of four texts.",
    criteria=CRITERIA,
    policy=Profile(
        first=Kind(label="Public AI", codes=(ACCESS, ACCOUNTABILITY, GOODS_CODE)),
        second=Kind(label="Public-interest open AI", codes=(ACCESS, GOODS_CODE)),
        nothing="Not public AI",
        titles={item.code: item.title for item in CRITERIA},
    ),
    grades=WORDS,
    notes=(
        "None of the sources publishes a pass or fail test; the profile is the "
        "result, the class is ours.",
        "“Public AI” stands for the first three attributes together; “public-interest open AI” "
        "for access and permanence without public control.",
        "Proponents have called Apertus, GPT-SW3 and SEA-LION public AI.",
        "The wording of the third attribute was not checked against a primary text, and the "
        "White Paper was read by its summary.",
    ),
    revision=2,
)
