import dean06.tables
import django.db.models.deletion
from django.db import migrations, models

from dean06.ledger import triggers


def create(apps, schema_editor):
    triggers.create(schema_editor.connection)


def drop(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    replaces = [
        ("ledger", "0001_initial"),
        ("ledger", "0002_append_only"),
        ("ledger", "0003_reason"),
        ("ledger", "0004_never_replaced"),
        ("ledger", "0005_follower"),
    ]

    initial = True

    dependencies = []

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("size", models.BigIntegerField(unique=True)),
                        ("root", models.CharField(max_length=64)),
                        ("note", models.TextField()),
                        ("frontier", models.TextField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Follower",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("leaf", models.BigIntegerField(default=-1)),
                    ],
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body", models.TextField()),
                        ("leaf_hash", models.CharField(max_length=64)),
                        ("leaf_index", models.BigIntegerField(null=True, unique=True)),
                        ("at", models.DateTimeField()),
                        ("action", models.CharField(max_length=80)),
                        ("scope", models.CharField(max_length=80)),
                        ("actor", models.CharField(max_length=64)),
                        ("object_kind", models.CharField(max_length=40)),
                        ("object_id", models.CharField(max_length=80)),
                        ("permit_digest", models.CharField(max_length=64, unique=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["object_kind", "object_id"], name="ledger_entr_object__904d91_idx"),
                            models.Index(fields=["scope", "action"], name="ledger_entr_scope_049968_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reason",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reason", to="ledger.entry"
                            ),
                        ),
                    ],
                ),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
