from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reconcile", "0007_thresholds_and_months")]

    operations = [
        migrations.AlterField(
            model_name="monthscores",
            name="frozen_by",
            field=models.UUIDField(help_text="empty where it was frozen by itself", null=True),
        ),
    ]
