import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("offices", "0001_initial"),
        ("offices", "0002_installationseat"),
        ("offices", "0003_group_ending"),
        ("offices", "0004_people_and_seals"),
        ("offices", "0005_agencies_apart"),
    ]

    initial = True

    dependencies = []

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="InstallationSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField(db_index=True)),
                        ("role", models.CharField(max_length=40)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=80)),
                        (
                            "ended_on",
                            models.DateField(help_text="the last day, once it is merged or abolished", null=True),
                        ),
                        ("ended_by", models.CharField(blank=True, help_text="the paper that ended it", max_length=120)),
                        ("successors", models.ManyToManyField(related_name="predecessors", to="offices.agency")),
                        (
                            "groups",
                            models.ManyToManyField(
                                related_name="agencies", through="offices.Service", to="offices.group"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AgencyName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=80)),
                        ("until", models.DateField()),
                        ("instrument", models.CharField(help_text="the paper that gave the next name", max_length=120)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_names",
                                to="offices.agency",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Group",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=80)),
                        ("level", models.CharField(max_length=20)),
                        ("unit_code", models.CharField(max_length=10)),
                        ("unit_on", models.DateField(help_text="a code means a unit only on a date")),
                        ("charter_line", models.SlugField(max_length=80)),
                        ("own_day", models.DateField(null=True)),
                        ("is_demo", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        ("ended_on", models.DateField(help_text="the last day, once it has handed over", null=True)),
                        (
                            "ended_by",
                            models.CharField(blank=True, help_text="number of the paper that ended it", max_length=80),
                        ),
                        ("ended_signed_on", models.DateField(null=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="offices.group",
                            ),
                        ),
                        ("predecessors", models.ManyToManyField(related_name="successors", to="offices.group")),
                    ],
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField(db_index=True, null=True)),
                        ("holder", models.CharField(max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        (
                            "instrument",
                            models.CharField(blank=True, help_text="number of the appointing paper", max_length=120),
                        ),
                        ("instrument_on", models.DateField(null=True)),
                        (
                            "ended_by",
                            models.CharField(blank=True, help_text="number of the paper that ended it", max_length=120),
                        ),
                        ("ended_on", models.DateField(help_text="date of that paper", null=True)),
                        ("recorded_at", models.DateTimeField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="offices.seat",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("is_head", models.BooleanField(default=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="offices.agency"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("agency", "title"), name="one_post_a_title")],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("charter_hash", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="offices.appointment",
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agency_code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=200)),
                        ("custodian", models.CharField(max_length=200)),
                        (
                            "specimen",
                            models.CharField(
                                blank=True, help_text="SHA-256 of the kept picture of its print", max_length=64
                            ),
                        ),
                        ("suffix", models.CharField(blank=True, max_length=5)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seals", to="offices.group"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=40)),
                        ("agency_code", models.CharField(blank=True, max_length=20)),
                        ("title", models.CharField(max_length=120)),
                        ("post", models.CharField(blank=True, max_length=160)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                blank=True, help_text="nominee of an agency, or holder of a post", max_length=8
                            ),
                        ),
                        (
                            "mark",
                            models.CharField(
                                blank=True,
                                help_text="tells seats of one role and agency from each other",
                                max_length=20,
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="offices.group"
                            ),
                        ),
                        (
                            "post_held",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="offices.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "role", "agency_code", "mark"), name="one_seat_a_place"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "actions",
                            models.JSONField(default=list, help_text="actions covered; empty means every action"),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(null=True)),
                        ("ground", models.CharField(max_length=300)),
                        (
                            "instrument",
                            models.CharField(
                                blank=True, help_text="number of the paper, where one was made", max_length=120
                            ),
                        ),
                        ("instrument_on", models.DateField(null=True)),
                        (
                            "paper_id",
                            models.BigIntegerField(help_text="the draft or paper in the papers room", null=True),
                        ),
                        ("revoke_reason", models.CharField(blank=True, max_length=300)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "from_seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations_given",
                                to="offices.seat",
                            ),
                        ),
                        (
                            "to_seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations_held",
                                to="offices.seat",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("recorded_by", models.UUIDField()),
                        ("ground", models.CharField(blank=True, max_length=300)),
                        (
                            "planned_until",
                            models.DateTimeField(help_text="as first recorded, where it ended earlier", null=True),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="offices.seat"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.agency")),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("group", "code"), name="one_agency_a_code")],
                    },
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("charter_hash", models.CharField(max_length=64)),
                        ("read_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("entered_by", models.UUIDField()),
                        ("on_paper", models.BooleanField(default=False)),
                        ("scan", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=5)),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to="offices.appointment",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to="offices.group",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("appointment", "charter_hash"), name="one_acknowledgement_a_version"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
