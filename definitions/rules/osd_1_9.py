"""Open Source Definition 1.9 (OSI), judged on the code of a system.

The ten criteria judge a licence; criterion 2 judges the release as well. The
verdict says whether all code that is on record is open source. A licence that
OSI has approved meets all that is about terms. Any other licence is judged by
its facts: it can fail, but it never passes without a person's judgement.

Source: https://opensource.org/osd, and OSI's list of approved licences.
"""

from collections.abc import Callable, Sequence

from definitions.checks import (
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    completeness_point,
    gathered,
    is_recorded,
    licence_point,
)
from definitions.core import Check, Definition, Finding, Writer
from definitions.facts import Component, Facts, Licence
from definitions.licences import (
    Term,
    all_terms,
    commercial,
    derivatives,
    no_contamination,
    no_excluded_people,
    no_use_restrictions,
    not_product_specific,
    osi_approved,
    redistribution,
    rights_pass_on,
    royalty_free,
    technology_neutral,
)
from definitions.policies import AllOf, Labels
from definitions.vocabulary import Answer, ComponentKind, Status

K = ComponentKind
CODE = (
    K.DATA_PREPROCESSING_CODE,
    K.TRAINING_CODE,
    K.EVALUATION_CODE,
    K.INFERENCE_CODE,
    K.SUPPORTING_LIBRARIES,
    K.MODEL_ARCHITECTURE,
)
ALWAYS = (K.TRAINING_CODE, K.INFERENCE_CODE)
"""Every system has these two; the others count once they are recorded."""


def approved_or(term: Term) -> Term:
    """Met by OSI's approval alone; a licence that merely fits the clause needs judgement."""

    def check(identifier: str, licence: Licence) -> Status:
        if licence.osi_approved is Answer.YES:
            return Status.MET
        answer = term(identifier, licence)
        return Status.NEEDS_JUDGEMENT if answer is Status.MET else answer

    return check


def counts(kind: ComponentKind, row: Component) -> bool:
    return kind in ALWAYS or is_recorded(row)


def licensed(
    term: Term, not_met: str
) -> Callable[[ComponentKind, Component, Facts], Sequence[Point]]:
    """What a term says of the licence of each piece of code that is out."""
    texts = TermTexts(
        met="the licence is approved by OSI",
        not_met=not_met,
        remedy="Put the {component} under an OSI-approved licence.",
    )

    def points(kind: ComponentKind, row: Component, facts: Facts) -> list[Point]:
        if not counts(kind, row) or not can_be_had(row):
            return []
        return [licence_point(kind, row, facts, term, texts)]

    return points


NO_TERMS = "No code is released, so there are no terms to judge."

approval = gathered(
    CODE, licensed(osi_approved, "the licence is not approved by OSI"), nothing=NO_TERMS
)


def all_approved(facts: Facts) -> Finding:
    """Whether OSI has approved every licence: one answer for all clauses, found once."""
    found: Finding | None = facts.known.get(all_approved)
    if found is None:
        found = facts.known[all_approved] = approval(facts)
    return found


def terms(term: Term, *, not_met: str) -> Check:
    """A criterion about the licences of all code that is out."""
    asked = gathered(CODE, licensed(approved_or(term), not_met), nothing=NO_TERMS)

    def check(facts: Facts) -> Finding:
        approved = all_approved(facts)
        return approved if approved.status is Status.MET else asked(facts)

    return check


def source_points(kind: ComponentKind, row: Component, _: Facts) -> list[Point]:
    """Criterion 2: the source itself, all of it, for everybody."""
    if not counts(kind, row):
        return []
    available = availability_point(kind, row, PUBLIC)
    if available.status in (Status.NOT_MET, Status.NOT_APPLICABLE):
        return [available]
    return [available, completeness_point(kind, row)]


criterion = Writer("osd-1.9", CODE, once_recorded=frozenset(CODE) - frozenset(ALWAYS))

