import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("adoption", "0001_initial"),
        ("adoption", "0002_local_rule_numbers"),
        ("adoption", "0003_compliance"),
        ("adoption", "0004_drafts"),
        ("adoption", "0005_submissions"),
        ("adoption", "0006_succession"),
        ("adoption", "0007_draft_decisions"),
        ("adoption", "0008_drafts_in_time"),
    ]

    initial = True

    dependencies = [("offices", "0003_group_ending")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="SwappedDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True)),
                        ("worked", models.BooleanField()),
                        ("source", models.CharField(max_length=200)),
                    ],
                ),
                migrations.CreateModel(
                    name="CharterVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.SlugField(max_length=80)),
                        ("number", models.PositiveIntegerField()),
                        ("hash", models.CharField(max_length=64, unique=True)),
                        ("canonical", models.TextField()),
                        ("loaded_at", models.DateTimeField()),
                        (
                            "instrument",
                            models.CharField(
                                blank=True, help_text="number and symbol entered by the group", max_length=80
                            ),
                        ),
                        ("adopted_on", models.DateField(null=True)),
                        (
                            "in_force_from",
                            models.DateField(
                                help_text="of a later version; the first takes its day from the text", null=True
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("line", "number"), name="one_version_a_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "base_hash",
                            models.CharField(
                                blank=True, help_text="the text it amends; empty for a new one", max_length=64
                            ),
                        ),
                        (
                            "follows",
                            models.CharField(
                                blank=True, help_text="the newest adopted text when it was written", max_length=64
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        (
                            "to_check",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="places where a move to the newest text met a change of both",
                            ),
                        ),
                        (
                            "clause",
                            models.CharField(
                                blank=True, help_text="the clause a proposal to amend is bound to", max_length=40
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("files", models.JSONField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("state", models.CharField(default="open", max_length=10)),
                        ("made_by", models.UUIDField()),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "submitted_at",
                            models.DateTimeField(
                                help_text="when the leader's decision went to the issuing authority", null=True
                            ),
                        ),
                        ("decided_by", models.UUIDField(help_text="the leader whose word it is", null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "decided_revision",
                            models.PositiveIntegerField(help_text="the revision that the word was on", null=True),
                        ),
                        ("decision_note", models.CharField(blank=True, max_length=1000)),
                        ("instrument", models.CharField(blank=True, max_length=80)),
                        ("signed_on", models.DateField(null=True)),
                        ("in_force_from", models.DateField(null=True)),
                        (
                            "confirmed_hash",
                            models.CharField(
                                blank=True, help_text="what the first of two people confirmed", max_length=64
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-changed_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Succession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(default="open", max_length=10)),
                        ("last_day", models.DateField()),
                        ("instrument", models.CharField(blank=True, max_length=80)),
                        ("signed_on", models.DateField(null=True)),
                        ("successors", models.JSONField(help_text="short names of the groups that succeed")),
                        (
                            "choices",
                            models.JSONField(help_text="what a person chose for single tasks and duties, by their key"),
                        ),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("made_by", models.UUIDField()),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "confirmed_hash",
                            models.CharField(
                                blank=True, help_text="what the first of two people confirmed", max_length=64
                            ),
                        ),
                        ("canonical", models.TextField(blank=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("done_at", models.DateTimeField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["open", "done"])),
                                fields=("group",),
                                name="one_succession_a_group",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuccessionConfirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        (
                            "succession",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="adoption.succession",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("succession", "account"), name="one_word_a_person_on_an_end"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Confirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="adoption.charterversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "account"), name="one_confirmation_a_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftConfirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="adoption.draft",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("draft", "account"), name="one_word_a_person")],
                    },
                ),
                migrations.CreateModel(
                    name="LocalRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("gap", models.CharField(max_length=8)),
                        ("number", models.PositiveIntegerField()),
                        ("value", models.JSONField()),
                        ("adopted_on", models.DateField()),
                        ("adopted_by", models.UUIDField()),
                        ("until", models.DateField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_local_rule_a_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.CharField(max_length=7)),
                        ("charter_hash", models.CharField(max_length=64)),
                        ("as_of", models.DateTimeField()),
                        ("canonical", models.TextField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_by", models.UUIDField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "month"), name="one_statement_a_month")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(help_text="of the draft that it was made from")),
                        (
                            "base_hash",
                            models.CharField(help_text="the text in force that it was compared with", max_length=64),
                        ),
                        ("in_force_from", models.DateField(help_text="the day proposed")),
                        ("words", models.JSONField(default=dict)),
                        ("state", models.CharField(default="drafted", max_length=10)),
                        ("paper_id", models.BigIntegerField(null=True)),
                        ("made_by", models.UUIDField()),
                        ("made_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(null=True)),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="adoption.draft",
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["drafted", "signed"])),
                                fields=("draft", "state"),
                                name="one_submission_at_a_time",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
