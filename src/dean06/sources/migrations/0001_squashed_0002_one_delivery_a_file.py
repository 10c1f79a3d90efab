import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("sources", "0001_initial"), ("sources", "0002_one_delivery_a_file")]

    initial = True

    dependencies = [("offices", "0002_installationseat")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=40)),
                        ("period", models.CharField(help_text="yyyy-mm", max_length=7)),
                        ("agency_code", models.CharField(max_length=20)),
                        ("file_name", models.CharField(max_length=200)),
                        ("file_sha256", models.CharField(max_length=64)),
                        ("file_size", models.BigIntegerField()),
                        ("received_at", models.DateTimeField()),
                        ("received_by", models.UUIDField()),
                        (
                            "complete",
                            models.BooleanField(default=False, help_text="the agency declares the list complete"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("read", "Read"),
                                    ("refused", "Refused"),
                                    ("undone", "Undone"),
                                ],
                                default="received",
                                max_length=10,
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("quarantined", models.PositiveIntegerField(default=0)),
                        ("sheets", models.JSONField(default=list)),
                        ("repairs", models.JSONField(default=dict)),
                        ("problem_vi", models.CharField(blank=True, max_length=600)),
                        ("problem_en", models.CharField(blank=True, max_length=600)),
                        ("directory", models.CharField(help_text="relative to the vault", max_length=200)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-received_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["group", "source", "period"], name="sources_del_group_i_f0c7e8_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["received", "read"])),
                                fields=("group", "source", "period", "file_sha256"),
                                name="one_delivery_a_file",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quarantined",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sheet", models.CharField(max_length=120)),
                        ("row", models.PositiveIntegerField()),
                        ("reason", models.CharField(max_length=40)),
                        ("sentence", models.CharField(max_length=400)),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="set_aside",
                                to="sources.delivery",
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=40)),
                        ("agency_code", models.CharField(max_length=20)),
                        ("coordinators", models.JSONField(default=list)),
                        ("citation", models.JSONField(default=dict)),
                        ("citation_label", models.CharField(max_length=120)),
                        ("norm_key", models.CharField(blank=True, max_length=120)),
                        ("reading", models.CharField(blank=True, max_length=500)),
                        ("permit_digest", models.CharField(max_length=64)),
                        ("assigned_by", models.UUIDField()),
                        ("since", models.DateField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "source"), name="one_assignment_a_source")
                        ],
                    },
                ),
            ],
        ),
    ]
