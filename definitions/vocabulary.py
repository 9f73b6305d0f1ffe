"""The closed lists of words that facts and verdicts are written in.

Every value that the catalogue stores and every value that a rule reads is a
member of one of these enumerations. They are the only place where the words
and their labels live: model choices, filters, the facts JSON Schema and the
pages are all built from them.

Members are strings (``StrEnum``), so they go into JSON and into the database
as they are. ``label`` is the word for people.
"""

from enum import StrEnum, unique
from typing import Self


class Term(StrEnum):
    """A word of a closed list, with the label that people read."""

    label: str

    __hash__ = str.__hash__  # enum's own is written in Python, and rules look words up all the time

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The member with this value; ValueError if there is none.

        The same as calling the class, which type checkers misread because
        members are made from more than their value.
        """
        return cls(value)  # type: ignore[call-arg]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of (value, label), in the order of definition."""
        return [(member.value, member.label) for member in cls]


@unique
class Status(Term):
    """What a check says of one criterion, or a definition of one system."""

    MET = "met", "Met"
    NEEDS_JUDGEMENT = "needs_judgement", "Needs judgement"
    UNKNOWN = "unknown", "Unknown"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


@unique
class Shape(Term):
    """In which form a definition gives its verdict."""

    BINARY = "binary", "Yes or no"
    LADDER = "ladder", "Levels"
    SCORE = "score", "A score"
    PROFILE = "profile", "A profile"


@unique
class RulingAnswer(Term):
    """What an editor's ruling says of a criterion that needs judgement."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"


@unique
class Answer(Term):
    """A plain yes or no; ``unknown`` where nobody has recorded it."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"


