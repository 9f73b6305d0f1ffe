from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """The constraints of 0011 and 0012, checked over all rows while the site serves."""

    dependencies = [
        ("catalog", "0014_rulings_judged"),
    ]

    operations = [
        ValidateConstraint("systemfact", name="systemfact_value_of_topic"),
        ValidateConstraint("sourcerecord", name="sourcerecord_state_word"),
        ValidateConstraint("sourcerecord", name="sourcerecord_withheld_has_no_system"),
    ]
