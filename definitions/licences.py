"""Questions about licences and SPDX licence expressions.

A *term* is a question with a favourable answer ("does it let everybody use the
work for any purpose?"), asked of one licence and answered with a ``Status``.
``of_expression`` carries the answer over an SPDX expression: with ``AND`` the
worst part counts, with ``OR`` the best, because the user may choose.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from definitions.expressions import (
    EXCEPTIONS,
    ExpressionError,
    Leaf,
    Tree,
    listed,
    plain_id,
    read,
)
from definitions.facts import Component, Dataset, Facts, Licence
from definitions.vocabulary import (
    Answer,
    CommercialUse,
    LicenceStatus,
    ListAnswer,
    Status,
    UseRestriction,
)

type Term = Callable[[str, Licence], Status]
type Node = str | tuple[str, tuple[Node, ...]]

RANK = {Status.NOT_MET: 0, Status.UNKNOWN: 1, Status.NEEDS_JUDGEMENT: 2, Status.MET: 3}
"""From the answer that decides against the maker to the one that decides for."""

UNDESCRIBED = Licence()
"""Stands for a licence of which the facts say nothing."""

SHORT = 120
"""Characters of an expression whose tree is kept; longer ones are rare and read again."""

CACHED = 2048
"""Trees to keep; the whole SPDX list is below 800."""


def worst(statuses: Sequence[Status]) -> Status:
    """Kleene's *and*: not met decides, then unknown, then needs judgement, else met."""
    return min(statuses, key=RANK.__getitem__)


def best(statuses: Sequence[Status]) -> Status:
    """Kleene's *or*: met decides, then needs judgement, then unknown, else not met."""
    return max(statuses, key=RANK.__getitem__)


# --- expressions -----------------------------------------------------------------------


def parse(expression: str) -> Node:
    """The tree of an SPDX expression: an id, or ("AND" | "OR", parts).

    Ids of the SPDX list have its own spelling, and what it has replaced is read
    as what replaced it. ``A WITH B`` is judged as ``A`` where ``B`` is an exception
    of the list, because these add permissions; with anything else, and where the
    expression cannot be read, it is one id that nobody describes. ``A+`` is
    judged as ``A``, which whoever gets the work may choose.
    """
    return kept(expression) if len(expression) <= SHORT else parsed(expression)


def parsed(expression: str) -> Node:
    try:
        return node_of(read(expression))
    except ExpressionError:
        return expression


kept = lru_cache(maxsize=CACHED)(parsed)


def node_of(tree: Tree) -> Node:
    if isinstance(tree, Leaf):
        return id_of(tree)
    return tree.operator, tuple(node_of(part) for part in tree.parts)


def id_of(leaf: Leaf) -> str:
    if leaf.exception and leaf.exception.lower() not in EXCEPTIONS:
        return f"{leaf.name} WITH {leaf.exception}"
    return plain_id(listed(leaf.name)) or leaf.name


def described(identifier: str, licences: Mapping[str, Licence]) -> Licence:
    """What the facts say of a licence; their table knows every spelling of an id."""
    try:
        return licences[identifier]
    except KeyError:
        return UNDESCRIBED


def licence_ids(expression: str) -> tuple[str, ...]:
    """Every licence id of an expression, sorted, each once."""

    def walk(node: Node) -> set[str]:
        if isinstance(node, str):
            return {node} if node else set()
        return set().union(*(walk(part) for part in node[1]))

    return tuple(sorted(walk(parse(expression))))


def of_expression(expression: str, term: Term, licences: Mapping[str, Licence]) -> Status:
    """The answer of a term for a whole expression."""
    return of_node(parse(expression), term, licences)


def of_node(node: Node, term: Term, licences: Mapping[str, Licence]) -> Status:
    if isinstance(node, str):
        return of_licence(node, term, described(node, licences))
    answers = [of_node(part, term, licences) for part in node[1]]
    return worst(answers) if node[0] == "AND" else best(answers)


