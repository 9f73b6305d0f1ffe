"""What an editor's ruling makes of a finding."""

from typing import TYPE_CHECKING

from definitions.facts import Evidence, Facts, Ruling
from definitions.judged import moved
from definitions.language import said
from definitions.vocabulary import RulingAnswer, Status

if TYPE_CHECKING:
    from definitions.core import Finding


LAPSED = "Our editors’ ruling of {day} was made on other facts, so it does not count any more."
LAPSED_OF_NO_DAY = "Our editors’ ruling was made on other facts, so it does not count any more."


def with_ruling(finding: "Finding", ruling: Ruling, facts: Facts) -> "Finding":
    """Let an editor's ruling answer a criterion that needs judgement, and no other.

    A ruling never turns a computed "not met" or "unknown" into anything else, and lapses
    when the facts that it judged are not the facts any more.
    """
    if finding.status is not Status.NEEDS_JUDGEMENT:
        return finding
    if moved(facts, ruling.judged, finding.facts_used):
        lapsed = said(LAPSED if ruling.date else LAPSED_OF_NO_DAY).format(day=ruling.date)
        return finding._replace(reason=f"{finding.reason} {lapsed}")
    met = ruling.answer is RulingAnswer.MET
    return finding._replace(
        status=Status.MET if met else Status.NOT_MET,
        reason=said("Ruled by our editors: {rationale}").format(rationale=ruling.rationale),
        evidence=with_page(finding.evidence, ruling.evidence),
        missing=() if met else finding.missing,
        ruling=ruling,
    )


def with_page(pages: tuple[Evidence, ...], page: Evidence | None) -> tuple[Evidence, ...]:
    """The pages and one more, each address once."""
    if page is None or any(known.url == page.url for known in pages):
        return pages
    return (*pages, page)
