import dean06.tables
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("identity", "0001_initial"), ("identity", "0002_second_factor"), ("identity", "0003_invitations")]

    initial = True

    dependencies = []

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=150, unique=True)),
                        ("full_name", models.CharField(max_length=200)),
                        ("public_id", models.UUIDField(unique=True)),
                        ("language", models.CharField(default="vi", max_length=2)),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_demo", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        ("email", models.CharField(blank=True, max_length=254)),
                        (
                            "sessions",
                            models.PositiveIntegerField(
                                default=0, help_text="raised when every session of the account must end"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("join", "Lời mời"), ("reset", "Cấp lại đường vào")], max_length=5
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        (
                            "sent_to",
                            models.CharField(
                                blank=True, help_text="empty where it was handed over on paper", max_length=254
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("made_by", models.UUIDField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SecondFactor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                        ("begun_at", models.DateTimeField()),
                        (
                            "confirmed_at",
                            models.DateTimeField(
                                help_text="since when it serves; empty while it is being set up", null=True
                            ),
                        ),
                        (
                            "last_step",
                            models.BigIntegerField(
                                default=0, help_text="step of time of the last code taken: it serves once"
                            ),
                        ),
                        (
                            "failures",
                            models.PositiveIntegerField(default=0, help_text="tries since the last right one"),
                        ),
                        ("tried_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="second_factor",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("used_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recovery_codes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "digest"), name="one_recovery_code")
                        ],
                    },
                ),
            ],
        ),
    ]
