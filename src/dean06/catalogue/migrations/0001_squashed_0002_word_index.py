import dean06.tables
import django.db.models.deletion
from django.db import migrations, models

from dean06.catalogue import word_index


def create(apps, schema_editor):
    word_index.create(schema_editor.connection)


def drop(apps, schema_editor):
    word_index.drop(schema_editor.connection)


class Migration(migrations.Migration):
    replaces = [("catalogue", "0001_initial"), ("catalogue", "0002_word_index")]

    initial = True

    dependencies = [("offices", "0003_group_ending")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("key", models.CharField(max_length=80)),
                        ("serial", models.BigIntegerField(default=0, help_text="the key, where that is a number")),
                        ("title", models.CharField(max_length=400)),
                        ("label", models.CharField(blank=True, max_length=120)),
                        ("route", models.CharField(max_length=60)),
                        ("args", models.JSONField(default=list)),
                        ("query", models.JSONField(default=dict)),
                        ("fragment", models.CharField(blank=True, max_length=60)),
                        ("at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("readers", models.JSONField(default=list, help_text="keys of who may find it")),
                        ("tokens", models.TextField(help_text="folded words, each under its group: `g12wnguyen`")),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["group", "changed_at"], name="catalogue_e_group_i_6f8e89_idx"),
                            models.Index(fields=["group", "kind", "serial"], name="catalogue_e_group_i_1d4972_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "kind", "key"), name="a_thing_is_entered_once")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
