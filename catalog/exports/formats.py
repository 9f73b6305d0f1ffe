"""The files of one system: what each is called, what it is, and who writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.exports.citation import apa_file, bibtex, csl
from catalog.exports.cyclonedx import cyclonedx_file
from catalog.exports.entry import Entry
from catalog.exports.model_card import model_card
from catalog.exports.mof import mof_file
from catalog.exports.spdx import spdx_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file; ``name`` is the last part of its address."""

    name: str
    title: str
    about: str
    media_type: str
    write: Callable[[Entry], bytes]


EXPORTS = (
    Format(
        name="MOF.yml",
        title="Model file of the MOF",
        about="what was released, for the Model Openness Tool",
        media_type="application/yaml",
        write=mof_file,
    ),
    Format(
        name="bom.cdx.json",
        title="CycloneDX 1.7 ML-BOM",
        about="a bill of materials with a model card, for supply chain tools",
        media_type="application/vnd.cyclonedx+json",
        write=cyclonedx_file,
    ),
    Format(
        name="bom.spdx3.json",
        title="SPDX 3.0.1",
        about="a bill of materials with AI and dataset packages, as JSON-LD",
        media_type="application/ld+json",
        write=spdx_file,
    ),
    Format(
        name="card.md",
        title="Markdown for a model card",
        about="the verdicts as a table with links",
        media_type="text/markdown",
        write=model_card,
    ),
)

CITATIONS = (
    Format(
        name="cite.bib",
        title="BibTeX",
        about="for LaTeX",
        media_type="application/x-bibtex",
        write=bibtex,
    ),
    Format(
        name="cite.json",
        title="CSL-JSON",
        about="for Zotero and pandoc",
        media_type="application/vnd.citationstyles.csl+json",
        write=csl,
    ),
    Format(
        name="cite.txt",
        title="APA",
        about="as plain text",
        media_type="text/plain",
        write=apa_file,
    ),
)

FORMATS = {item.name: item for item in (*EXPORTS, *CITATIONS)}
"""By the last part of the address."""
