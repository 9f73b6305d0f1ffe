"""Single facts about a system or its maker, each with its own evidence (facts S3 to S13, O3 to O7).

They are recorded one by one, because each has a page of its own that shows it.
A *topic* names the fact and the closed list from which its value is taken.
"""

import math
from enum import unique
from typing import Self

from definitions.vocabulary import Answer, Cost, Extent, OrganizationKind, Term


@unique
class Monetisation(Term):
    """How the provider earns with this system (fact S6; AI Act guidelines 85 to 89)."""

    NONE = "none", "Nothing is sold around it"
    OPTIONAL_SERVICES = "optional_services", "Optional services are sold beside it"
    AT_MOST_OPTIONAL = "at_most_optional", "Whatever is sold beside it is optional"
    DUAL_LICENCE = "dual_licence", "Free for some, paid for others"
    PAID_SERVICES_NEEDED = "paid_services_needed", "Of no use without services that must be paid"
    PAID_SUPPORT_REQUIRED = "paid_support_required", "Support must be bought"
    PAID_ACCESS_ONLY = "paid_access_only", "Paid access only"
    ADS = "ads", "Advertising"
    PERSONAL_DATA = "personal_data", "Personal data as the price"
    UNKNOWN = "unknown", "Unknown"


@unique
class PublicFunding(Term):
    """How much of the maker's money is public (fact O4)."""

    MAJORITY = "majority", "Mostly public money"
    PART = "part", "Partly public money"
    NONE = "none", "No public money"
    UNKNOWN = "unknown", "Unknown"


class Topic(Term):
    """A fact that is recorded on its own; ``words`` lists its values, None for a number."""

    words: type[Term] | None

    def __new__(cls, value: str, label: str, words: type[Term] | None) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.words = words
        return member

    def accepts(self, value: str) -> bool:
        """Whether a value may be recorded; “unknown” never is, for that a row is left out."""
        if self.words is None:
            return flop(value) is not None
        return value != "unknown" and value in [word.value for word in self.words]

    def value_label(self, value: str) -> str:
        """The value as people read it."""
        return value if self.words is None else self.words.of(value).label


@unique
class SystemTopic(Topic):
    """What is recorded of a system beside its components (facts S3 to S13)."""

    TRAINING_COMPUTE = "training_compute", "Training compute (FLOP)", None
    GPAI = "gpai", "General-purpose AI model", Answer
    SYSTEMIC_RISK = "systemic_risk", "Systemic risk", Answer
    MONETISATION = "monetisation", "How it is paid for", Monetisation
    PERSONAL_DATA_REQUIRED = "personal_data_required", "Personal data asked for access", Answer
    ENDPOINT_OPERATOR = "endpoint_operator", "Who runs a public place to use it", OrganizationKind
    ENDPOINT_COST = "endpoint_cost", "Price of the public place", Cost
    PUBLIC_SECTOR_USE = "public_sector_use", "Used for public tasks", Answer
    COMPUTE_OWNER = "compute_owner", "Who owns the computers it was trained on", OrganizationKind
    SDG_RELEVANCE = "sdg_relevance", "Relevance to a Sustainable Development Goal", Answer
    CLOSED_DEPENDENCIES = "closed_dependencies", "Needs closed components", Answer
    OPEN_ALTERNATIVES = "open_alternatives", "Open alternatives for them", Answer
    PII_HANDLING = "pii_handling", "Handling of personal data", Extent
    CONTENT_POLICY = "content_policy", "Policy on inappropriate content", Extent
    CODE_OF_CONDUCT = "code_of_conduct", "Code of conduct", Extent


@unique
class OrganizationTopic(Topic):
    """What is recorded of a maker beside its kind and country (facts O3 to O7)."""

    LEGAL_OWNER = "legal_owner", "Legal owner documented", Answer
    PUBLIC_FUNDING = "public_funding", "Public funding", PublicFunding
    PUBLIC_GOVERNANCE = "public_governance", "Governed by public bodies", Answer
    PUBLIC_MISSION = "public_mission", "States a public-interest mission", Answer
    MICROENTERPRISE = "microenterprise", "Microenterprise", Answer


def flop(text: str) -> float | None:
    """A number of floating point operations such as ``3.8e25``; None where it is not one."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None