CRITERIA = (
    criterion(
        "free-redistribution",
        "Free redistribution",
        "1. Free Redistribution",
        "Everybody may sell or give away the code as part of a larger whole, free of royalty.",
        terms(
            all_terms(redistribution, royalty_free),
            not_met="the licence does not let everybody pass it on",
        ),
        about_terms=True,
    ),
    criterion(
        "source-code",
        "Source code",
        "2. Source Code",
        "The source is there, in the form in which a programmer would change it, and all of it. "
        "This is the release's part: a free licence on code that is withheld is not enough.",
        gathered(CODE, source_points),
    ),
    criterion(
        "derived-works",
        "Derived works",
        "3. Derived Works",
        "Changes and derived works are allowed, and may be passed on under the same terms.",
        terms(
            all_terms(derivatives, redistribution),
            not_met="the licence does not allow everybody to make derived works and pass them on",
        ),
        about_terms=True,
    ),
    criterion(
        "author-integrity",
        "Integrity of the author's source code",
        "4. Integrity of The Author's Source Code",
        "Changed code may be distributed; the licence may ask for another name or for patches.",
        terms(derivatives, not_met="the licence does not allow changed code to be distributed"),
        about_terms=True,
    ),
    criterion(
        "no-persons-discrimination",
        "No discrimination against persons or groups",
        "5. No Discrimination Against Persons or Groups",
        "No person or group is shut out: no cap on users or revenue, no excluded country.",
        terms(no_excluded_people, not_met="the licence shuts some people out"),
        about_terms=True,
    ),
    criterion(
        "no-field-discrimination",
        "No discrimination against fields of endeavour",
        "6. No Discrimination Against Fields of Endeavor",
        "The code may be used in every field, in business too.",
        terms(
            all_terms(no_use_restrictions, commercial),
            not_met="the licence does not allow use in every field",
        ),
        about_terms=True,
    ),
    criterion(
        "licence-distribution",
        "Distribution of the licence",
        "7. Distribution of License",
        "Whoever gets the code gets the rights, without another agreement.",
        terms(rights_pass_on, not_met="the licence does not pass the rights on to everybody"),
        about_terms=True,
    ),
    criterion(
        "not-product-specific",
        "Licence not specific to a product",
        "8. License Must Not Be Specific to a Product",
        "The rights do not depend on the code being part of one product.",
        terms(not_product_specific, not_met="the licence is tied to a product"),
        about_terms=True,
    ),
    criterion(
        "no-contamination",
        "No limits on other software",
        "9. License Must Not Restrict Other Software",
        "The licence sets no limits on other software that is distributed with the code.",
        terms(no_contamination, not_met="the licence sets limits on other works"),
        about_terms=True,
    ),
    criterion(
        "technology-neutral",
        "Technology-neutral",
        "10. License Must Be Technology-Neutral",
        "Nothing in the licence depends on one technology or style of interface.",
        terms(technology_neutral, not_met="the licence is tied to a technology"),
        about_terms=True,
    ),
)

DEFINITION = Definition(
    key="osd",
    version="1.9",
    title="Open Source Definition, for the code",
    short_title="OSD 1.9",
    steward="Open Source Initiative",
    url="https://opensource.org/osd",
    date="2007-03-22",
    standing="final",
    summary="Says yes or no about the code alone: is the source of everything that trains and "
    "runs the system there, under licences that OSI has approved? Data and weights are out of "
    "its scope.",
    criteria=CRITERIA,
    policy=AllOf(
        labels=Labels(met="Open source code", not_met="Code not open source"),
        titles={item.code: item.title for item in CRITERIA},
    ),
    notes=(
        "The definition judges licences. That a system's code is open source is our reading: all "
        "code on record is released under licences that the definition accepts.",
        "Training and inference code always count; other code counts once it is recorded.",
        "A licence that OSI has not approved never passes by its facts alone; it can only fail "
        "or be left to judgement.",
    ),
    revision=2,
)
