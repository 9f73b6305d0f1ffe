"""Open Definition 2.1 (Open Knowledge Foundation), judged on the training data.

A work is open if it is under an open licence or in the public domain (1.1), can
be had as a whole (1.2), is machine-readable (1.3) and in an open format (1.4).

Source: https://opendefinition.org/od/2.1/en/ (repository okfn/opendefinition,
commit 53b3e07) and its list of conformant licences, which is of February 2024.
"""

from definitions.answers import training_data_points, training_kinds
from definitions.checks import Point, TermTexts, conclude, lower, path_of
from definitions.core import Check, Definition, Finding, Writer
from definitions.facts import Component, Facts, Licence
from definitions.licences import (
    all_terms,
    commercial,
    derivatives,
    no_excluded_people,
    no_use_restrictions,
    redistribution,
    rights_pass_on,
    royalty_free,
)
from definitions.policies import AllOf, Labels
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    Cost,
    ListAnswer,
    Status,
)

DATA = (ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA)

permissions = all_terms(
    no_use_restrictions,
    commercial,
    no_excluded_people,
    derivatives,
    redistribution,
    rights_pass_on,
    royalty_free,
)
"""Clauses 2.1.1 to 2.1.9, as far as licence facts answer them."""


def conformant(identifier: str, licence: Licence) -> Status:
    """On the list of conformant licences; a licence that is not listed is judged by its facts.

    The list is old, so absence from it says nothing; what fits every clause
    still needs a person's judgement.
    """
    if licence.open_definition is ListAnswer.YES or licence.public_domain is Answer.YES:
        return Status.MET
    if licence.open_definition is ListAnswer.NO:
        return Status.NOT_MET
    granted = permissions(identifier, licence)
    if granted is not Status.MET:
        return granted
    listed = licence.open_definition is ListAnswer.NOT_LISTED
    return Status.NEEDS_JUDGEMENT if listed else Status.UNKNOWN


TEXTS = TermTexts(
    met="the licence is open by the Open Definition",
    not_met="the licence is not open by the Open Definition",
    remedy="Put {component} under an open data licence such as CC-BY-4.0.",
)

AS_A_WHOLE: dict[Availability, Status] = {
    Availability.OPEN_DOWNLOAD: Status.MET,
    Availability.GATED_AUTO: Status.NEEDS_JUDGEMENT,
    Availability.GATED_MANUAL: Status.NOT_MET,
    Availability.ON_REQUEST: Status.NOT_MET,
    Availability.PARTIAL: Status.NOT_MET,
    Availability.API_ONLY: Status.NOT_MET,
    Availability.NOT_RELEASED: Status.NOT_MET,
    Availability.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Availability.UNKNOWN: Status.UNKNOWN,
}
"""Clause 1.2: the whole work, best by download; whether a form may stand before it is not said."""


def open_licence(facts: Facts) -> Finding:
    points = training_data_points(
        facts, answers=AS_A_WHOLE, whole=False, term=conformant, texts=TEXTS
    )
    return conclude(
        [point for point in points if not point.used[0].endswith(".availability")],
        nothing="No training data is released, so there are no terms to judge.",
    )


def access(facts: Facts) -> Finding:
    """Clause 1.2: the whole of it, for no more than a reasonable cost of reproduction."""
    points = training_data_points(facts, answers=AS_A_WHOLE, whole=True)
    paid = [(kind, row) for kind, row in training_kinds(facts) if row.cost is Cost.PAID]
    points += [
        Point(
            status=Status.NOT_MET,
            text="has to be paid for",
            of=lower(kind),
            remedy=f"Give the {lower(kind)} away at no more than the cost of copying.",
            evidence=row.evidence,
            used=path_of(kind, "cost"),
        )
        for kind, row in paid
    ]
    return conclude(points)


def of_release(field: str, *, met: str, not_met: str, unknown: str) -> Check:
    """Clauses 1.3 and 1.4: a yes-or-no fact of the data that is out."""
    words = {Status.MET: met, Status.NOT_MET: not_met, Status.UNKNOWN: unknown}
    statuses = {
        Answer.YES: Status.MET,
        Answer.NO: Status.NOT_MET,
        Answer.UNKNOWN: Status.UNKNOWN,
    }

    def point(kind: ComponentKind, row: Component) -> Point:
        status = statuses[getattr(row, field)]
        if AS_A_WHOLE[row.availability] is Status.NOT_APPLICABLE:
            status = Status.NOT_APPLICABLE
        return Point(
            status=status,
            text=words.get(status, "does not apply to this system"),
            of=lower(kind),
            remedy=f"Release the {lower(kind)} in a form that is {met}.",
            evidence=row.evidence,
            used=path_of(kind, field),
        )

    def check(facts: Facts) -> Finding:
        return conclude([point(kind, row) for kind, row in training_kinds(facts)])

    return check


criterion = Writer("open-definition-2.1", DATA, once_recorded=frozenset(DATA[1:]))

CRITERIA = (
    criterion(
        "open-licence",
        "Open licence or public domain",
        "1.1 Open License or Status, and 2",
        "The training data is in the public domain or under a licence that lets anybody use, "
        "change, separate, compile and pass it on, for any purpose and without charge.",
        open_licence,
        about_terms=True,
    ),
    criterion(
        "access",
        "Access to the whole",
        "1.2 Access",
        "The whole of the training data can be had for no more than the cost of copying, best as "
        "a download free of charge.",
        access,
    ),
    criterion(
        "machine-readable",
        "Machine-readable",
        "1.3 Machine Readability",
        "A computer can process the data, down to its single parts.",
        of_release(
            "machine_readable",
            met="machine-readable",
            not_met="not machine-readable",
            unknown="nobody has recorded whether it is machine-readable",
        ),
    ),
    criterion(
        "open-format",
        "Open format",
        "1.4 Open Format",
        "The format sets no limits on its use and can be read with at least one free tool.",
        of_release(
            "open_format",
            met="in an open format",
            not_met="not in an open format",
            unknown="nobody has recorded whether the format is open",
        ),
    ),
)

DEFINITION = Definition(
    key="open-definition",
    version="2.1",
    title="Open Definition, for the training data",
    short_title="Open Def. 2.1",
    steward="Open Knowledge Foundation",
    url="https://opendefinition.org/od/2.1/en/",
    date="2015-11-10",
    standing="final",
    summary="Says yes or no about the training data alone: can anybody get all of it, in an open "
    "and machine-readable form, and use, change and share it for any purpose?",
    criteria=CRITERIA,
    policy=AllOf(
        labels=Labels(met="Open data", not_met="Data not open"),
        titles={item.code: item.title for item in CRITERIA},
    ),
    notes=(
        "The definition judges works. That all training data of a system is open is our reading.",
        "Fine-tuning data counts once something is recorded of it.",
        "The steward's list of licences is of February 2024 and lacks newer ones, such as those "
        "of the CDLA family. Absence from it is not a “no”: such a licence needs judgement.",
    ),
    revision=2,
)
