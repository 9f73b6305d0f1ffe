"""European Open Source AI Index, rule set of 2024 with 14 dimensions (Radboud University).

As published with the paper at FAccT 2024 (doi 10.1145/3630106.3659005) and in
force until 13 March 2026: the 12 dimensions of today, a packaged release and an
unrestricted API.
"""

from definitions.core import Definition
from definitions.policies import MeanScore
from definitions.rules import osai_2026
from definitions.rules import osai_dimensions as d
from definitions.vocabulary import ComponentKind as K

DIMENSIONS = (
    *osai_2026.DIMENSIONS[:-1],
    d.Dimension(
        slug="package",
        title="Package",
        group=d.ACCESS,
        explanation="Is there a packaged release, such as an installable package?",
        grading=d.component(K.PACKAGE),
        kinds=(K.PACKAGE,),
    ),
    d.Dimension(
        slug="api",
        title="API",
        group=d.ACCESS,
        explanation="Is there an API that anybody can use without restriction?",
        grading=d.api,
        kinds=(K.API,),
    ),
    osai_2026.DIMENSIONS[-1],
)

CRITERIA = osai_2026.criteria("osai-2024", DIMENSIONS)

DEFINITION = Definition(
    key="osai",
    version="2024",
    title="European Open Source AI Index",
    short_title="OSAI 2024",
    steward="Radboud University",
    url="https://osai-index.eu",
    date="2024-06",
    standing="superseded",
    summary="The rule set of 2024: 14 dimensions of availability, documentation and access, "
    "graded as open, partial or closed. Replaced in March 2026.",
    criteria=CRITERIA,
    policy=MeanScore(titles={item.code: item.title for item in CRITERIA}),
    notes=osai_2026.NOTES,
    revision=2,
)
