import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("reconcile", "0001_initial"), ("reconcile", "0002_initial"), ("reconcile", "0003_looks")]

    initial = True

    dependencies = [("offices", "0002_installationseat"), ("population", "0001_initial"), ("sources", "0001_initial")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Run",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("step", models.CharField(blank=True, max_length=40)),
                        ("share", models.FloatField(default=0)),
                        ("queued_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("seconds", models.FloatField(null=True)),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("counts", models.JSONField(default=dict)),
                        ("fields_wrong", models.JSONField(default=dict)),
                        (
                            "result_path",
                            models.CharField(blank=True, help_text="relative to the vault", max_length=200),
                        ),
                        ("result_sha256", models.CharField(blank=True, max_length=64)),
                        ("options", models.JSONField(default=dict)),
                        ("problem_vi", models.CharField(blank=True, max_length=600)),
                        ("problem_en", models.CharField(blank=True, max_length=600)),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="sources.delivery"
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "register",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="population.register"),
                        ),
                    ],
                    options={
                        "ordering": ["-queued_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Look",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField(db_index=True)),
                        ("role", models.CharField(max_length=40)),
                        ("action", models.CharField(max_length=80)),
                        ("purpose", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("rows", models.PositiveIntegerField()),
                        (
                            "stts",
                            models.JSONField(help_text="places of the rows shown; null means every row", null=True),
                        ),
                        ("entry", models.BigIntegerField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="reconcile.run"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("stt", models.PositiveIntegerField()),
                        ("choice", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("account", models.UUIDField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="reconcile.run",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("run", "stt"), name="one_decision_a_row")],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("commune", models.CharField(blank=True, max_length=5)),
                        ("measure", models.CharField(max_length=4)),
                        ("good", models.PositiveIntegerField()),
                        ("total", models.PositiveIntegerField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="reconcile.run"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "commune", "measure"), name="one_score_a_measure")
                        ],
                    },
                ),
            ],
        ),
    ]
