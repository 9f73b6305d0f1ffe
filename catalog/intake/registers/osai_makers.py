"""Makers as the index states them: by name, with country and kind in the tags of the comments."""

import re
from collections.abc import Mapping

from definitions.readers.addresses import web
from definitions.readers.plain_yaml import Plain

COUNTRIES = {
    "United States": "US",
    "China": "CN",
    "France": "FR",
    "United Kingdom": "GB",
    "Singapore": "SG",
    "United Arab Emirates": "AE",
    "Netherlands": "NL",
    "Finland": "FI",
    "Germany": "DE",
    "Switzerland": "CH",
    "Poland": "PL",
    "South Korea": "KR",
    "Sweden": "SE",
    "Israel": "IL",
    "Spain": "ES",
    "Canada": "CA",
    "Italy": "IT",
    "Latvia": "LV",
    "Japan": "JP",
    "India": "IN",
    "Portugal": "PT",
}
ORIGIN = re.compile(r"^#\s*-\s*National origin:\s*(.+?)\s*$", re.MULTILINE)
MAKER_KIND = re.compile(r"^#\s*-\s*Contributor type:\s*(.+?)\s*$", re.MULTILINE)
KINDS_OF_MAKER = {
    "Non-academic (Company)": "company",
    "Non-academic (American Big Tech)": "company",
    "Non-academic (Chinese Big Tech)": "company",
    "Non-academic (European Big Tech)": "company",
    "Non-academic (Big Tech)": "company",
    "Non-academic (Chinese AI Tiger)": "company",
    "Academic (University)": "public_university_or_lab",
    "Academic (Research community)": "community",
    "Non-academic (Research community)": "community",
}
"""“Research institution” and “individual” are none of our kinds, and stay unknown."""


def text(values: Mapping[str, Plain], *names: str) -> str:
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.replace("\x00", " ").split())
    return ""


def makers(org: Plain | None, raw: bytes) -> list[dict[str, str]]:
    """The maker, with country and kind as the record's tags state them."""
    if not isinstance(org, Mapping) or not text(org, "name"):
        return []
    row = {"name": text(org, "name")[:200]}
    if home := web(org.get("link")):
        row["homepage"] = home
    comments = raw.decode("utf-8", "replace")
    origin, kind = ORIGIN.search(comments), MAKER_KIND.search(comments)
    if origin and origin[1] in COUNTRIES:
        row["country"] = COUNTRIES[origin[1]]
    if kind and kind[1] in KINDS_OF_MAKER:
        row["kind"] = KINDS_OF_MAKER[kind[1]]
    return [row]
