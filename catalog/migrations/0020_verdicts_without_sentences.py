"""Contract: the columns that hold sentences go, after what was written since is filled too."""

from importlib import import_module

from django.db import migrations, models

WITHOUT_SENTENCES = """
ALTER TABLE catalog_evaluation DROP COLUMN label, DROP COLUMN reason, DROP COLUMN outcome;
ALTER TABLE catalog_evaluationevent DROP COLUMN label, DROP COLUMN reason;
ALTER TABLE catalog_verdictchange DROP COLUMN label, DROP COLUMN before_label;
ALTER TABLE catalog_factsdocument DROP COLUMN document
"""
WITH_EMPTY_ONES = """
ALTER TABLE catalog_evaluation
    ADD COLUMN label varchar(200), ADD COLUMN reason text, ADD COLUMN outcome jsonb;
ALTER TABLE catalog_evaluationevent ADD COLUMN label varchar(200), ADD COLUMN reason text;
ALTER TABLE catalog_verdictchange
    ADD COLUMN label varchar(200), ADD COLUMN before_label varchar(200);
ALTER TABLE catalog_factsdocument ADD COLUMN document jsonb
"""


def fill_the_rest(apps, schema_editor):
    import_module("catalog.migrations.0019_verdict_results_filled").fill(apps, schema_editor)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('catalog', '0019_verdict_results_filled'),
    ]

    operations = [
        migrations.RunPython(fill_the_rest, migrations.RunPython.noop),
        migrations.RunSQL(WITHOUT_SENTENCES, WITH_EMPTY_ONES),
        migrations.AlterField(
            model_name='factsdocument',
            name='packed',
            field=models.BinaryField(),
        ),
    ]
