import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Labels, help texts and one message in plainer words; the database stays as it is."""

    dependencies = [
        ("catalog", "0016_facts_documents"),
    ]

    operations = [
        migrations.AlterField(
            model_name="aisystem",
            name="verified_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which an editor had checked every fact at the maker's own pages.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="aisystemevent",
            name="verified_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which an editor had checked every fact at the maker's own pages.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="license",
            name="use_restrictions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("safety_only", "Safety only"),
                        ("behavioural", "Behavioural"),
                        ("non_commercial", "Non-commercial"),
                        ("research_only", "Research only"),
                        ("competing_models", "No competing models"),
                        ("unknown", "Unknown"),
                    ],
                    max_length=40,
                ),
                blank=True,
                default=None,
                help_text="Empty means none; leave it unset when the text has not been read.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="licenseevent",
            name="use_restrictions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("safety_only", "Safety only"),
                        ("behavioural", "Behavioural"),
                        ("non_commercial", "Non-commercial"),
                        ("research_only", "Research only"),
                        ("competing_models", "No competing models"),
                        ("unknown", "Unknown"),
                    ],
                    max_length=40,
                ),
                blank=True,
                default=None,
                help_text="Empty means none; leave it unset when the text has not been read.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="state",
            field=models.CharField(
                choices=[
                    ("unchecked", "Not checked yet"),
                    ("ok", "Reachable"),
                    ("redirected", "Moved"),
                    ("broken", "Not reachable"),
                    ("uncertain", "No certain answer"),
                    ("refused", "Not checked: the address is not a public page"),
                ],
                default="unchecked",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="sourcerecord",
            name="url",
            field=models.URLField(
                blank=True, default="", max_length=2000, verbose_name="address of the record"
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="relation",
            field=models.CharField(
                choices=[
                    ("unsaid", "I would rather not say"),
                    ("none", "I have nothing to do with its makers"),
                    ("maker", "I work for its makers, or am one of them"),
                    ("paid", "I am paid for this"),
                    ("rival", "I work for others who make such systems"),
                ],
                default="unsaid",
                max_length=10,
            ),
        ),
        migrations.AlterConstraint(
            model_name="link",
            name="link_checked_has_time",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "unchecked"), ("checked_at__isnull", False), _connector="OR"
                ),
                name="link_checked_has_time",
                violation_error_message="A link that was checked has the time of the check.",
            ),
        ),
    ]
