"""Facts of a record alone: what a MOF.yml, a card or a record of the Hub says, for the rules."""

from definitions.facts import SCHEMA_ID, Facts
from definitions.readers.naming import slug_of
from definitions.readers.records import ComponentRecord, SystemRecord

NOT_FACTS = frozenset({"evidence", "note"})
"""What stands beside the facts of a component."""


def facts_of(record: SystemRecord) -> Facts:
    """The facts document of a record; FactsError where the schema does not allow what it says."""
    name = record["name"]
    system = {
        "slug": slug_of(name) or "unnamed",
        "name": name,
        "version": record.get("version", ""),
        "release_date": record.get("released", ""),
        "modalities": record.get("modalities", []),
    }
    makers = [
        {"slug": slug_of(row["name"]) or "unnamed", "name": row["name"]}
        for row in record.get("organizations", [])
    ]
    bases = [{"name": row["name"], "kind": row["kind"]} for row in record.get("derivations", [])]
    components = {kind: row_of(row) for kind, row in record.get("components", {}).items()}
    return Facts.from_json(
        {
            "schema": SCHEMA_ID,
            "system": system,
            "organizations": makers,
            "components": components,
            "base_systems": bases,
        }
    )


def row_of(row: ComponentRecord) -> dict[str, object]:
    """A component with its evidence as a value of its own."""
    facts: dict[str, object] = {name: value for name, value in row.items() if name not in NOT_FACTS}
    page = row.get("evidence")
    return facts | ({"evidence": {"url": page}} if page else {})
