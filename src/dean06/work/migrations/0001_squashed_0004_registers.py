import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("work", "0001_initial"),
        ("work", "0002_succession"),
        ("work", "0003_tasks_of_every_origin"),
        ("work", "0004_registers"),
    ]

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
                        ("last", models.PositiveIntegerField(default=0)),
                        ("last_directive", models.PositiveIntegerField(default=0)),
                        ("last_matter", models.PositiveIntegerField(default=0)),
                        ("last_plan", models.PositiveIntegerField(default=0)),
                        (
                            "group",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
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
                        ("register", models.CharField(max_length=40)),
                        ("year", models.PositiveIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("state", models.CharField(max_length=40)),
                        ("closed", models.BooleanField(default=False, help_text="no work is owed in its state")),
                        ("level", models.CharField(default="thuong", max_length=12)),
                        ("title", models.CharField(max_length=300)),
                        (
                            "search",
                            models.CharField(
                                help_text="number, heading and texts folded without tone marks", max_length=1200
                            ),
                        ),
                        ("values", models.JSONField(default=dict)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        (
                            "partners",
                            models.CharField(
                                blank=True, help_text="codes between semicolons: ;POL;TP;", max_length=300
                            ),
                        ),
                        ("due", models.DateField(null=True)),
                        ("since", models.DateField(help_text="the day its age counts from")),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("opened_by", models.CharField(max_length=64)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        (
                            "origin",
                            models.CharField(blank=True, help_text="the norm or code it was made from", max_length=120),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["group", "register", "state", "due"], name="work_entry_group_i_5be55c_idx"
                            ),
                            models.Index(
                                fields=["group", "register", "closed", "since"], name="work_entry_group_i_a09619_idx"
                            ),
                            models.Index(
                                fields=["group", "agency", "closed", "due"], name="work_entry_group_i_28b4fa_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "register", "year", "number"), name="one_entry_a_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("origin", ""), _negated=True),
                                fields=("group", "register", "origin"),
                                name="one_entry_an_origin",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["thuong", "han_che"])),
                                name="entry_is_no_state_secret",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed", True), ("closed_at__isnull", False)),
                                    models.Q(("closed", False), ("closed_at", None)),
                                    _connector="OR",
                                ),
                                name="entry_closed_has_its_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryCounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("register", models.CharField(max_length=40)),
                        ("year", models.PositiveIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
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
                                fields=("group", "register", "year"), name="one_entry_counter_a_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=12)),
                        ("move", models.CharField(blank=True, max_length=40)),
                        ("state_before", models.CharField(blank=True, max_length=40)),
                        ("state_after", models.CharField(max_length=40)),
                        ("actor", models.CharField(max_length=64)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("seat", models.CharField(blank=True, max_length=64)),
                        (
                            "citations",
                            models.JSONField(default=list, help_text="clauses relied on, as dotted addresses"),
                        ),
                        (
                            "charter",
                            models.CharField(blank=True, help_text="hash of the text that decided", max_length=64),
                        ),
                        (
                            "line",
                            models.CharField(blank=True, help_text="line of the text that decided", max_length=64),
                        ),
                        ("outcome", models.CharField(max_length=16)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "paper",
                            models.CharField(
                                blank=True, help_text="the agency's paper where it was recorded for it", max_length=120
                            ),
                        ),
                        ("before", models.CharField(blank=True, help_text="digest of the entry before", max_length=64)),
                        ("after", models.CharField(help_text="digest of the entry after", max_length=64)),
                        ("changed", models.JSONField(default=dict, help_text="field: [old, new]")),
                        ("level_before", models.CharField(blank=True, max_length=12)),
                        ("note", models.CharField(blank=True, help_text="a code or file name", max_length=120)),
                        ("undone", models.BooleanField(default=False)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="work.entry"
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
                        "indexes": [
                            models.Index(fields=["entry", "undone"], name="work_entrye_entry_i_c976e9_idx"),
                            models.Index(fields=["group", "at"], name="work_entrye_group_i_56d83f_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "opened",
                                            "moved",
                                            "edited",
                                            "undone",
                                            "linked",
                                            "unlinked",
                                            "put",
                                            "taken_out",
                                        ],
                                    )
                                ),
                                name="entry_event_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("kept_sha256", models.CharField(max_length=64)),
                        ("suffix", models.CharField(max_length=8)),
                        ("size", models.PositiveIntegerField()),
                        ("level", models.CharField(default="thuong", max_length=12)),
                        ("at", models.DateTimeField()),
                        ("taken_out_at", models.DateTimeField(null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="work.entry"
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
                            models.UniqueConstraint(
                                condition=models.Q(("taken_out_at", None)),
                                fields=("entry", "kept_sha256"),
                                name="one_file_once_at_an_entry",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["thuong", "han_che"])),
                                name="entry_file_is_no_state_secret",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=12)),
                        ("target", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="work.entry"
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
                        "indexes": [
                            models.Index(fields=["group", "kind", "target"], name="work_entryl_group_i_e36a87_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("entry", "kind", "target"), name="one_entry_link_a_target"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["task", "paper", "meeting", "entry"])),
                                name="entry_link_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Matter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("words", models.TextField(blank=True)),
                        ("search", models.CharField(max_length=600)),
                        ("important", models.BooleanField(default=False)),
                        (
                            "exceeds",
                            models.BooleanField(default=False, help_text="beyond the competence of whoever handles it"),
                        ),
                        ("routine", models.BooleanField(default=False)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("raised_at", models.DateTimeField()),
                        ("raised_by", models.CharField(max_length=64)),
                        ("escalated_at", models.DateTimeField(null=True)),
                        ("escalated_by", models.CharField(blank=True, max_length=64)),
                        ("escalated_role", models.CharField(blank=True, max_length=40)),
                        ("escalated_words", models.TextField(blank=True)),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("settled_by", models.CharField(blank=True, max_length=64)),
                        ("settled_role", models.CharField(blank=True, max_length=40)),
                        ("settled_words", models.TextField(blank=True)),
                        ("power", models.CharField(blank=True, help_text="own, absence or delegation", max_length=20)),
                        ("cites", models.JSONField(default=list)),
                        ("charter_hash", models.CharField(blank=True, max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-number"],
                        "indexes": [
                            models.Index(fields=["group", "settled_at"], name="work_matter_group_i_fa77c8_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_matter_a_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("agency", models.CharField(blank=True, help_text="whose detailed plan it is", max_length=20)),
                        (
                            "higher",
                            models.CharField(
                                blank=True, help_text="the plan above that it carries out", max_length=300
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                help_text="why it is drafted where the charter names another",
                                max_length=500,
                            ),
                        ),
                        ("state", models.CharField(default="draft", max_length=10)),
                        ("drafted_at", models.DateTimeField()),
                        ("drafted_by", models.CharField(max_length=64)),
                        ("submitted_at", models.DateTimeField(null=True)),
                        ("submitted_by", models.CharField(blank=True, max_length=64)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("approved_by", models.CharField(blank=True, max_length=64)),
                        ("cites", models.JSONField(default=list)),
                        ("charter_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "returned",
                            models.CharField(blank=True, help_text="why it was sent back last", max_length=500),
                        ),
                        (
                            "paper",
                            models.PositiveBigIntegerField(help_text="the paper by which it is issued", null=True),
                        ),
                        ("issued_at", models.DateTimeField(null=True)),
                        ("issued_by", models.CharField(blank=True, help_text="role of the signer", max_length=40)),
                        ("issued_label", models.CharField(blank=True, max_length=80)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-year", "-number"],
                        "indexes": [
                            models.Index(fields=["group", "year", "kind"], name="work_plan_group_i_f3e6f4_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_plan_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["programme", "plan", "inspection_plan", "subplan"])),
                                name="plan_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "approved", "issued", "filed", "dropped"])
                                ),
                                name="plan_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("register", models.CharField(max_length=40)),
                        ("since", models.DateField()),
                        ("hidden", models.JSONField(default=list)),
                        ("added", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        ("by", models.CharField(max_length=64)),
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
                        "indexes": [
                            models.Index(fields=["group", "register", "since"], name="work_regist_group_i_ba8b3d_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedFilter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "query",
                            models.CharField(help_text="as it stands in the address of the list", max_length=500),
                        ),
                        ("shared", models.BooleanField(default=False)),
                        ("kept_at", models.DateTimeField()),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "account", "name"), name="one_filter_a_name")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        (
                            "search",
                            models.CharField(
                                help_text="title, number and agencies folded without tone marks", max_length=600
                            ),
                        ),
                        ("origin", models.CharField(max_length=20)),
                        ("origin_ref", models.CharField(blank=True, max_length=80)),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="the paper or saying it comes from, in words", max_length=300
                            ),
                        ),
                        (
                            "source_paper",
                            models.PositiveBigIntegerField(
                                help_text="number of that paper in the room of papers", null=True
                            ),
                        ),
                        ("addressed", models.CharField(default="member", max_length=10)),
                        (
                            "body",
                            models.CharField(
                                blank=True, help_text="the body asked, where it is none of the group", max_length=200
                            ),
                        ),
                        ("lead", models.CharField(max_length=20)),
                        (
                            "accountable",
                            models.CharField(
                                blank=True, help_text="the one person the lead agency names", max_length=200
                            ),
                        ),
                        (
                            "expected",
                            models.CharField(blank=True, help_text="the result that is to come of it", max_length=500),
                        ),
                        ("important", models.BooleanField(default=False)),
                        ("article", models.CharField(blank=True, max_length=20)),
                        ("clause", models.CharField(blank=True, max_length=20)),
                        ("point", models.CharField(blank=True, max_length=20)),
                        ("norm", models.CharField(blank=True, max_length=80)),
                        ("charter_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "reading",
                            models.TextField(
                                blank=True, help_text="the reading of the clause, where the assignment is one"
                            ),
                        ),
                        ("assigned_by_account", models.CharField(max_length=64)),
                        ("assigned_by_role", models.CharField(max_length=40)),
                        ("assigned_by_seat", models.CharField(max_length=64)),
                        ("permit", models.CharField(max_length=64)),
                        ("standing_permit", models.CharField(blank=True, max_length=64)),
                        ("opened_at", models.DateTimeField()),
                        ("due", models.DateField()),
                        ("bound", models.DateTimeField(help_text="exclusive: the first instant that is too late")),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(default=0, help_text="how far the lead agency says it is"),
                        ),
                        (
                            "first_due",
                            models.DateField(help_text="the last day before it was first extended", null=True),
                        ),
                        (
                            "reported_at",
                            models.DateTimeField(
                                help_text="when the result that waits or was accepted came in", null=True
                            ),
                        ),
                        ("status", models.CharField(default="open", max_length=12)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("closed_by", models.CharField(blank=True, help_text="the run that proved it", max_length=80)),
                        ("reopened", models.PositiveIntegerField(default=0)),
                        (
                            "claimed",
                            models.PositiveIntegerField(
                                default=0, help_text="rows the agency says it corrected, last word"
                            ),
                        ),
                        (
                            "came_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="went_to",
                                to="work.task",
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
                        "indexes": [
                            models.Index(fields=["group", "status", "due"], name="work_task_group_i_b1810a_idx"),
                            models.Index(
                                fields=["group", "lead", "status", "due"], name="work_task_group_i_6f9015_idx"
                            ),
                            models.Index(fields=["group", "due", "number"], name="work_task_group_i_ac98ff_idx"),
                            models.Index(fields=["group", "status", "bound"], name="work_task_group_i_03287d_idx"),
                            models.Index(fields=["group", "origin", "origin_ref"], name="work_task_group_i_6cf0c1_idx"),
                            models.Index(fields=["group", "closed_at"], name="work_task_group_i_4d712f_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_task_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("done__lte", models.F("total"))), name="task_done_within_total"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["open", "reported", "done", "reopened", "cancelled", "handed_over", "ended"],
                                    )
                                ),
                                name="task_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "origin__in",
                                        ["finding", "plan", "conclusion", "directive", "own", "report", "request"],
                                    )
                                ),
                                name="task_origin_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__lte", 100)), name="task_percent_within_hundred"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("addressed__in", ["member", "outside"])),
                                name="task_addressed_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("status", "done")),
                                    models.Q(models.Q(("status", "done"), _negated=True), ("closed_at", None)),
                                    _connector="OR",
                                ),
                                name="task_done_has_its_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveIntegerField()),
                        ("key", models.CharField(max_length=80)),
                        ("label", models.CharField(blank=True, help_text="its number as printed", max_length=20)),
                        ("heading", models.CharField(blank=True, max_length=300)),
                        ("content", models.CharField(max_length=1000)),
                        ("lead", models.CharField(blank=True, max_length=20)),
                        ("coordinating", models.JSONField(default=list)),
                        ("due", models.DateField(null=True)),
                        ("due_words", models.CharField(blank=True, help_text="the deadline as printed", max_length=80)),
                        ("product", models.CharField(blank=True, max_length=500)),
                        (
                            "gone",
                            models.BooleanField(default=False, help_text="left out when its list was imported again"),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="work.plan"
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan_lines",
                                to="work.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place", "pk"],
                        "indexes": [
                            models.Index(fields=["group", "plan", "place"], name="work_planli_group_i_c7b5ac_idx")
                        ],
                        "constraints": [models.UniqueConstraint(fields=("plan", "key"), name="one_line_a_key")],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("asked_by", models.CharField(max_length=64)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("wanted", models.DateField()),
                        ("ground", models.CharField(max_length=500)),
                        ("before", models.DateField(help_text="the last day when it was asked for")),
                        ("answer", models.CharField(blank=True, max_length=10)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=64)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("given", models.DateField(null=True)),
                        (
                            "cites",
                            models.JSONField(
                                default=list, help_text="the clauses the answer rests on, as dotted addresses"
                            ),
                        ),
                        ("charter_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="work.task"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["group", "answer"], name="work_extens_group_i_44bdc6_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "")), fields=("task",), name="one_extension_waits_a_task"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coordination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agency", models.CharField(max_length=20)),
                        ("part", models.CharField(default="phoi_hop", max_length=10)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coordinations",
                                to="work.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["group", "agency", "task"], name="work_coordi_group_i_1257a7_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("task", "agency"), name="an_agency_coordinates_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=20)),
                        ("actor", models.CharField(max_length=64)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("note", models.CharField(blank=True, help_text="a code, never free text", max_length=80)),
                        (
                            "words",
                            models.TextField(blank=True, help_text="what was said, kept here and never in the ledger"),
                        ),
                        ("percent", models.PositiveSmallIntegerField(null=True)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        (
                            "proof",
                            models.CharField(
                                blank=True, help_text="the run, or the paper, that the event rests on", max_length=80
                            ),
                        ),
                        ("file_sha256", models.CharField(blank=True, max_length=64)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "before",
                            models.JSONField(
                                default=dict, help_text="the state the event found, for taking a run back"
                            ),
                        ),
                        (
                            "undone",
                            models.BooleanField(
                                default=False, help_text="taken back, with the run it rests on or by hand"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="work.task"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["group", "kind", "at"], name="work_taskev_group_i_d35758_idx"),
                            models.Index(fields=["task", "proof"], name="work_taskev_task_id_44eb19_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kept_sha256", models.CharField(max_length=64)),
                        ("suffix", models.CharField(max_length=8)),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        ("account", models.CharField(max_length=64)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="work.task"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("task", "kept_sha256"), name="a_file_shows_a_task_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Directive",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("words", models.TextField()),
                        ("search", models.CharField(max_length=600)),
                        ("given_by", models.CharField(max_length=200)),
                        ("given_on", models.DateField()),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("source_paper", models.PositiveBigIntegerField(null=True)),
                        ("recorded_at", models.DateTimeField()),
                        ("recorded_by", models.CharField(max_length=64)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-given_on", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="one_directive_a_number")
                        ],
                    },
                ),
            ],
        ),
    ]
