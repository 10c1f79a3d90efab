import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("conduct", "0001_commendations_violations"), ("conduct", "0002_replacements")]

    initial = True

    dependencies = [("offices", "0004_people_and_seals")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Commendation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        (
                            "search",
                            models.CharField(
                                help_text="title, form and names folded without tone marks", max_length=600
                            ),
                        ),
                        ("form", models.CharField(max_length=80)),
                        ("ground", models.CharField(max_length=400)),
                        (
                            "ground_key",
                            models.CharField(
                                help_text="the ground folded: the same ground is found by it", max_length=400
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("state", models.CharField(default="proposed", max_length=10)),
                        ("proposed_at", models.DateTimeField()),
                        ("proposed_by", models.CharField(max_length=64)),
                        (
                            "decided_as",
                            models.CharField(blank=True, help_text="number of the paper that decides", max_length=80),
                        ),
                        ("decided_on", models.DateField(null=True)),
                        ("result", models.CharField(blank=True, max_length=400)),
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
                        "indexes": [
                            models.Index(fields=["group", "ground_key"], name="conduct_com_group_i_8a743a_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "year", "number"), name="one_commendation_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["proposed", "granted", "submitted", "awarded", "declined", "withdrawn"],
                                    )
                                ),
                                name="commendation_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommendationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=12)),
                        ("account", models.CharField(max_length=64)),
                        ("role", models.CharField(max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("note", models.CharField(blank=True, max_length=400)),
                        ("clauses", models.JSONField(default=list)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "commendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="conduct.commendation",
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Honoured",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agency", models.CharField(max_length=20)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("name_key", models.CharField(blank=True, max_length=120)),
                        ("post", models.CharField(blank=True, max_length=200)),
                        ("deeds", models.CharField(max_length=600)),
                        ("figures", models.JSONField(default=list)),
                        (
                            "commendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honoured",
                                to="conduct.commendation",
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
                    name="Replacement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("agency", models.CharField(max_length=20)),
                        ("holder", models.CharField(max_length=200)),
                        ("action", models.CharField(max_length=60)),
                        ("stage", models.CharField(max_length=10)),
                        ("ground", models.CharField(max_length=600)),
                        ("opened_at", models.DateTimeField()),
                        ("opened_by", models.UUIDField()),
                        ("paper_id", models.BigIntegerField(help_text="the letter in the papers room", null=True)),
                        ("answer_number", models.CharField(blank=True, max_length=80)),
                        ("answer_dated", models.DateField(null=True)),
                        ("answer_agrees", models.BooleanField(null=True)),
                        ("answer_nominee", models.CharField(blank=True, max_length=200)),
                        ("answer_post", models.CharField(blank=True, max_length=160)),
                        ("answer_text", models.CharField(blank=True, max_length=600)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacements",
                                to="offices.group",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacements",
                                to="offices.seat",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_replacement_a_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("seat",),
                                name="one_open_replacement_a_seat",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplacementEvidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("task", models.BigIntegerField()),
                        ("ref", models.CharField(max_length=80)),
                        ("title", models.CharField(max_length=400)),
                        ("due", models.DateField()),
                        ("state", models.CharField(max_length=20)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "replacement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="conduct.replacement",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReplacementStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=12)),
                        ("at", models.DateTimeField()),
                        ("account", models.UUIDField()),
                        ("role", models.CharField(max_length=40)),
                        ("clauses", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "replacement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="conduct.replacement",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Violation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "mark",
                            models.CharField(
                                help_text="the id in permits and the ledger; tells nothing", max_length=32, unique=True
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("post", models.CharField(max_length=200)),
                        ("agency", models.CharField(max_length=20)),
                        ("acts", models.TextField()),
                        ("rules", models.CharField(max_length=400)),
                        ("happened_on", models.DateField()),
                        ("opened_at", models.DateTimeField()),
                        ("step", models.CharField(default="opened", max_length=10)),
                        ("statement", models.TextField(blank=True)),
                        ("heard_on", models.DateField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=600)),
                        ("paper", models.CharField(blank=True, max_length=80)),
                        ("paper_on", models.DateField(null=True)),
                        ("passed_to", models.CharField(blank=True, max_length=200)),
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
                            models.UniqueConstraint(fields=("group", "year", "number"), name="one_violation_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("step__in", ["opened", "heard", "handled", "passed_on", "dropped"])
                                ),
                                name="violation_step_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("step__in", ["heard", "handled"]), _negated=True),
                                    ("heard_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="nobody_handled_unheard",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ViolationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=12)),
                        ("account", models.CharField(max_length=64)),
                        ("role", models.CharField(max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("note", models.CharField(blank=True, max_length=400)),
                        ("clauses", models.JSONField(default=list)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "violation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="conduct.violation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ViolationLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("account", models.CharField(max_length=64)),
                        ("role", models.CharField(max_length=40)),
                        ("purpose", models.CharField(max_length=200)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "violation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to="conduct.violation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
            ],
        ),
    ]
