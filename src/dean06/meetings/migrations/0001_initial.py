import dean06.tables
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("offices", "0003_group_ending")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Feed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.CharField(max_length=64)),
                        ("of_group", models.BooleanField(default=False)),
                        ("token_sha256", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(null=True)),
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
                    name="Invitee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seat_id", models.BigIntegerField(null=True)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("name", models.CharField(max_length=120)),
                        ("post", models.CharField(blank=True, max_length=200)),
                        ("account", models.CharField(blank=True, max_length=64)),
                        ("organisation", models.CharField(blank=True, max_length=200)),
                        ("votes", models.BooleanField(default=False)),
                        ("order", models.PositiveIntegerField(default=0)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitees",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("seat_id__isnull", False)),
                                fields=("meeting", "seat_id"),
                                name="a_seat_is_invited_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("votes", False), ("seat_id__isnull", False), _connector="OR"),
                                name="a_guest_has_no_vote",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Elector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on_roll", models.BooleanField()),
                        ("by_substitute", models.BooleanField(default=False)),
                        ("substitute_account", models.CharField(blank=True, max_length=64)),
                        ("conflict", models.BooleanField(default=False)),
                        ("voted", models.BooleanField(default=False)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "invitee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.invitee"
                            ),
                        ),
                        (
                            "vote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="electors", to="meetings.vote"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [models.UniqueConstraint(fields=("vote", "invitee"), name="one_elector_a_seat")],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=200)),
                        ("about", models.CharField(blank=True, max_length=500)),
                        (
                            "search",
                            models.CharField(
                                help_text="number, title and place folded without tone marks", max_length=600
                            ),
                        ),
                        ("place", models.CharField(max_length=200)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField(help_text="as planned")),
                        ("state", models.CharField(default="draft", max_length=10)),
                        ("chair_seat", models.BigIntegerField()),
                        ("chair_name", models.CharField(max_length=120)),
                        ("chair_post", models.CharField(blank=True, max_length=200)),
                        ("chair_role", models.CharField(max_length=40)),
                        ("chair_account", models.CharField(blank=True, max_length=64)),
                        ("secretary_seat", models.BigIntegerField(null=True)),
                        ("secretary_name", models.CharField(blank=True, max_length=120)),
                        ("secretary_post", models.CharField(blank=True, max_length=200)),
                        ("secretary_account", models.CharField(blank=True, max_length=64)),
                        ("created_at", models.DateTimeField()),
                        ("created_by", models.CharField(max_length=64)),
                        ("convened_at", models.DateTimeField(null=True)),
                        ("convened_role", models.CharField(blank=True, max_length=40)),
                        ("convened", models.JSONField(default=dict, help_text="the clauses it was convened under")),
                        (
                            "presiding",
                            models.JSONField(default=dict, help_text="the clauses under which the chair presides"),
                        ),
                        ("agenda_approved_at", models.DateTimeField(null=True)),
                        (
                            "agenda",
                            models.JSONField(default=dict, help_text="the clauses under which the agenda was approved"),
                        ),
                        (
                            "content_at",
                            models.DateTimeField(help_text="content and situation report were ready", null=True),
                        ),
                        ("opened_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("cancelled_at", models.DateTimeField(null=True)),
                        ("cancel_reason", models.CharField(blank=True, max_length=400)),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0, help_text="how often a calendar was told of a change"
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_ones",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="meetings.series",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["group", "starts_at"], name="meetings_me_group_i_c12d99_idx"),
                            models.Index(fields=["group", "state"], name="meetings_me_group_i_e01b19_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "year", "number"), name="one_meeting_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "convened", "open", "closed", "cancelled"])),
                                name="meeting_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "regular",
                                            "six_month_review",
                                            "year_end_summary",
                                            "ad_hoc",
                                            "working_session",
                                        ],
                                    )
                                ),
                                name="meeting_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("kind", models.CharField(default="decide", max_length=10)),
                        ("minutes", models.PositiveIntegerField(default=15)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("state", models.CharField(default="waiting", max_length=10)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "notes",
                            models.TextField(blank=True, help_text="the discussion, as the secretary writes it down"),
                        ),
                        (
                            "carried_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carried_to",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="meetings.meeting"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Conclusion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("coordinating", models.JSONField(default=list)),
                        ("due", models.DateField(null=True)),
                        ("task_id", models.BigIntegerField(null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conclusions",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conclusions",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "number"), name="one_conclusion_a_number")
                        ],
                    },
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
                        ("reported_at", models.DateTimeField(null=True)),
                        ("reported_to", models.CharField(blank=True, max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=400)),
                        ("consent", models.BooleanField(null=True)),
                        ("consent_at", models.DateTimeField(null=True)),
                        ("consent_role", models.CharField(blank=True, max_length=40)),
                        ("substitute_name", models.CharField(blank=True, max_length=120)),
                        ("substitute_post", models.CharField(blank=True, max_length=200)),
                        ("substitute_account", models.CharField(blank=True, max_length=64)),
                        ("opinion_at", models.DateTimeField(null=True)),
                        ("opinion_text", models.TextField(blank=True)),
                        ("opinion_sha256", models.CharField(blank=True, max_length=64)),
                        ("opinion_suffix", models.CharField(blank=True, max_length=8)),
                        ("opinion_name", models.CharField(blank=True, max_length=200)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "invitee",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absence",
                                to="meetings.invitee",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OpenBallot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("choice", models.CharField(max_length=10)),
                        ("at", models.DateTimeField()),
                        ("from_paper", models.BooleanField(default=False)),
                        (
                            "elector",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballot",
                                to="meetings.elector",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("choice__in", ["favour", "against", "other"])),
                                name="open_ballot_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Position",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("choice", models.CharField(max_length=10)),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "invitee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.invitee"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="meetings.item",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "invitee"), name="one_position_a_seat")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        ("by_substitute", models.BooleanField(default=False)),
                        ("how", models.CharField(help_text="marked, pasted or code", max_length=10)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "invitee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="meetings.invitee",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("invitee",), name="in_the_room_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="presence_ends_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "filed_at",
                            models.DateTimeField(
                                help_text="the first time; what is filed later replaces it and keeps this"
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                        ("text", models.TextField(blank=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=8)),
                        ("name", models.CharField(blank=True, max_length=200)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "invitee",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report",
                                to="meetings.invitee",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("matter", models.CharField(max_length=300)),
                        ("search", models.CharField(max_length=600)),
                        ("situation", models.TextField(blank=True)),
                        ("why", models.CharField(help_text="why no meeting is held", max_length=400)),
                        ("opened_at", models.DateTimeField()),
                        ("opened_by", models.CharField(max_length=64)),
                        ("opened_role", models.CharField(max_length=40)),
                        ("closes_at", models.DateTimeField(help_text="exclusive: the first instant that is too late")),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("rules", models.JSONField(default=list)),
                        ("count", models.JSONField(default=dict)),
                        ("silent", models.PositiveIntegerField(default=0)),
                        ("outcome", models.CharField(blank=True, max_length=10)),
                        ("cited", models.JSONField(default=dict)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["group", "closes_at"], name="meetings_ro_group_i_589fe8_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "year", "number"), name="one_round_a_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                blank=True, help_text="the form it was made from by the meeting's facts", max_length=40
                            ),
                        ),
                        (
                            "about",
                            models.CharField(blank=True, help_text="whom it is for, where each has one", max_length=40),
                        ),
                        ("paper_id", models.BigIntegerField(null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=8)),
                        ("name", models.CharField(blank=True, max_length=200)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="meetings.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Happening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=24)),
                        ("actor", models.CharField(max_length=64)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        (
                            "note",
                            models.CharField(
                                blank=True, help_text="what it was about, in the meeting's own words", max_length=300
                            ),
                        ),
                        ("cited", models.JSONField(default=dict)),
                        ("permit", models.CharField(max_length=64)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="happenings",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="happenings",
                                to="meetings.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["meeting", "at"], name="meetings_ha_meeting_6f59ec_idx"),
                            models.Index(fields=["round", "at"], name="meetings_ha_round_i_f10917_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("meeting__isnull", False), ("round", None)),
                                    models.Q(("meeting", None), ("round__isnull", False)),
                                    _connector="OR",
                                ),
                                name="happened_to_one_thing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Asked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seat_id", models.BigIntegerField()),
                        ("role", models.CharField(max_length=40)),
                        ("agency", models.CharField(blank=True, max_length=20)),
                        ("name", models.CharField(max_length=120)),
                        ("post", models.CharField(blank=True, max_length=200)),
                        ("account", models.CharField(blank=True, max_length=64)),
                        ("choice", models.CharField(blank=True, max_length=10)),
                        ("reason", models.CharField(blank=True, max_length=2000)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField(null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=8)),
                        ("name_of_file", models.CharField(blank=True, max_length=200)),
                        ("reminded_at", models.DateTimeField(null=True)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="asked", to="meetings.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "seat_id"), name="a_seat_is_asked_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("group", "name"), name="one_series_a_name")],
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("question", models.CharField(max_length=500)),
                        ("secret", models.BooleanField(default=False)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("void_reason", models.CharField(blank=True, max_length=400)),
                        ("is_open", models.BooleanField(default=True)),
                        ("rules", models.JSONField(default=list)),
                        ("count", models.JSONField(default=dict)),
                        ("outcome", models.CharField(blank=True, max_length=10)),
                        ("decided_by_chair", models.BooleanField(default=False)),
                        ("cited", models.JSONField(default=dict)),
                        ("scan_sha256", models.CharField(blank=True, max_length=64)),
                        ("scan_suffix", models.CharField(blank=True, max_length=8)),
                        ("scan_name", models.CharField(blank=True, max_length=200)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="meetings.item"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="meetings.meeting"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_open", True)),
                                fields=("meeting",),
                                name="one_open_vote_a_meeting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecretBallot",
                    fields=[
                        ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("choice", models.CharField(max_length=10)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "vote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secret_ballots",
                                to="meetings.vote",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("choice__in", ["favour", "against", "other"])),
                                name="secret_ballot_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mode", models.CharField(max_length=10)),
                        ("text", models.TextField()),
                        ("outcome", models.CharField(max_length=10)),
                        ("at", models.DateTimeField()),
                        ("account", models.CharField(max_length=64)),
                        ("by_name", models.CharField(blank=True, max_length=120)),
                        ("cited", models.JSONField(default=dict)),
                        ("undone", models.BooleanField(default=False)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "vote",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="meetings.vote",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=10)),
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
                                fields=("group", "what", "year"), name="one_counter_of_meetings_a_year"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
