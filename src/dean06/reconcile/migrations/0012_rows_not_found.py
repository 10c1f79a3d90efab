from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reconcile", "0011_lookups")]

    operations = [
        migrations.AddField(
            model_name="look",
            name="people",
            field=models.JSONField(
                default=list, help_text="commitments to the numbers of people shown whom no row names"
            ),
        ),
        migrations.AlterField(
            model_name="sample",
            name="kind",
            field=models.CharField(
                choices=[("links", "Links"), ("field", "Field"), ("missing", "Missing")], max_length=10
            ),
        ),
    ]
