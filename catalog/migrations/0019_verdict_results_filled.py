"""Fill the new columns from the old ones, in pieces, on a site that goes on working.

Changes of verdicts, verdicts, and facts documents that are not filled yet are read; it may be
broken off and run again. The triggers are exchanged last: filling is no event of the history.
The letters of graded verdicts do not follow from what was stored and come by ``evaluate``.
"""

import json
import re

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, transaction

from catalog.models.packing import pack

PIECE = 2_000

LETTERS = {
    "Met": "m", "Needs judgement": "j", "Unknown": "u", "Not met": "n", "Not applicable": "a",
    "Open": "o", "Yes": "o", "Partial": "p", "Partly": "p", "Closed": "c", "No": "c", "": "",
}  # fmt: skip
"""The letter of each word that a change of a criterion was told with."""

LADDERS = {
    "mof-1.0": (
        "Unclassified",
        "Class III – Open Model",
        "Class II – Open Tooling",
        "Class I – Open Science",
    ),
    "g7-2026": (
        "No label",
        "Weights Available AI",
        "Open Weights AI",
        "Open Source AI",
        "Open Source AI with Open Data",
    ),
}
PROFILE, SECOND, SECOND_LETTERS = "public-ai-2025", "Public-interest open AI", "mumuuu"
SCORE = re.compile(r"([01]\.\d\d)(?: \(up to ([01]\.\d\d)\))?")
AT_MOST = re.compile(r"Not known \(at most (.*)\)")

FILL_VERDICTS = """
UPDATE catalog_evaluation SET criteria = found.letters
FROM (
    SELECT row.id, string_agg(
        CASE WHEN finding ? 'ruling' AND finding->>'status' = 'met' THEN 'M'
            WHEN finding ? 'ruling' THEN 'N'
            WHEN finding->>'grade' = 'Yes' THEN 'o'
            WHEN finding->>'grade' = 'Partly' THEN 'p'
            WHEN finding->>'grade' = 'No' THEN 'c'
            WHEN finding->>'grade' = 'Not applicable' THEN 'x'
            WHEN finding->>'status' = 'met' THEN 'm'
            WHEN finding->>'status' = 'needs_judgement' THEN 'j'
            WHEN finding->>'status' = 'unknown' THEN 'u'
            WHEN finding->>'status' = 'not_met' THEN 'n'
            ELSE 'a' END, '' ORDER BY place) AS letters
    FROM catalog_evaluation row,
        jsonb_array_elements(row.outcome->'findings') WITH ORDINALITY AS told (finding, place)
    WHERE row.id >= %s AND row.id < %s AND row.criteria = '' AND row.definition_id NOT LIKE 'osai-%%'
    GROUP BY row.id
) found WHERE catalog_evaluation.id = found.id
"""


def result_of(definition, label):
    """What a verdict came to beside its status, as far as its label tells."""
    if definition in LADDERS:
        names = LADDERS[definition]
        at_most = AT_MOST.fullmatch(label)
        if at_most and at_most[1] in names:
            return {"level": 0, "level_possible": names.index(at_most[1])}
        rank = names.index(label) if label in names else 0
        return {"level": rank, "level_possible": rank}
    if (definition, label) == (PROFILE, SECOND):
        return {"criteria": SECOND_LETTERS}
    score = SCORE.fullmatch(label)
    if score:
        low, high = float(score[1]), float(score[2] or score[1])
        return {"score": low, "score_low": low, "score_high": high}
    return {}


def in_pieces(cursor, table):
    """The keys of a table in pieces, each of which is a transaction."""
    cursor.execute(f"SELECT min(id), max(id) FROM {table}")  # noqa: S608 - names of our own
    first, last = cursor.fetchone()
    for low in range(first or 1, (last or 0) + 1, PIECE):
        with transaction.atomic(using=cursor.db.alias):
            yield low, low + PIECE