@unique
class Extent(Term):
    """How far something is covered (facts I1 to I8 and U1 to U5)."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


@unique
class Grade(Term):
    """How far a graded criterion is fulfilled; the words of the OSAI Index (fact S16)."""

    OPEN = "open", "Open"
    PARTIAL = "partial", "Partial"
    CLOSED = "closed", "Closed"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


@unique
class ComponentGroup(Term):
    """The groups in which components are shown, in this order."""

    DATA = "data", "Data"
    CODE = "code", "Code"
    MODEL = "model", "Model"
    DOCUMENTS = "documents", "Documents"
    POLICIES = "policies", "Policies"
    ACCESS = "access", "Access"


@unique
class ComponentKind(Term):
    """The 27 kinds of component that a release can have, in display order."""

    group: ComponentGroup

    def __new__(cls, value: str, label: str, group: ComponentGroup) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.group = group
        return member

    PRETRAINING_DATA = "pretraining_data", "Pretraining data", ComponentGroup.DATA
    FINETUNING_DATA = "finetuning_data", "Fine-tuning data", ComponentGroup.DATA
    EVALUATION_DATA = "evaluation_data", "Evaluation data", ComponentGroup.DATA
    DATA_DOCUMENTATION = "data_documentation", "Data documentation", ComponentGroup.DATA
    DATA_PREPROCESSING_CODE = (
        "data_preprocessing_code",
        "Data preprocessing code",
        ComponentGroup.CODE,
    )
    TRAINING_CODE = "training_code", "Training code", ComponentGroup.CODE
    EVALUATION_CODE = "evaluation_code", "Evaluation code", ComponentGroup.CODE
    INFERENCE_CODE = "inference_code", "Inference code", ComponentGroup.CODE
    SUPPORTING_LIBRARIES = "supporting_libraries", "Supporting libraries", ComponentGroup.CODE
    MODEL_ARCHITECTURE = "model_architecture", "Model architecture", ComponentGroup.CODE
    WEIGHTS_FINAL = "weights_final", "Final weights", ComponentGroup.MODEL
    WEIGHTS_INTERMEDIATE = "weights_intermediate", "Intermediate weights", ComponentGroup.MODEL
    MODEL_METADATA = "model_metadata", "Model metadata", ComponentGroup.MODEL
    MODEL_CARD = "model_card", "Model card", ComponentGroup.DOCUMENTS
    TECHNICAL_REPORT = "technical_report", "Technical report", ComponentGroup.DOCUMENTS
    RESEARCH_PAPER = "research_paper", "Research paper", ComponentGroup.DOCUMENTS
    EVALUATION_RESULTS = "evaluation_results", "Evaluation results", ComponentGroup.DOCUMENTS
    SAMPLE_OUTPUTS = "sample_outputs", "Sample outputs", ComponentGroup.DOCUMENTS
    USAGE_DOCUMENTATION = "usage_documentation", "Usage documentation", ComponentGroup.DOCUMENTS
    CODE_DOCUMENTATION = "code_documentation", "Code documentation", ComponentGroup.DOCUMENTS
    HARDWARE_DOCUMENTATION = (
        "hardware_documentation",
        "Hardware documentation",
        ComponentGroup.DOCUMENTS,
    )
    RISK_ASSESSMENT = "risk_assessment", "Risk assessment", ComponentGroup.DOCUMENTS
    ACCEPTABLE_USE_POLICY = (
        "acceptable_use_policy",
        "Acceptable use policy",
        ComponentGroup.POLICIES,
    )
    PRIVACY_POLICY = "privacy_policy", "Privacy policy", ComponentGroup.POLICIES
    COPYRIGHT_POLICY = "copyright_policy", "Copyright policy", ComponentGroup.POLICIES
    API = "api", "API", ComponentGroup.ACCESS
    PACKAGE = "package", "Package", ComponentGroup.ACCESS


STRIP_KINDS: tuple[ComponentKind, ...] = tuple(
    kind
    for kind in ComponentKind
    if kind.group
    in {
        ComponentGroup.DATA,
        ComponentGroup.CODE,
        ComponentGroup.MODEL,
        ComponentGroup.DOCUMENTS,
    }
)
"""The 22 kinds that have a cell in the strip, in its fixed order."""


@unique
class CellState(Term):
    """How one cell of the strip is drawn."""

    OPEN = "open", "Released under an open licence"
    LIMITED = "limited", "Released partly, with restrictions or without an open licence"
    CLOSED = "closed", "Not released"
    UNKNOWN = "unknown", "Unknown"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


@unique
class Availability(Term):
    """How a component can be had (fact C1). Gating is here, not in the licence."""

    OPEN_DOWNLOAD = "open_download", "Open download"
    GATED_AUTO = "gated_auto", "Behind a form, granted automatically"
    GATED_MANUAL = "gated_manual", "Behind a form, granted by hand"
    ON_REQUEST = "on_request", "On request"
    API_ONLY = "api_only", "Through an API only"
    PARTIAL = "partial", "Only a part"
    NOT_RELEASED = "not_released", "Not released"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
    UNKNOWN = "unknown", "Unknown"


@unique
class Completeness(Term):
    """How much of the thing itself the release covers (fact C2)."""

    FULL = "full", "Complete"
    PARTIAL = "partial", "A part"
    NONE = "none", "Nothing"
    UNKNOWN = "unknown", "Unknown"


@unique
class LicenceStatus(Term):
    """What the maker says about the terms (fact C3)."""

    STATED = "stated", "Stated"
    NONE_STATED = "none_stated", "No licence stated"
    MIXED = "mixed", "Several, not told apart"
    UNRECOGNISED = "unrecognised", "Stated, but not one that we know"
    UNKNOWN = "unknown", "Unknown"


@unique
class Cost(Term):
    """What it costs to get the component (fact C6)."""

    FREE = "free", "Free of charge"
    REPRODUCTION_COST = "reproduction_cost", "Cost of reproduction"
    PAID = "paid", "Paid"
    UNKNOWN = "unknown", "Unknown"


@unique
class WeightsForm(Term):
    """In which form weights are released (fact C10)."""

    FULL = "full", "Full precision"
    QUANTISED_ONLY = "quantised_only", "Quantised only"
    OBFUSCATED = "obfuscated", "Obfuscated"
    PARTIAL = "partial", "A part"
    UNKNOWN = "unknown", "Unknown"


@unique
class DataClass(Term):
    """The four classes of training data of the OSAID FAQ (fact D1)."""

    OPEN = "open", "Open"
    PUBLIC = "public", "Public"
    OBTAINABLE = "obtainable", "Obtainable"
    UNSHAREABLE = "unshareable", "Unshareable"
    UNKNOWN = "unknown", "Unknown"


@unique
class UnshareableReason(Term):
    """Why training data cannot be shared (fact D3)."""

    LEGAL = "legal", "Legal"
    TECHNICAL = "technical", "Technical"
    PRIVACY = "privacy", "Privacy"
    COMMERCIAL = "commercial", "Commercial"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


@unique
class TrainingStage(Term):
    """In which stage of training a dataset was used."""

    PRETRAINING = "pretraining", "Pretraining"
    FINETUNING = "finetuning", "Fine-tuning"
    EVALUATION = "evaluation", "Evaluation"


@unique
class CommercialUse(Term):
    """Whether a licence lets people use the work in business (fact L5)."""

    YES = "yes", "Yes"
    CAPPED = "capped", "Yes, below a cap"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"


@unique
class BusinessUse(Term):
    """Whether a system may be used in business, by the terms of its weights."""

    YES = "yes", "Yes"
    LIMITED = "limited", "Yes, with limits on use"
    CAPPED = "capped", "Yes, below a cap"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"


@unique
class Tier(Term):
    """How far something on record has been checked."""

    VERIFIED = "verified", "Verified"
    RECORDED = "recorded", "Recorded"
    METADATA = "metadata", "From metadata"


@unique
class UseRestriction(Term):
    """Limits on the use of the work (fact L8). An empty list means none."""

    SAFETY_ONLY = "safety_only", "Safety only"
    BEHAVIOURAL = "behavioural", "Behavioural"
    NON_COMMERCIAL = "non_commercial", "Non-commercial"
    RESEARCH_ONLY = "research_only", "Research only"
    COMPETING_MODELS = "competing_models", "No competing models"
    UNKNOWN = "unknown", "Unknown"


@unique
class ListAnswer(Term):
    """What a steward's list of licences says (facts L2 and L3)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_LISTED = "not_listed", "Not judged"
    UNKNOWN = "unknown", "Unknown"


