"""Open Weight Definition 0.3, draft (Open Source Alliance, 21 January 2025).

Binary, about the weights alone: training data and code are out of scope. The
ten clauses follow the Open Source Definition, so a licence that OSI has
approved meets all those that speak of terms; other licences are judged clause
by clause.

Source: https://openweight.org/owd (repository OpenWeight/owd, commit a5a9641).
"""

from definitions.checks import (
    BY_HAND,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    completeness_point,
    conclude,
    licence_point,
    path_of,
    without_terms,
)
from definitions.core import Check, Criterion, Definition, Finding
from definitions.facts import Component, Facts
from definitions.language import said
from definitions.licences import (
    Term,
    all_terms,
    commercial,
    derivatives,
    no_contamination,
    no_excluded_people,
    no_use_restrictions,
    not_product_specific,
    or_osi_approved,
    redistribution,
    rights_pass_on,
    royalty_free,
    technology_neutral,
)
from definitions.policies import AllOf, Labels
from definitions.vocabulary import (
    Answer,
    Availability,
    Completeness,
    ComponentKind,
    Cost,
    Status,
    WeightsForm,
)

WEIGHTS = ComponentKind.WEIGHTS_FINAL

INCLUDED: dict[Availability, Status] = {
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
"""A public download meets clause 2; whether a form to fill in does is not said."""


def terms(term: Term, *, met: str, not_met: str, remedy: str) -> Check:
    """A clause about the licence of the weights."""
    texts = TermTexts(met=met, not_met=not_met, remedy=remedy)

    def check(facts: Facts) -> Finding:
        row = facts.component(WEIGHTS)
        if row.availability is Availability.NOT_APPLICABLE or without_terms(row):
            return nothing_to_judge(row, "are no terms")
        return conclude([licence_point(WEIGHTS, row, facts, or_osi_approved(term), texts)])

    return check


def nothing_to_judge(row: Component, what: str) -> Finding:
    """A clause that has nothing to speak of; that the weights are withheld, clause 2 judges."""
    text = f"no weights are released, so there {what} to judge"
    if row.availability is Availability.NOT_APPLICABLE:
        text = "the system has no weights"
    used = path_of(WEIGHTS, "availability")
    return conclude([Point(Status.NOT_APPLICABLE, text, "", "", used, row.evidence)])


def weights_included(facts: Facts) -> Finding:
    """Clause 2: there, or to be had by well-known means at no more than the cost of copying."""
    row = facts.component(WEIGHTS)
    points = [availability_point(WEIGHTS, row, INCLUDED)]
    if can_be_had(row) and row.cost is Cost.PAID:
        points.append(
            Point(
                status=Status.NOT_MET,
                text="the final weights have to be paid for",
                remedy="Give the final weights away at no more than the cost of copying.",
                evidence=row.evidence,
                used=path_of(WEIGHTS, "cost"),
            )
        )
    return conclude(points)


def weights_form(facts: Facts) -> Finding:
    """Clause 2: in the form that a practitioner would use, not obfuscated."""
    row = facts.component(WEIGHTS)
    if not can_be_had(row):
        return nothing_to_judge(row, "is no form")
    standard = row.form is WeightsForm.UNKNOWN and row.open_format is Answer.YES
    status, text = {
        WeightsForm.FULL: (Status.MET, "the final weights are released in full"),
        WeightsForm.QUANTISED_ONLY: (
            Status.NEEDS_JUDGEMENT,
            "only a quantised version of the weights is released",
        ),
        WeightsForm.OBFUSCATED: (Status.NOT_MET, "the final weights are obfuscated"),
        WeightsForm.PARTIAL: (Status.NOT_MET, "only a part of the weights is released"),
        WeightsForm.UNKNOWN: (
            (Status.MET, "the final weights come in a standard, open format")
            if standard
            else (Status.UNKNOWN, "nobody has recorded in which form the weights are released")
        ),
    }[row.form]
    points = [
        Point(
            status=status,
            text=text,
            remedy="Release the final weights in full, in a format that practitioners use.",
            evidence=row.evidence,
            used=path_of(WEIGHTS, "form", "open_format"),
        )
    ]
    if row.completeness in (Completeness.PARTIAL, Completeness.NONE):
        points.append(completeness_point(WEIGHTS, row))
    return conclude(points)


rights_by_licence = terms(
    rights_pass_on,
    met="the licence passes the rights on to every recipient",
    not_met="the licence does not pass the rights on to every recipient",
    remedy="Put the {component} under terms that reach every recipient.",
)


def licence_distribution(facts: Facts) -> Finding:
    """Clause 7: the rights reach everybody without another agreement to sign."""
    row = facts.component(WEIGHTS)
    finding = rights_by_licence(facts)
    if row.availability not in BY_HAND:
        return finding
    return Finding(
        status=Status.NOT_MET,
        reason=said(
            "Each person has to be approved by the maker before getting the final weights."
        ),
        evidence=(row.evidence,) if row.evidence else finding.evidence,
        facts_used=(*finding.facts_used, *path_of(WEIGHTS, "availability")),
        missing=(said("Let everybody have the final weights without an agreement of their own."),),
    )


def clause(number: int, name: str) -> str:
    return f"{number}. {name}"


def criterion(slug: str, title: str, place: str, explanation: str, check: Check) -> Criterion:
    """One clause; all of them speak of the final weights and most of their terms."""
    return Criterion(
        code=f"owd-0.3/{slug}",
        title=title,
        clause=place,
        explanation=explanation,
        check=check,
        component_kinds=(WEIGHTS,),
        about_terms=slug not in {"weights-included", "weights-usable-form"},
    )


CRITERIA = (
    criterion(
        "free-redistribution",
        "Free redistribution",
        clause(1, "Free Redistribution"),
        "The licence may not stop anybody from selling or giving away the weights as part of a "
        "larger collection, and asks no royalty for it.",
        terms(
            all_terms(redistribution, commercial, royalty_free),
            met="the licence lets anybody pass them on or sell them, free of royalty",
            not_met="the licence does not let everybody pass them on or sell them",
            remedy="Put the {component} under terms that allow passing on and selling.",
        ),
    ),
    criterion(
        "weights-included",
        "Weights included",
        clause(2, "Model Weights"),
        "The weights come with the release, or can be had by well-known means for no more than "
        "the cost of copying.",
        weights_included,
    ),
    criterion(
        "weights-usable-form",
        "Weights in a usable form",
        clause(2, "Model Weights"),
        "The weights come in the form that a practitioner would use. Obfuscated weights and "
        "intermediate states alone are not enough.",
        weights_form,
    ),
    criterion(
        "derived-works",
        "Derived works",
        clause(3, "Derived Works"),
        "Changes and derived works are allowed, and may be passed on under the same terms.",
        terms(
            all_terms(derivatives, redistribution),
            met="the licence allows derived works and passing them on",
            not_met="the licence does not allow everybody to make derived works and pass them on",
            remedy="Put the {component} under terms that allow derived works.",
        ),
    ),
    criterion(
        "author-integrity",
        "Integrity of the author's work",
        clause(4, "Integrity of The Author's Work"),
        "Changed weights may be distributed; the licence may ask for another name or version.",
        terms(
            derivatives,
            met="the licence allows changed weights to be distributed",
            not_met="the licence does not allow changed weights to be distributed",
            remedy="Put the {component} under terms that allow changed weights.",
        ),
    ),
    criterion(
        "no-persons-discrimination",
        "No discrimination against persons or groups",
        clause(5, "No Discrimination Against Persons or Groups"),
        "No person or group is shut out: no cap on users or revenue, no excluded country.",
        terms(
            no_excluded_people,
            met="the licence shuts nobody out",
            not_met="the licence shuts some people out by users, revenue, territory or group",
            remedy="Put the {component} under terms that shut nobody out.",
        ),
    ),
    criterion(
        "no-field-discrimination",
        "No discrimination against fields of endeavour",
        clause(6, "No Discrimination Against Fields of Endeavor"),
        "The weights may be used in every field, in business too.",
        terms(
            all_terms(no_use_restrictions, commercial),
            met="the licence allows use in every field",
            not_met="the licence does not allow use in every field",
            remedy="Put the {component} under terms without limits on use.",
        ),
    ),
    criterion(
        "licence-distribution",
        "Distribution of the licence",
        clause(7, "Distribution of License"),
        "Whoever gets the weights gets the rights, without another agreement.",
        licence_distribution,
    ),
    criterion(
        "not-product-specific",
        "Licence not specific to a product",
        clause(8, "License Must Not Be Specific to a Product"),
        "The rights do not depend on the weights being part of one product.",
        terms(
            not_product_specific,
            met="the licence is not tied to a product",
            not_met="the licence is tied to a product",
            remedy="Put the {component} under terms that are not tied to a product.",
        ),
    ),
    criterion(
        "no-contamination",
        "No limits on other works",
        clause(9, "License Must Not Restrict Other Software"),
        "The licence sets no limits on other components that are distributed along with the "
        "weights. That limits on what is made with the weights, such as other models, count here "
        "as well is our reading: our records of licences hold the two as one fact.",
        terms(
            no_contamination,
            met="the licence sets no limits on other works",
            not_met="the licence sets limits on other works or on outputs",
            remedy="Put the {component} under terms without limits on other works.",
        ),
    ),
    criterion(
        "technology-neutral",
        "Technology-neutral",
        clause(10, "License Must Be Technology-Neutral"),
        "Nothing in the licence depends on one technology or style of interface.",
        terms(
            technology_neutral,
            met="the licence is neutral towards technology",
            not_met="the licence is tied to a technology",
            remedy="Put the {component} under technology-neutral terms.",
        ),
    ),
)

DEFINITION = Definition(
    key="owd",
    version="0.3",
    title="Open Weight Definition",
    short_title="OWD 0.3",
    steward="Open Source Alliance",
    url="https://openweight.org/owd",
    date="2025-01-21",
    standing="draft",
    summary="Says yes or no about the weights alone: are they out, in a usable form, and under "
    "terms as free as open source software? Training data and code are out of its scope.",
    criteria=CRITERIA,
    policy=AllOf(
        labels=Labels(met="Open Weight", not_met="Not Open Weight"),
        titles={item.code: item.title for item in CRITERIA},
    ),
    notes=(
        "A draft at rest: the text has not changed since 21 January 2025.",
        "Not to be confused with the Open Weights Definition of 2023 by Heather Meeker and OSS "
        "Capital, nor with the label Open Weights AI of the G7.",
        "The steward has published no judgement of a system.",
        "A form to fill in before the download, and weights in a quantised version only, are left "
        "to judgement: the text allows quantised forms “only if clearly distinguished”.",
        "Weights that are withheld fail clause 2 alone where no licence is recorded for them: "
        "there are no terms to judge. The definition does not speak of systems without weights.",
    ),
    revision=2,
)
