"""Things stand on shelves, and keys of readers are written anew: whatever is entered is to be entered again.

The worker does that group by group after the start; a new database has nothing to do.
"""

import django.db.models.deletion
from django.db import migrations, models

from dean06.catalogue import word_index

FOLLOWER = "catalogue"


def take_away(apps, schema_editor):
    word_index.drop(schema_editor.connection)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_entry")


def create(apps, schema_editor):
    word_index.create(schema_editor.connection)


def drop(apps, schema_editor):
    word_index.drop(schema_editor.connection)


def nothing(apps, schema_editor):
    """Leave things as they are on the way back: the index is made by the step before."""


def write_down(apps, schema_editor):
    place = apps.get_model("ledger", "Follower").objects.filter(name=FOLLOWER).first()
    making = apps.get_model("catalogue", "Making")
    groups = apps.get_model("offices", "Group").objects.order_by("pk").values_list("pk", flat=True)
    making.objects.bulk_create(
        making(group_id=group, kind="", leaf=place.leaf if place else -1) for group in groups
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_word_index"),
        ("ledger", "0005_follower"),
        ("offices", "0005_agencies_apart"),
    ]

    operations = [
        migrations.RunPython(take_away, create),
        migrations.AddField(
            model_name="entry",
            name="shelf",
            field=models.PositiveIntegerField(default=0, help_text="things of a group stand on shelves in their order"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="tokens",
            field=models.TextField(help_text="folded words, each under its group and shelf: `g12b3wnguyen`"),
        ),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(default=0)),
                ("filled", models.PositiveIntegerField(default=0)),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Making",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(blank=True, help_text="empty for all of them", max_length=30)),
                ("leaf", models.BigIntegerField(help_text="the newest leaf of the ledger when the whole work began")),
                (
                    "count",
                    models.PositiveIntegerField(
                        help_text="how many things there were; empty until it is done", null=True
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("group", "kind"), name="a_kind_is_made_anew_once")],
            },
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(write_down, nothing),
    ]