@unique
class Verification(Term):
    """How a licence's facts were checked (fact L24)."""

    LIST = "list", "Read in the stewards' lists"
    TEXT = "text", "Licence text read"
    UNVERIFIED = "unverified", "Not verified"


@unique
class OrganizationKind(Term):
    """What kind of body an organisation is (fact O1)."""

    PUBLIC_BODY = "public_body", "Public body"
    PUBLIC_LAB = "public_university_or_lab", "University or public laboratory"
    INTERGOVERNMENTAL = "intergovernmental", "Intergovernmental body"
    NON_PROFIT = "non_profit", "Non-profit"
    COMPANY = "company", "Company"
    COMMUNITY = "community", "Community"
    CONSORTIUM = "consortium", "Consortium"
    UNKNOWN = "unknown", "Unknown"


@unique
class DerivationKind(Term):
    """How one system is built on another (fact S2)."""

    FINETUNE = "finetune", "Fine-tuned from"
    MERGE = "merge", "Merged from"
    DISTIL = "distil", "Distilled from"
    CONTINUED = "continued", "Trained further from"
    QUANTISED = "quantised", "Quantised from"


@unique
class Modality(Term):
    """What a system takes in or gives out."""

    TEXT = "text", "Text"
    CODE = "code", "Code"
    IMAGE = "image", "Image"
    AUDIO = "audio", "Audio"
    VIDEO = "video", "Video"
    GEOSPATIAL = "geospatial", "Geospatial"
    TABULAR = "tabular", "Tabular"
    MULTIMODAL = "multimodal", "Multimodal"


@unique
class SourceKind(Term):
    """Where a record came from, in the order in which sources count."""

    EDITOR = "editor", "Verified by an editor"
    MAKER = "maker", "The maker's own page"
    LIST = "list", "A steward's list"
    REGISTER = "register", "Another register"