def of_licence(identifier: str, term: Term, licence: Licence) -> Status:
    """The answer of a term for one licence, worked out once as long as the value lives."""
    if licence is UNDESCRIBED:
        return term(identifier, licence)
    question = (identifier, term)
    answer: Status | None = licence.known.get(question)
    if answer is None:
        answer = licence.known[question] = term(identifier, licence)
    return answer


def of_row(row: Component | Dataset, term: Term, facts: Facts, *, none_stated: Status) -> Status:
    """The answer of a term for the licence that a row records.

    ``none_stated`` is what the definition makes of a release without any terms.
    A licence that nobody recorded or recognised is unknown, unless its words
    reserve all rights. Where several are not told apart, one that is named
    speaks for a part only: it can decide against the maker, never for.
    """
    if row.licence_status is LicenceStatus.NONE_STATED:
        return none_stated
    if reserved(row):
        return term(ALL_RIGHTS_RESERVED, RESERVED)
    if not row.licence or row.licence_status is LicenceStatus.UNRECOGNISED:
        return Status.UNKNOWN
    answer = of_expression(row.licence, term, facts.licences)
    return worst([answer, Status.UNKNOWN]) if row.licence_status in OVERRULING else answer


OVERRULING = frozenset({LicenceStatus.NONE_STATED, LicenceStatus.UNRECOGNISED, LicenceStatus.MIXED})
"""Statuses that say more of the terms than a licence written beside them."""

ALL_RIGHTS_RESERVED = "LicenseRef-AllRightsReserved"
RESERVED = Licence(
    name="All rights reserved",
    osi_approved=Answer.NO,
    fsf_free=ListAnswer.NO,
    open_definition=ListAnswer.NO,
    free_cultural_work=Answer.NO,
    commercial=CommercialUse.NO,
    derivatives=Answer.NO,
    redistribution=Answer.NO,
    sublicence_automatic=Answer.NO,
    public_domain=Answer.NO,
)
"""What terms grant that reserve all rights: nothing."""

RESERVING = re.compile(
    r"(((copyright|©|\(c\)).{0,80})?all rights reserved|proprietary|closed[- ]source)"
    r"( (licen[cs]e|software|terms))?\.?",
    re.IGNORECASE,
)


def reserved(row: Component | Dataset) -> bool:
    """Whether a licence that we do not know says in its own words that nothing is granted."""
    if row.licence_status is not LicenceStatus.UNRECOGNISED or isinstance(row, Dataset):
        return False
    return RESERVING.fullmatch(row.licence_text.strip()) is not None


def describe(row: Component | Dataset, facts: Facts) -> str:
    """The licence of a row as people write it: the SPDX id, or the name of our own rows."""
    if row.licence:
        known = facts.licences.get(row.licence)
        named = row.licence.startswith("LicenseRef-") and known is not None and known.name
        return known.name if known and named else row.licence
    return f"“{row.licence_text}”" if isinstance(row, Component) and row.licence_text else ""


# --- terms -----------------------------------------------------------------------------

FROM_ANSWER = {Answer.YES: Status.MET, Answer.NO: Status.NOT_MET, Answer.UNKNOWN: Status.UNKNOWN}
FROM_LIMIT = {Answer.YES: Status.NOT_MET, Answer.NO: Status.MET, Answer.UNKNOWN: Status.UNKNOWN}
FROM_COMMERCIAL = {
    CommercialUse.YES: Status.MET,
    CommercialUse.CAPPED: Status.NOT_MET,
    CommercialUse.NO: Status.NOT_MET,
    CommercialUse.UNKNOWN: Status.UNKNOWN,
}


def osi_approved(_: str, licence: Licence) -> Status:
    """On OSI's list of approved licences (fact L1)."""
    return FROM_ANSWER[licence.osi_approved]


def commercial(_: str, licence: Licence) -> Status:
    """Business use without a cap (fact L5); a capped permission is a limit."""
    return FROM_COMMERCIAL[licence.commercial]


def derivatives(_: str, licence: Licence) -> Status:
    """Modified versions may be made and passed on (fact L6)."""
    return FROM_ANSWER[licence.derivatives]


