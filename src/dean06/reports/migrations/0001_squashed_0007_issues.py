import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_drafted"),
        ("reports", "0003_compliance"),
        ("reports", "0004_evidence"),
        ("reports", "0005_agency_reports"),
        ("reports", "0006_figures"),
        ("reports", "0007_issues"),
    ]

    initial = True

    dependencies = [("offices", "0003_group_ending")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AgencyReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.CharField(max_length=7)),
                        ("agency", models.CharField(max_length=20)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("sent", "Sent"),
                                    ("received", "Received"),
                                    ("returned", "Returned"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, help_text="how often it was sent")),
                        ("sheet", models.JSONField()),
                        (
                            "corrected",
                            models.JSONField(default=dict, help_text="code to the agency's own value and why"),
                        ),
                        ("words", models.JSONField(default=dict, help_text="key of a part to what the agency wrote")),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-month", "agency"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "month", "agency"), name="one_agency_report_a_month"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("suffix", models.CharField(max_length=10)),
                        ("name", models.CharField(max_length=200)),
                        ("scan", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="reports.agencyreport",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AgencySending",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("channel", models.CharField(help_text="platform or paper", max_length=10)),
                        (
                            "to",
                            models.CharField(
                                help_text="who receives, as the charter of that day names it", max_length=40
                            ),
                        ),
                        ("arrived_at", models.DateTimeField()),
                        ("account", models.UUIDField()),
                        ("entered_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField(null=True)),
                        ("received_by", models.UUIDField(null=True)),
                        ("ended_at", models.DateTimeField(help_text="when it was returned or taken back", null=True)),
                        ("returned", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, default="", max_length=1000)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sendings",
                                to="reports.agencyreport",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "arrived_at"], name="sendings_of_a_group")],
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "version"), name="one_sending_a_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyReply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.CharField(max_length=7)),
                        ("norm", models.CharField(max_length=80)),
                        ("bearer", models.CharField(max_length=80)),
                        ("period", models.CharField(max_length=80)),
                        ("text", models.CharField(max_length=1000)),
                        ("done_on", models.DateField(null=True)),
                        ("paper", models.CharField(blank=True, default="", max_length=120)),
                        (
                            "together",
                            models.BigIntegerField(help_text="the first of the replies said at once", null=True),
                        ),
                        ("account", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("accepted", models.BooleanField(null=True)),
                        ("weighed_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, default="", max_length=1000)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "month"], name="replies_of_a_month")],
                    },
                ),
                migrations.CreateModel(
                    name="InputFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", models.CharField(max_length=7)),
                        ("code", models.CharField(max_length=60)),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=4, help_text="null: taken back", max_digits=20, null=True
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=10)),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("account", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("counts", models.BooleanField(default=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "code", "period"], name="figures_of_an_input")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("counts", True)),
                                fields=("group", "period", "code"),
                                name="one_figure_counts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IssuedReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("month", models.CharField(max_length=7)),
                        ("until", models.DateField()),
                        ("sheet", models.JSONField()),
                        ("sections", models.JSONField()),
                        ("content", models.CharField(max_length=64)),
                        ("paper_id", models.BigIntegerField(null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "counts",
                            models.BooleanField(default=True, help_text="false once a later issue has taken its place"),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issues",
                                to="reports.monthreport",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "until"], name="issues_of_a_group")],
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "number"), name="one_issue_a_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("counts", True)), fields=("report",), name="one_issue_counts"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Figure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.CharField(max_length=7)),
                        ("code", models.CharField(max_length=60)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                        ("counts", models.BooleanField(default=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="reports.issuedreport",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["month", "group"], name="figures_of_a_month")],
                        "constraints": [models.UniqueConstraint(fields=("issue", "code"), name="one_figure_an_issue")],
                    },
                ),
                migrations.CreateModel(
                    name="MonthReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.CharField(max_length=7)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("sheet", models.JSONField()),
                        ("previous", models.JSONField(null=True)),
                        ("sections", models.JSONField()),
                        ("paper_id", models.BigIntegerField(null=True)),
                        (
                            "drafted",
                            models.CharField(
                                blank=True, help_text="digest of the content its draft paper was made of", max_length=64
                            ),
                        ),
                        ("issued", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-month"],
                        "constraints": [models.UniqueConstraint(fields=("group", "month"), name="one_report_a_month")],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("recipient", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=200)),
                        ("sent_at", models.DateTimeField()),
                        ("issue", models.PositiveIntegerField(default=1)),
                        ("received_at", models.DateTimeField(null=True)),
                        ("received_by", models.CharField(blank=True, default="", max_length=200)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="reports.monthreport",
                            ),
                        ),
                    ],
                ),
            ],
        ),
    ]
