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
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("object_id", models.CharField(max_length=80)),
                        ("account", models.UUIDField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("step", models.CharField(blank=True, max_length=40)),
                        ("share", models.FloatField(default=0)),
                        ("asked_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("result_id", models.CharField(blank=True, max_length=80)),
                        ("problem_vi", models.CharField(blank=True, max_length=600)),
                        ("problem_en", models.CharField(blank=True, max_length=600)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "object_id"], name="jobs_job_kind_6b5bb2_idx")],
                    },
                ),
            ],
        ),
    ]
