import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("corrections", "0001_initial"),
        ("corrections", "0002_orders_voided"),
        ("corrections", "0003_listed_in_one_index"),
    ]

    initial = True

    dependencies = [("offices", "0002_installationseat")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last", models.PositiveIntegerField(default=0)),
                        (
                            "group",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("source", models.CharField(max_length=60)),
                        ("cause", models.CharField(max_length=40)),
                        ("agency", models.CharField(max_length=20)),
                        ("article", models.CharField(blank=True, max_length=20)),
                        ("clause", models.CharField(blank=True, max_length=20)),
                        ("point", models.CharField(blank=True, max_length=20)),
                        ("reading", models.TextField(blank=True)),
                        ("task_id", models.BigIntegerField(help_text="the task in the room of work", null=True)),
                        ("opened_at", models.DateTimeField()),
                        ("due", models.DateField()),
                        ("count", models.PositiveIntegerField(help_text="findings at opening")),
                        ("permit", models.CharField(max_length=64)),
                        ("file_sha256", models.CharField(blank=True, help_text="the hand-over file", max_length=64)),
                        (
                            "after_run",
                            models.CharField(
                                blank=True, help_text="the last run of the source when it was opened", max_length=80
                            ),
                        ),
                        (
                            "voided_at",
                            models.DateTimeField(help_text="when the run it rests on was taken back", null=True),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "agency"], name="corrections_group_i_0a67fa_idx")],
                        "constraints": [models.UniqueConstraint(fields=("group", "number"), name="one_order_a_number")],
                    },
                ),
                migrations.CreateModel(
                    name="Run",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=60)),
                        ("run_id", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        ("complete", models.BooleanField()),
                        ("tally", models.JSONField(help_text="counts in all, by cause, commune and order")),
                        (
                            "before",
                            models.BinaryField(
                                help_text="the state it found; empty once something rests on the run", null=True
                            ),
                        ),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["group", "source", "at"], name="corrections_group_i_4de8ce_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "run_id"), name="a_run_is_recorded_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=60)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("record", models.CharField(help_text="commitment of the record's key", max_length=64)),
                        ("field", models.CharField(max_length=20)),
                        ("rule", models.CharField(max_length=20)),
                        ("cause", models.CharField(max_length=40)),
                        ("severity", models.PositiveSmallIntegerField()),
                        ("commune", models.CharField(blank=True, max_length=10)),
                        ("sheet", models.CharField(blank=True, max_length=120)),
                        ("dong", models.PositiveIntegerField()),
                        ("stt", models.PositiveBigIntegerField()),
                        ("status", models.CharField(max_length=12)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("reopened", models.PositiveIntegerField(default=0)),
                        ("withdrawn_until", models.DateField(null=True)),
                        (
                            "group",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="offices.group",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="corrections.order",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="corrections.run",
                            ),
                        ),
                        (
                            "first_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="corrections.run"
                            ),
                        ),
                        (
                            "last_run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="corrections.run",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["group", "source", "status", "cause"], name="corrections_group_i_ec1d61_idx"
                            ),
                            models.Index(fields=["order", "status"], name="corrections_order_i_e25bfd_idx"),
                            models.Index(
                                fields=["group", "source", "stt", "id", "status"], name="corrections_group_i_f2c039_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "fingerprint"), name="one_finding_a_fingerprint"),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["open", "proved", "reopened", "withdrawn"])),
                                name="finding_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("severity__gte", 1), ("severity__lte", 3)),
                                name="finding_severity_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False), ("closed_by__isnull", False), ("status", "proved")
                                    ),
                                    models.Q(
                                        models.Q(("status", "proved"), _negated=True),
                                        ("closed_at", None),
                                        ("closed_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="finding_proved_by_a_run",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dataset",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=60)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("group", "source"), name="one_row_a_dataset")],
                    },
                ),
            ],
        ),
    ]
