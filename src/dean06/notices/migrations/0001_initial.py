import dean06.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("offices", "0003_group_ending")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Mailbox",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField(unique=True)),
                        ("address", models.EmailField(max_length=200)),
                        ("entered_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("asked_at", models.DateTimeField(help_text="when the link was last sent", null=True)),
                        (
                            "refused_at",
                            models.DateTimeField(help_text="since when its server refuses letters for good", null=True),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Choice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField()),
                        ("kind", models.CharField(max_length=30)),
                        ("in_app", models.BooleanField(default=True)),
                        ("mail", models.CharField(max_length=8)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "kind"), name="one_choice_a_kind"),
                            models.CheckConstraint(
                                condition=models.Q(("mail__in", ["never", "at_once", "daily", "weekly"])),
                                name="choice_mail_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField()),
                        ("address", models.CharField(max_length=200)),
                        ("confirms", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField()),
                        ("state", models.CharField(default="queued", max_length=8)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        (
                            "free_at",
                            models.DateTimeField(
                                help_text="a worker has it in hand, or waits after a failed try, until then"
                            ),
                        ),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "note",
                            models.CharField(
                                blank=True, help_text="the server's code and our sentence; no address", max_length=200
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "free_at"], name="notices_let_state_e1f3b5_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["queued", "sending", "sent", "refused", "unsure"])),
                                name="letter_state_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.UUIDField()),
                        (
                            "seat",
                            models.BigIntegerField(
                                help_text="the seat it was told in; read only while that is held", null=True
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("vi", models.CharField(max_length=500)),
                        ("en", models.CharField(max_length=500)),
                        ("article", models.CharField(blank=True, max_length=20)),
                        ("clause", models.CharField(blank=True, max_length=20)),
                        ("point", models.CharField(blank=True, max_length=20)),
                        ("route", models.CharField(max_length=60)),
                        ("args", models.JSONField(default=list)),
                        ("at", models.DateTimeField()),
                        ("key", models.CharField(max_length=120)),
                        ("restricted", models.BooleanField(default=False)),
                        ("in_app", models.BooleanField(default=True)),
                        ("mail", models.CharField(max_length=8)),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.group"
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="notices.letter",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["account", "-at"], name="notices_not_account_ff289c_idx"),
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["account", "group"],
                                name="notices_unread",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("letter", None), ("read_at", None), models.Q(("mail", "never"), _negated=True)
                                ),
                                fields=["mail", "at"],
                                name="notices_unsent",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "account", "key"), name="a_notice_is_told_once"),
                            models.CheckConstraint(
                                condition=models.Q(("mail__in", ["never", "at_once", "daily", "weekly"])),
                                name="notice_mail_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