def fill_changes(cursor):
    for low, high in in_pieces(cursor, "catalog_verdictchange"):
        cursor.execute(
            """SELECT id, definition_id, before_label, label, criteria FROM catalog_verdictchange
            WHERE id >= %s AND id < %s AND definition_id <> '' AND label IS NOT NULL
            AND before = '{}' AND after = '{}'""",
            [low, high],
        )
        for key, definition, before_label, label, criteria in cursor.fetchall():
            moved = json.loads(criteria) if isinstance(criteria, str) else criteria
            moved = [
                item | {name: LETTERS.get(item[name], item[name]) for name in ("before", "after")}
                for item in moved
            ]
            before, after = result_of(definition, before_label), result_of(definition, label)
            cursor.execute(
                "UPDATE catalog_verdictchange SET before = %s, after = %s, criteria = %s"
                " WHERE id = %s",
                [json.dumps(before), json.dumps(after), json.dumps(moved), key],
            )


def fill_documents(cursor, to_facts):
    for low, high in in_pieces(cursor, "catalog_factsdocument"):
        cursor.execute(
            "SELECT id, document FROM catalog_factsdocument"
            " WHERE id >= %s AND id < %s AND packed IS NULL",
            [low, high],
        )
        rows = [(pack(to_facts(document)), key) for key, document in cursor.fetchall()]
        cursor.executemany("UPDATE catalog_factsdocument SET packed = %s WHERE id = %s", rows)


def canonical(document):
    """The one spelling of a facts document, as it was when this was written."""
    found = json.loads(document) if isinstance(document, str) else document
    text = json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        fill_changes(cursor)
        fill_documents(cursor, canonical)
        for low, high in in_pieces(cursor, "catalog_evaluation"):
            cursor.execute(FILL_VERDICTS, [low, high])
        cursor.execute(
            "UPDATE catalog_evaluationevent SET criteria = %s"
            " WHERE definition_id = %s AND label = %s AND criteria = ''",
            [SECOND_LETTERS, PROFILE, SECOND],
        )


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('catalog', '0018_verdict_results'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='delete_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_evaluationevent" ("criteria", "definition_fingerprint", "definition_id", "id", "level", "level_possible", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "score_high", "score_low", "status", "status_since", "system_id") VALUES (NEW."criteria", NEW."definition_fingerprint", NEW."definition_id", NEW."id", NEW."level", NEW."level_possible", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."score", NEW."score_high", NEW."score_low", NEW."status", NEW."status_since", NEW."system_id"); RETURN NULL;', hash='0aef37decb893401951fe51b6f88195cebf1a893', operation='INSERT', pgid='pgtrigger_insert_insert_5511d', table='catalog_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."criteria" IS DISTINCT FROM (NEW."criteria") OR OLD."definition_fingerprint" IS DISTINCT FROM (NEW."definition_fingerprint") OR OLD."definition_id" IS DISTINCT FROM (NEW."definition_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."level_possible" IS DISTINCT FROM (NEW."level_possible") OR OLD."score" IS DISTINCT FROM (NEW."score") OR OLD."score_high" IS DISTINCT FROM (NEW."score_high") OR OLD."score_low" IS DISTINCT FROM (NEW."score_low") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."status_since" IS DISTINCT FROM (NEW."status_since") OR OLD."system_id" IS DISTINCT FROM (NEW."system_id"))', func='INSERT INTO "catalog_evaluationevent" ("criteria", "definition_fingerprint", "definition_id", "id", "level", "level_possible", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "score_high", "score_low", "status", "status_since", "system_id") VALUES (NEW."criteria", NEW."definition_fingerprint", NEW."definition_id", NEW."id", NEW."level", NEW."level_possible", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."score", NEW."score_high", NEW."score_low", NEW."status", NEW."status_since", NEW."system_id"); RETURN NULL;', hash='ad5846ab725110c1a58193657babb4c2b115c798', operation='UPDATE', pgid='pgtrigger_update_update_6a852', table='catalog_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_evaluationevent" ("criteria", "definition_fingerprint", "definition_id", "id", "level", "level_possible", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "score_high", "score_low", "status", "status_since", "system_id") VALUES (OLD."criteria", OLD."definition_fingerprint", OLD."definition_id", OLD."id", OLD."level", OLD."level_possible", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."score", OLD."score_high", OLD."score_low", OLD."status", OLD."status_since", OLD."system_id"); RETURN NULL;', hash='6a4ed4e31e3c602c53a2de7686358336c120af8f', operation='DELETE', pgid='pgtrigger_delete_delete_44801', table='catalog_evaluation', when='AFTER')),
        ),
    ]
