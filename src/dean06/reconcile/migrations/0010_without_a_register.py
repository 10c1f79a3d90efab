import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("population", "0002_answers"), ("reconcile", "0009_review_desk")]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="register",
            field=models.ForeignKey(
                help_text="null while its people are asked about",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="population.register",
            ),
        ),
    ]
