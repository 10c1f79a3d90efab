import dean06.tables
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("offices", "0003_group_ending")]

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
                        ("sources", models.PositiveIntegerField(default=0)),
                        ("movements", models.PositiveIntegerField(default=0)),
                        ("requests", models.PositiveIntegerField(default=0)),
                        (
                            "group",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Estimate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("agency", models.CharField(max_length=20)),
                        ("state", models.CharField(default="draft", max_length=10)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, help_text="why it was returned", max_length=400)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "year", "agency"), name="one_estimate_a_year_and_agency"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "sent", "returned"])),
                                name="estimate_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EstimateEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=20)),
                        ("account", models.CharField(max_length=64)),
                        ("role", models.CharField(max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("note", models.CharField(blank=True, max_length=400)),
                        ("amount", models.BigIntegerField(default=0)),
                        ("clauses", models.JSONField(default=list)),
                        ("sha256", models.CharField(max_length=64)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "estimate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="funds.estimate"
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
                    },
                ),
                migrations.CreateModel(
                    name="EstimateLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.CharField(max_length=300)),
                        ("ground", models.CharField(max_length=300)),
                        ("quantity", models.PositiveIntegerField()),
                        ("unit", models.CharField(max_length=40)),
                        ("price", models.BigIntegerField()),
                        ("months", models.PositiveSmallIntegerField(default=1)),
                        ("origin", models.CharField(max_length=120)),
                        (
                            "estimate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="funds.estimate"
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("months__gte", 1), ("price__gt", 0), ("quantity__gt", 0)),
                                name="estimate_line_counts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Line",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("allotted", models.BigIntegerField(default=0)),
                        ("available", models.BigIntegerField(default=0)),
                        ("reserved", models.BigIntegerField(default=0)),
                        ("spent", models.BigIntegerField(default=0)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="funds.source"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "name"), name="a_fund_line_stands_once"),
                            models.CheckConstraint(
                                condition=models.Q(("available__gte", 0), ("reserved__gte", 0), ("spent__gte", 0)),
                                name="no_fund_account_below_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "allotted",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("available"), "+", models.F("reserved")
                                            ),
                                            "+",
                                            models.F("spent"),
                                        ),
                                    )
                                ),
                                name="fund_accounts_add_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mechanism",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("content", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("account", models.CharField(max_length=64)),
                        ("role", models.CharField(max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("clauses", models.JSONField(default=list)),
                        ("paper_id", models.BigIntegerField(null=True)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Movement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=12)),
                        ("taken_from", models.CharField(max_length=10)),
                        ("given_to", models.CharField(max_length=10)),
                        ("amount", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("paper", models.CharField(blank=True, max_length=80)),
                        ("paper_on", models.DateField(null=True)),
                        ("note", models.CharField(blank=True, max_length=400)),
                        ("account", models.CharField(max_length=64)),
                        ("role", models.CharField(max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="funds.line"
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="funds.movement",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="movements",
                                to="funds.spendingrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["line", "number"], name="funds_movem_line_id_d4f156_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_fund_movement_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="fund_movement_has_a_sum"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "allotted",
                                            "reserved",
                                            "released",
                                            "spent",
                                            "returned",
                                            "carried_out",
                                            "carried_in",
                                        ],
                                    ),
                                    ("taken_from__in", ["budget", "available", "reserved", "spent", "carried"]),
                                    ("given_to__in", ["budget", "available", "reserved", "spent", "carried"]),
                                    models.Q(("taken_from", models.F("given_to")), _negated=True),
                                ),
                                name="fund_movement_goes_somewhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("year", models.PositiveSmallIntegerField()),
                        ("kind", models.CharField(max_length=10)),
                        ("name", models.CharField(max_length=200)),
                        ("allotted_by", models.CharField(max_length=200)),
                        (
                            "manager",
                            models.CharField(blank=True, help_text="the agency that manages the money", max_length=20),
                        ),
                        (
                            "manager_by",
                            models.CharField(
                                blank=True, help_text="the clause or local rule that says so", max_length=120
                            ),
                        ),
                        ("paper", models.CharField(max_length=80)),
                        ("paper_on", models.DateField()),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=8)),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "year"], name="funds_sourc_group_i_957966_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_fund_source_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["budget", "other", "carried"])),
                                name="fund_source_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpendingRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("ground", models.TextField()),
                        (
                            "search",
                            models.CharField(
                                help_text="title, ground and number folded without tone marks", max_length=600
                            ),
                        ),
                        ("items", models.JSONField()),
                        ("amount", models.BigIntegerField()),
                        ("paid", models.BigIntegerField(default=0)),
                        ("state", models.CharField(default="requested", max_length=10)),
                        ("asked_by", models.CharField(max_length=64)),
                        ("asked_role", models.CharField(max_length=40)),
                        ("asked_agency", models.CharField(blank=True, max_length=20)),
                        ("asked_at", models.DateTimeField()),
                        ("paper_id", models.BigIntegerField(help_text="the letter drafted from it", null=True)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="funds.line"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "state"], name="funds_spend_group_i_2e78e6_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_spending_request_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__gt", 0), ("paid__gte", 0), ("paid__lte", models.F("amount"))
                                ),
                                name="spending_within_request",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["requested", "approved", "refused", "cancelled", "settled"])
                                ),
                                name="spending_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpendingEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=20)),
                        ("account", models.CharField(max_length=64)),
                        ("role", models.CharField(max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("note", models.CharField(blank=True, max_length=400)),
                        ("amount", models.BigIntegerField(default=0)),
                        ("clauses", models.JSONField(default=list)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="funds.spendingrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("content", models.CharField(max_length=300)),
                        ("document", models.CharField(max_length=80)),
                        ("document_on", models.DateField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("suffix", models.CharField(max_length=8)),
                        ("file_name", models.CharField(max_length=200)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "movement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="payment", to="funds.movement"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="funds.spendingrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Year",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("paper", models.CharField(max_length=80)),
                        ("paper_on", models.DateField()),
                        ("returned", models.BigIntegerField()),
                        ("carried", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "year"), name="a_fund_year_closes_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Budget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("version", models.PositiveSmallIntegerField()),
                        ("lines", models.JSONField()),
                        ("total", models.BigIntegerField()),
                        ("made_at", models.DateTimeField()),
                        ("made_agency", models.CharField(blank=True, max_length=20)),
                        ("paper_id", models.BigIntegerField(null=True)),
                        ("submitted_at", models.DateTimeField(null=True)),
                        (
                            "submitted_as",
                            models.CharField(
                                blank=True, help_text="number of the paper that submits it", max_length=80
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
                        "ordering": ["year", "version"],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "year", "version"), name="one_budget_a_version")
                        ],
                    },
                ),
            ],
        ),
    ]