def redistribution(_: str, licence: Licence) -> Status:
    """Copies may be passed on (fact L7)."""
    return FROM_ANSWER[licence.redistribution]


def no_use_restrictions(_: str, licence: Licence) -> Status:
    """No limit on the purpose of use (fact L8)."""
    if licence.use_restrictions is None:
        return Status.UNKNOWN
    if not licence.use_restrictions:
        return Status.MET
    known = [word for word in licence.use_restrictions if word is not UseRestriction.UNKNOWN]
    return Status.NOT_MET if known else Status.UNKNOWN


def no_excluded_people(_: str, licence: Licence) -> Status:
    """No cap on users or revenue, no excluded territory or group (facts L10 to L13)."""
    limits = (
        licence.user_cap,
        licence.revenue_cap,
        licence.territory_limits,
        licence.excluded_groups,
    )
    return worst([FROM_LIMIT[limit] for limit in limits])


def royalty_free(_: str, licence: Licence) -> Status:
    """No royalty or fee for the permissions (fact L20)."""
    return FROM_LIMIT[licence.royalty]


def rights_pass_on(_: str, licence: Licence) -> Status:
    """Recipients get the rights without another agreement (fact L19)."""
    return FROM_ANSWER[licence.sublicence_automatic]


def not_product_specific(_: str, licence: Licence) -> Status:
    """The rights do not depend on one product or distribution."""
    return FROM_LIMIT[licence.product_specific]


def no_contamination(_: str, licence: Licence) -> Status:
    """No limit on other works or on outputs (fact L9)."""
    return FROM_LIMIT[licence.restricts_other_works]


def technology_neutral(_: str, licence: Licence) -> Status:
    """No tie to a technology or style of interface."""
    return FROM_ANSWER[licence.technology_neutral]


def all_terms(*terms: Term) -> Term:
    """All of several terms at once."""

    def check(identifier: str, licence: Licence) -> Status:
        return worst([term(identifier, licence) for term in terms])

    return check


def or_osi_approved(term: Term) -> Term:
    """Met by OSI approval, whose text (the OSD) demands the term; else by the term itself."""

    def check(identifier: str, licence: Licence) -> Status:
        if licence.osi_approved is Answer.YES:
            return Status.MET
        return term(identifier, licence)

    return check


free_use: Term = or_osi_approved(all_terms(no_use_restrictions, commercial, no_excluded_people))
"""Use by anybody for any purpose (OSD 5 and 6)."""


def approved_or_judged(identifier: str, licence: Licence) -> Status:
    """OSI-approved; other terms that limit nothing are a matter of judgement.

    For definitions that ask for open terms on what is neither code nor data,
    and name no list for it.
    """
    if licence.osi_approved is Answer.YES:
        return Status.MET
    free = (free_use, derivatives, redistribution)
    granted = worst([term(identifier, licence) for term in free])
    return Status.NEEDS_JUDGEMENT if granted is Status.MET else granted


# --- questions about a whole system ------------------------------------------------------

OPEN_DATA_IDS = frozenset(
    {
        "CC0-1.0", "CC-BY-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0",
        "CC-BY-SA-1.0", "CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0",
        "CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "CDLA-Sharing-1.0",
        "ODC-By-1.0", "ODbL-1.0", "PDDL-1.0", "OpenMDW-1.0", "LicenseRef-OpenMDW-1.1",
    }
)  # fmt: skip
"""Data, document and model licences that put no limit on use; not all are on a steward's list."""


def open_by_any_list(identifier: str, licence: Licence) -> Status:
    """Open in the sense of the strip: on a list of OSI, FSF or Open Definition, or permissive."""
    if identifier in OPEN_DATA_IDS or licence.osi_approved is Answer.YES:
        return Status.MET
    if ListAnswer.YES in (licence.fsf_free, licence.open_definition):
        return Status.MET
    return Status.UNKNOWN if licence == UNDESCRIBED else Status.NOT_MET
