"""Expand: columns for what a verdict comes to, beside those that hold sentences.

The old columns stay and may be empty, so that the release before and the one after can both
write: see docs/operations.md, "Verdicts without sentences".
"""

from django.db import migrations, models

MAY_BE_EMPTY = """
ALTER TABLE catalog_evaluation
    ALTER label DROP NOT NULL, ALTER reason DROP NOT NULL, ALTER outcome DROP NOT NULL;
ALTER TABLE catalog_evaluationevent ALTER label DROP NOT NULL, ALTER reason DROP NOT NULL;
ALTER TABLE catalog_verdictchange
    ALTER label DROP NOT NULL, ALTER before_label DROP NOT NULL;
ALTER TABLE catalog_factsdocument ALTER document DROP NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0017_wording'),
    ]

    operations = [
        migrations.AddField(
            model_name='evaluation',
            name='criteria',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddField(
            model_name='evaluationevent',
            name='criteria',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddField(
            model_name='factsdocument',
            name='packed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='verdictchange',
            name='after',
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='verdictchange',
            name='before',
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MAY_BE_EMPTY, migrations.RunSQL.noop)],
            state_operations=[
                migrations.RemoveField(
                    model_name='evaluation',
                    name='label',
                ),
                migrations.RemoveField(
                    model_name='evaluation',
                    name='outcome',
                ),
                migrations.RemoveField(
                    model_name='evaluation',
                    name='reason',
                ),
                migrations.RemoveField(
                    model_name='evaluationevent',
                    name='label',
                ),
                migrations.RemoveField(
                    model_name='evaluationevent',
                    name='reason',
                ),
                migrations.RemoveField(
                    model_name='factsdocument',
                    name='document',
                ),
                migrations.RemoveField(
                    model_name='verdictchange',
                    name='before_label',
                ),
                migrations.RemoveField(
                    model_name='verdictchange',
                    name='label',
                ),
            ],
        ),
    ]
