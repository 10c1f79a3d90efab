import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("offices", "0002_installationseat")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Register",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("as_of", models.DateField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("rows", models.PositiveIntegerField()),
                        ("directory", models.CharField(help_text="relative to the vault", max_length=200)),
                        ("loaded_at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-as_of", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "sha256", "as_of"), name="one_snapshot_once")
                        ],
                    },
                ),
            ],
        ),
    ]
