from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_contracts_and_disputes")]

    operations = [
        migrations.AddField(
            model_name="pull",
            name="fruitless",
            field=models.PositiveIntegerField(default=0, help_text="those since a piece last came"),
        ),
        migrations.AlterField(
            model_name="pull",
            name="tries",
            field=models.PositiveIntegerField(default=0, help_text="every try that failed"),
        ),
    ]
