import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_fruitless_tries")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="beside",
            field=models.ForeignKey(
                help_text="the delivery of the same file that this one came with",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="companions",
                to="sources.delivery",
            ),
        ),
    ]
