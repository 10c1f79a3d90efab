from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corrections", "0005_dispositions")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="first_due",
            field=models.DateField(help_text="the last day it was given, where pauses moved it since", null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="paused",
            field=models.PositiveIntegerField(default=0, help_text="working days by which pauses have moved it"),
        ),
        migrations.AddField(
            model_name="handover",
            name="paper_id",
            field=models.BigIntegerField(
                help_text="the list that both sides sign, in the room of papers", null=True
            ),
        ),
    ]
