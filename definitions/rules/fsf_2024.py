"""Free (libre) machine learning applications, as the FSF announced on 22 October 2024.

Provisional: the Free Software Foundation has announced criteria and published
no final text. The software, the training data and the scripts that process it
have to respect the four freedoms; what it will ask of the parameters is open.

Sources: https://www.fsf.org/news/fsf-is-working-on-freedom-in-machine-learning-applications
and the FSF's list of licences, https://www.gnu.org/licenses/license-list.html
"""

from definitions.answers import training_data_points, without_exception
from definitions.checks import (
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    gathered,
    is_recorded,
    licence_point,
    shortfall_points,
)
from definitions.core import Criterion, Definition, Finding
from definitions.facts import Component, Facts, Licence
from definitions.licences import (
    all_terms,
    commercial,
    derivatives,
    no_excluded_people,
    no_use_restrictions,
    or_osi_approved,
    redistribution,
)
from definitions.policies import AllOf, Labels
from definitions.vocabulary import Answer, ComponentKind, ListAnswer, Status

WEIGHTS = ComponentKind.WEIGHTS_FINAL
TRAINING = (ComponentKind.TRAINING_CODE, ComponentKind.DATA_PREPROCESSING_CODE)
INFERENCE = (
    ComponentKind.INFERENCE_CODE,
    ComponentKind.MODEL_ARCHITECTURE,
    ComponentKind.SUPPORTING_LIBRARIES,
)
DATA = (ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA)

four_freedoms = or_osi_approved(
    all_terms(no_use_restrictions, commercial, no_excluded_people, derivatives, redistribution)
)


OTHER_WORKS = (
    "CC-", "CC0-", "CDLA-", "FreeBSD-DOC", "GFDL-", "LAL-", "ODC-By-", "ODbL-", "OGL-", "PDDL-",
)  # fmt: skip
"""Ids of licences for documents, data and other works; on code the FSF advises against them."""


def free_software(identifier: str, licence: Licence) -> Status:
    """Free by the FSF's list of licences for software; one for other works needs judgement."""
    answer = listed_as_free(identifier, licence)
    if answer is Status.MET and identifier.startswith(OTHER_WORKS):
        return Status.NEEDS_JUDGEMENT
    return answer


def listed_as_free(identifier: str, licence: Licence) -> Status:
    """Free by the FSF's list (fact L2); a licence that it has not judged needs judgement."""
    if licence.fsf_free is ListAnswer.YES:
        return Status.MET
    if licence.fsf_free is ListAnswer.NO:
        return Status.NOT_MET
    granted = four_freedoms(identifier, licence)
    if granted is not Status.MET:
        return granted
    judged = licence.fsf_free is ListAnswer.NOT_LISTED
    return Status.NEEDS_JUDGEMENT if judged else Status.UNKNOWN


def free_to_share(identifier: str, licence: Licence) -> Status:
    """Free by the FSF's list, else by what the licence grants."""
    listed = {ListAnswer.YES: Status.MET, ListAnswer.NO: Status.NOT_MET}.get(licence.fsf_free)
    return listed or four_freedoms(identifier, licence)


def free_data(identifier: str, licence: Licence) -> Status:
    """Free by the FSF's list, or open by the Open Definition in its place."""
    if licence.open_definition is ListAnswer.YES or licence.public_domain is Answer.YES:
        return Status.MET
    return listed_as_free(identifier, licence)


SOFTWARE = TermTexts(
    met="the FSF lists the licence as free",
    not_met="the licence does not give everybody the four freedoms",
    remedy="Put the {component} under a licence that the FSF lists as free.",
)
TERMS_OF_DATA = TermTexts(
    met="the licence gives the four freedoms",
    not_met="the licence does not give everybody the four freedoms",
    remedy="Put {component} under terms that give the four freedoms.",
)
TERMS_OF_PARAMETERS = TermTexts(
    met="the licence allows passing on, changed or not",
    not_met="the licence does not let everybody use, change and pass on",
    remedy="Put the {component} under terms that allow use, change and passing on.",
)


def software_points(kind: ComponentKind, row: Component, facts: Facts) -> list[Point]:
    """Released and free; supporting libraries count once they are recorded."""
    if kind is ComponentKind.SUPPORTING_LIBRARIES and not is_recorded(row):
        return []
    points = [availability_point(kind, row, PUBLIC), *shortfall_points(kind, row)]
    if can_be_had(row):
        points.append(licence_point(kind, row, facts, free_software, SOFTWARE))
    return points


