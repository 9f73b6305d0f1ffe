"""The register as one SQLite file: tables with keys, indexes, and views for common questions."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from catalog.exports.dumps.tables import DICTIONARY, Row, Table

CACHE = 64 << 10
"""KiB of pages and of rows to sort that SQLite keeps in memory."""

VIEWS = {
    "verdict_counts": """
        SELECT d.id AS definition, d.title, v.status, count(*) AS systems
        FROM verdicts v JOIN definitions d ON d.id = v.definition
        GROUP BY d.id, v.status""",
    "meets": """
        SELECT v.definition, s.slug AS system, s.name, v.label, s.tier, s.recorded_by,
               v.since, v.since AS status_since
        FROM verdicts v JOIN systems s ON s.slug = v.system
        WHERE v.status = 'met'""",
    "data_and_code": """
        SELECT s.slug AS system, s.name, s.tier, s.recorded_by,
               d.url AS training_data, d.licence AS data_licence,
               c.url AS training_code, c.licence AS code_licence
        FROM systems s
        JOIN components d ON d.system = s.slug AND d.kind = 'pretraining_data'
        JOIN components c ON c.system = s.slug AND c.kind = 'training_code'
        WHERE d.availability = 'open_download' AND c.availability = 'open_download'""",
    "weights_licences": """
        SELECT s.weights_licence AS licence, s.commercial_use, s.commercial_use_tier,
               count(*) AS systems
        FROM systems s GROUP BY s.weights_licence, s.commercial_use, s.commercial_use_tier""",
    "claims_that_fail": """
        SELECT c.system, s.name, c.claimed, c.quote, c.url,
               c.url AS evidence_url, c.definition, v.label AS verdict
        FROM claims c JOIN systems s ON s.slug = c.system
        LEFT JOIN verdicts v ON v.system = c.system AND v.definition = c.definition
        WHERE c.result = 'does_not_hold'""",
    "built_on": """
        SELECT d.system, coalesce(d.base, d.base_name) AS base, d.kind FROM derivations d""",
    "dataset_use": """
        SELECT t.dataset, n.name, t.stage, count(*) AS systems
        FROM training_data t JOIN datasets n ON n.slug = t.dataset
        GROUP BY t.dataset, t.stage""",
}
"""Each answers one question that people ask of the register."""


class SqliteFile:
    """A new SQLite file, filled table by table, batch by batch; use it with ``with``."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> "SqliteFile":
        # A build that breaks off is thrown away as a whole: nothing has to survive it.
        self.connection.execute("PRAGMA journal_mode = OFF")
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute(f"PRAGMA cache_size = -{CACHE}")
        self.connection.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def make(self, table: Table) -> None:
        self.connection.execute(table.ddl())

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """One batch of flat rows."""
        marks = ", ".join("?" for _ in table.columns)
        self.connection.executemany(
            f"INSERT INTO {table.name} VALUES ({marks})",  # noqa: S608 - names of our own
            rows,
        )

    def finish(self, tables: Iterable[Table], about: dict[str, str]) -> None:
        """Indexes, views, what every column means (``columns``), where it is from (``about``)."""
        run = self.connection.execute
        for table in tables:
            for statement in table.index_ddl():
                run(statement)
        for name, query in VIEWS.items():
            run(f"CREATE VIEW {name} AS {query}")
        run(f"CREATE TABLE columns ({', '.join(f'{name} TEXT NOT NULL' for name in DICTIONARY)})")
        for table in tables:
            self.connection.executemany(
                "INSERT INTO columns VALUES (?, ?, ?, ?, ?)", table.dictionary()
            )
        run("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        self.connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        run("COMMIT")
        run("ANALYZE")