def training_data(facts: Facts) -> Finding:
    """All training data, under terms that respect the four freedoms."""
    return without_exception(
        training_data_points(facts, whole=True, term=free_data, texts=TERMS_OF_DATA),
        text="recorded as a system without training data; the FSF speaks of machine learning",
        remedy="Ask the editors for a ruling on a system without training data.",
    )


def parameters(facts: Facts) -> Finding:
    """Released, and free to use and to pass on with changes."""
    row = facts.component(WEIGHTS)
    points = [availability_point(WEIGHTS, row, PUBLIC), *shortfall_points(WEIGHTS, row)]
    if can_be_had(row):
        points.append(
            licence_point(
                WEIGHTS,
                row,
                facts,
                free_to_share,
                TERMS_OF_PARAMETERS,
                none_stated=Status.NEEDS_JUDGEMENT,
            )
        )
    return without_exception(
        points,
        text="recorded as a system without parameters; the FSF speaks of machine learning",
        remedy="Ask the editors for a ruling on a system without parameters.",
    )


ANNOUNCED = "Announcement of 22 October 2024"

CRITERIA = (
    Criterion(
        code="fsf-2024/software-training",
        title="Free software for training",
        clause=f"{ANNOUNCED}: all software included",
        explanation="The software that processes the training data and trains the model gives "
        "its users the four freedoms: to run, study, change and share it.",
        check=gathered(TRAINING, software_points),
        component_kinds=TRAINING,
        about_terms=True,
    ),
    Criterion(
        code="fsf-2024/software-inference",
        title="Free software for running",
        clause=f"{ANNOUNCED}: all software included",
        explanation="The software that interprets the parameters gives the four freedoms: the "
        "code that runs the model, its architecture and the libraries that are used.",
        check=gathered(INFERENCE, software_points),
        component_kinds=INFERENCE,
        once_recorded=(ComponentKind.SUPPORTING_LIBRARIES,),
        about_terms=True,
    ),
    Criterion(
        code="fsf-2024/training-data",
        title="Free training data",
        clause=f"{ANNOUNCED}: all its training data",
        explanation="All training data is there, under terms that respect the four freedoms. A "
        "maker may have good reasons to withhold it, such as the privacy of patients; the FSF may "
        "then call it excusable, but not free.",
        check=training_data,
        component_kinds=DATA,
        once_recorded=(ComponentKind.FINETUNING_DATA,),
        about_terms=True,
    ),
    Criterion(
        code="fsf-2024/data-scripts",
        title="Free scripts for the data",
        clause=f"{ANNOUNCED}: related scripts for processing it",
        explanation="The scripts that process the training data are there and free.",
        check=gathered((ComponentKind.DATA_PREPROCESSING_CODE,), software_points),
        component_kinds=(ComponentKind.DATA_PREPROCESSING_CODE,),
        about_terms=True,
    ),
    Criterion(
        code="fsf-2024/parameters",
        title="Free parameters (tentative)",
        clause=f"{ANNOUNCED}: parameters",
        explanation="The release includes the parameters, and everybody may use them and pass "
        "them on, changed or not. The FSF said that freedom may translate into this demand; "
        "whether it will is not settled.",
        check=parameters,
        component_kinds=(WEIGHTS,),
        about_terms=True,
    ),
)

DEFINITION = Definition(
    key="fsf",
    version="2024",
    title="FSF criteria for free machine learning applications",
    short_title="FSF 2024",
    steward="Free Software Foundation",
    url="https://www.fsf.org/news/fsf-is-working-on-freedom-in-machine-learning-applications",
    date="2024-10-22",
    standing="provisional",
    summary="Says free or nonfree: do the software, all the training data and the scripts that "
    "process it give their users the four freedoms? An announcement of 2024; there is no final "
    "text yet.",
    criteria=CRITERIA,
    policy=AllOf(
        labels=Labels(met="Free", not_met="Nonfree"),
        titles={criterion.code: criterion.title for criterion in CRITERIA},
    ),
    notes=(
        "Provisional: read from the announcement of 2024. The final criteria may differ.",
        "The FSF allows for applications that are nonfree but ethically excusable. That is a "
        "moral remark and does not change the class, so it is not computed here.",
        "For data we accept what the Open Definition lists as open where the FSF has not judged "
        "the licence. A licence that neither has judged needs judgement.",
        "On code, a licence that the FSF lists for documents, data and other works, such as CC0, "
        "CC-BY or the GFDL, is left to judgement: the FSF advises against them for software.",
        "Code and weights recorded as only a part, and weights made unreadable on purpose, fail. A "
        "system recorded as having no training data or no parameters is left to judgement, "
        "because the criteria speak of machine learning.",
        "The FSF has judged the Llama 3.1 licence as nonfree. It has declared no AI system free.",
    ),
    revision=2,
)
