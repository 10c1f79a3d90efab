import dean06.tables
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("papers", "0001_initial"),
        ("papers", "0002_dispatches"),
        ("papers", "0003_closed_series"),
        ("papers", "0004_drafting_and_signing"),
        ("papers", "0007_keeping"),
        ("papers", "0008_signing_keys"),
        ("papers", "0009_exchange"),
        ("papers", "0010_templates"),
        ("papers", "0011_connection_permit"),
        ("papers", "0012_reply_to"),
    ]

    initial = True

    dependencies = [("offices", "0003_group_ending")]

    operations = [
        dean06.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Connection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("url", models.CharField(max_length=300)),
                        ("system_id", models.CharField(max_length=100)),
                        ("organ_code", models.CharField(max_length=40)),
                        ("organ_name", models.CharField(max_length=300)),
                        ("in_charge", models.CharField(blank=True, max_length=300)),
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("email", models.CharField(blank=True, max_length=254)),
                        ("telephone", models.CharField(blank=True, max_length=40)),
                        (
                            "permit_digest",
                            models.CharField(
                                blank=True, help_text="the permit that automatic intake cites", max_length=64
                            ),
                        ),
                        (
                            "group",
                            models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="offices.group"),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Dispatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("edxml", "Trục liên thông"),
                                    ("email", "Thư điện tử"),
                                    ("portal", "Cổng thông tin"),
                                    ("paper", "Bản giấy"),
                                    ("none", "Chưa có kênh"),
                                    ("record", "Ghi nhận"),
                                ],
                                default="record",
                                max_length=8,
                            ),
                        ),
                        ("address", models.CharField(blank=True, help_text="e-mail or postal address", max_length=300)),
                        (
                            "organ_code",
                            models.CharField(blank=True, help_text="code in the register of organs", max_length=40),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Chờ gửi"),
                                    ("sent", "Đã gửi"),
                                    ("arrived", "Đã đến"),
                                    ("received", "Đã tiếp nhận"),
                                    ("refused", "Bị từ chối"),
                                    ("failed", "Không gửi được"),
                                    ("recalled", "Đã thu hồi"),
                                ],
                                default="sent",
                                max_length=8,
                            ),
                        ),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("packet_id", models.CharField(blank=True, help_text="id that the axis gave", max_length=200)),
                        ("packet_digest", models.CharField(blank=True, max_length=64)),
                        ("tries", models.PositiveIntegerField(default=0)),
                        (
                            "leased_until",
                            models.DateTimeField(help_text="a worker has it in hand until then", null=True),
                        ),
                        (
                            "handed_over",
                            models.BooleanField(
                                default=False, help_text="a try was begun that may have reached the axis"
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("recipient", models.CharField(max_length=300)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispatches",
                                to="papers.paper",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("paper", "recipient"), name="sent_once_to_each")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("given_by", models.CharField(max_length=64)),
                        ("giver", models.CharField(max_length=200)),
                        ("giver_post", models.CharField(blank=True, max_length=200)),
                        ("given_at", models.DateTimeField()),
                        ("condition", models.CharField(max_length=300)),
                        ("received_by", models.CharField(blank=True, max_length=64)),
                        ("receiver", models.CharField(blank=True, max_length=200)),
                        ("receiver_post", models.CharField(blank=True, max_length=200)),
                        ("received_at", models.DateTimeField(null=True)),
                        ("returned_at", models.DateTimeField(null=True)),
                        ("returned_why", models.CharField(blank=True, max_length=300)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "number"), name="hand_ins_are_counted")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incoming",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveIntegerField(null=True)),
                        ("number", models.PositiveIntegerField(null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("arrived", "Chờ tiếp nhận"),
                                    ("registered", "Đã vào sổ"),
                                    ("handed", "Đã chuyển xử lý"),
                                    ("done", "Đã xử lý xong"),
                                    ("refused", "Từ chối tiếp nhận"),
                                    ("recalled", "Bên gửi thu hồi"),
                                ],
                                default="arrived",
                                max_length=10,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("edxml", "Trục liên thông"),
                                    ("email", "Thư điện tử"),
                                    ("portal", "Cổng thông tin"),
                                    ("paper", "Bản giấy"),
                                    ("none", "Chưa có kênh"),
                                    ("record", "Ghi nhận"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("arrived_at", models.DateTimeField()),
                        ("registered_at", models.DateTimeField(null=True)),
                        ("organ_code", models.CharField(blank=True, max_length=40)),
                        ("organ_name", models.CharField(max_length=300)),
                        (
                            "label",
                            models.CharField(
                                help_text="number and symbol as printed; empty for a paper without", max_length=120
                            ),
                        ),
                        ("dated", models.DateField(null=True)),
                        (
                            "document_id",
                            models.CharField(
                                blank=True, help_text="as its sender names it on the axis", max_length=400
                            ),
                        ),
                        ("kind", models.CharField(max_length=100)),
                        ("abstract", models.CharField(max_length=2000)),
                        ("signer", models.CharField(blank=True, max_length=200)),
                        ("priority", models.PositiveSmallIntegerField(default=0)),
                        ("due", models.DateField(help_text="the sender's own deadline", null=True)),
                        ("pages", models.PositiveIntegerField(default=0)),
                        ("business", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=2000)),
                        ("packet_id", models.CharField(blank=True, max_length=200)),
                        ("packet_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "sealed_by",
                            models.CharField(
                                blank=True, help_text="certificate that signed the packet", max_length=500
                            ),
                        ),
                        ("recall_asked_at", models.DateTimeField(null=True)),
                        ("recall_reason", models.CharField(blank=True, max_length=2000)),
                        ("recalled_at", models.DateTimeField(null=True)),
                        ("handed_to", models.CharField(blank=True, max_length=300)),
                        ("handed_at", models.DateTimeField(null=True)),
                        ("answer_by", models.DateField(help_text="deadline that the group set", null=True)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "duplicate_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicates",
                                to="papers.incoming",
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced",
                                to="papers.incoming",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-priority", "arrived_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "year", "number"), name="an_incoming_number_is_never_reused"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("packet_digest", ""), _negated=True),
                                fields=("group", "packet_digest"),
                                name="a_packet_is_taken_in_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("edxml", "Trục liên thông"),
                                    ("email", "Thư điện tử"),
                                    ("portal", "Cổng thông tin"),
                                    ("paper", "Bản giấy"),
                                    ("none", "Chưa có kênh"),
                                    ("record", "Ghi nhận"),
                                ],
                                default="record",
                                max_length=8,
                            ),
                        ),
                        ("address", models.CharField(blank=True, help_text="e-mail or postal address", max_length=300)),
                        (
                            "organ_code",
                            models.CharField(blank=True, help_text="code in the register of organs", max_length=40),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Chờ gửi"),
                                    ("sent", "Đã gửi"),
                                    ("arrived", "Đã đến"),
                                    ("received", "Đã tiếp nhận"),
                                    ("refused", "Bị từ chối"),
                                    ("failed", "Không gửi được"),
                                    ("recalled", "Đã thu hồi"),
                                ],
                                default="sent",
                                max_length=8,
                            ),
                        ),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("packet_id", models.CharField(blank=True, help_text="id that the axis gave", max_length=200)),
                        ("packet_digest", models.CharField(blank=True, max_length=64)),
                        ("tries", models.PositiveIntegerField(default=0)),
                        (
                            "leased_until",
                            models.DateTimeField(help_text="a worker has it in hand until then", null=True),
                        ),
                        (
                            "handed_over",
                            models.BooleanField(
                                default=False, help_text="a try was begun that may have reached the axis"
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("code", models.CharField(max_length=2)),
                        ("told", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "incoming",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="papers.incoming",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("incoming", "code"), name="a_status_is_told_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IncomingFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("sha256", models.CharField(max_length=64)),
                        ("suffix", models.CharField(max_length=5)),
                        ("size", models.PositiveBigIntegerField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "incoming",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="papers.incoming"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="IncomingSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "year"), name="one_incoming_series_a_year")
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
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("edxml", "Trục liên thông"),
                                    ("email", "Thư điện tử"),
                                    ("portal", "Cổng thông tin"),
                                    ("paper", "Bản giấy"),
                                    ("none", "Chưa có kênh"),
                                    ("record", "Ghi nhận"),
                                ],
                                default="record",
                                max_length=8,
                            ),
                        ),
                        ("address", models.CharField(blank=True, help_text="e-mail or postal address", max_length=300)),
                        (
                            "organ_code",
                            models.CharField(blank=True, help_text="code in the register of organs", max_length=40),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Chờ gửi"),
                                    ("sent", "Đã gửi"),
                                    ("arrived", "Đã đến"),
                                    ("received", "Đã tiếp nhận"),
                                    ("refused", "Bị từ chối"),
                                    ("failed", "Không gửi được"),
                                    ("recalled", "Đã thu hồi"),
                                ],
                                default="sent",
                                max_length=8,
                            ),
                        ),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("packet_id", models.CharField(blank=True, help_text="id that the axis gave", max_length=200)),
                        ("packet_digest", models.CharField(blank=True, max_length=64)),
                        ("tries", models.PositiveIntegerField(default=0)),
                        (
                            "leased_until",
                            models.DateTimeField(help_text="a worker has it in hand until then", null=True),
                        ),
                        (
                            "handed_over",
                            models.BooleanField(
                                default=False, help_text="a try was begun that may have reached the axis"
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "dispatch",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notice", to="papers.dispatch"
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "withdrawal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="papers.withdrawal",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("symbol", models.CharField(max_length=40)),
                        ("number", models.PositiveIntegerField(null=True)),
                        ("year", models.PositiveIntegerField(null=True)),
                        ("abstract", models.CharField(max_length=500)),
                        ("content", models.JSONField()),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                help_text="code of the form it was made from; empty: a journey's",
                                max_length=40,
                            ),
                        ),
                        ("facts", models.JSONField(default=dict, help_text="what was given to the form")),
                        (
                            "stated",
                            models.JSONField(
                                default=list, help_text="words of the vocabulary that its drafter says hold of it"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                default="draft", help_text="draft, asked, signed, issued or dropped", max_length=8
                            ),
                        ),
                        (
                            "manner",
                            models.CharField(blank=True, help_text="digital or hand, once it is signed", max_length=8),
                        ),
                        (
                            "signed_sha256",
                            models.CharField(
                                blank=True, help_text="the PDF as its signer left it, no number yet", max_length=64
                            ),
                        ),
                        (
                            "scan_sha256",
                            models.CharField(blank=True, help_text="the scan of a paper signed by hand", max_length=64),
                        ),
                        (
                            "seal",
                            models.CharField(
                                blank=True, help_text="code of the agency whose seal the charter gives", max_length=40
                            ),
                        ),
                        ("sealed_at", models.DateTimeField(null=True)),
                        ("drafter", models.CharField(blank=True, max_length=36)),
                        ("created_at", models.DateTimeField()),
                        ("issued_at", models.DateTimeField(null=True)),
                        ("signer", models.CharField(blank=True, max_length=200)),
                        ("recipients", models.JSONField(default=list)),
                        ("docx_sha256", models.CharField(max_length=64)),
                        ("pdf_sha256", models.CharField(blank=True, max_length=64)),
                        ("annex_sha256", models.CharField(blank=True, max_length=64)),
                        ("annex_kind", models.CharField(default="xlsx", max_length=4)),
                        (
                            "token",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, help_text="where its proof stands", unique=True
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "reply_to",
                            models.ForeignKey(
                                help_text="what it answers",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="papers.incoming",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "symbol", "year", "number"), name="a_number_is_never_reused"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("section", models.CharField(blank=True, max_length=80)),
                        ("text", models.CharField(max_length=2000)),
                        ("account", models.CharField(max_length=36)),
                        ("author", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="papers.paper"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Appraisal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("docx_sha256", models.CharField(max_length=64)),
                        ("agrees", models.BooleanField()),
                        ("text", models.CharField(max_length=2000)),
                        ("agency", models.CharField(blank=True, max_length=40)),
                        ("author", models.CharField(max_length=300)),
                        ("account", models.CharField(max_length=36)),
                        ("at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="appraisals",
                                to="papers.paper",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="QrChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("shown", models.BooleanField()),
                        (
                            "group",
                            models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="offices.group"),
                        ),
                    ],
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
                        ("symbol", models.CharField(max_length=40)),
                        ("year", models.PositiveIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                        (
                            "closed_on",
                            models.DateField(
                                help_text="the last day of its group; no number is given afterwards", null=True
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "symbol", "year"), name="one_series_a_year")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SetAside",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("packet_id", models.CharField(max_length=200)),
                        ("sender", models.CharField(blank=True, max_length=100)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("at", models.DateTimeField()),
                        ("reason_vi", models.CharField(max_length=1000)),
                        ("reason_en", models.CharField(max_length=1000)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [models.UniqueConstraint(fields=("group", "packet_id"), name="set_aside_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=8)),
                        ("manner", models.CharField(max_length=8)),
                        ("name", models.CharField(max_length=300)),
                        ("title", models.CharField(max_length=300)),
                        ("account", models.CharField(max_length=36)),
                        ("certificate", models.JSONField(default=dict)),
                        ("sha256", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="papers.paper",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("paper", "kind"), name="a_person_and_an_agency_sign_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SigningKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.CharField(blank=True, max_length=36)),
                        ("agency", models.CharField(blank=True, max_length=40)),
                        ("kind", models.CharField(max_length=8)),
                        (
                            "place",
                            models.JSONField(
                                default=dict, help_text="where the key is: library and token, or address and credential"
                            ),
                        ),
                        (
                            "file_sha256",
                            models.CharField(
                                blank=True, help_text="the PKCS#12 file, locked by its own password", max_length=64
                            ),
                        ),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("holder", models.CharField(max_length=300)),
                        ("issuer", models.CharField(max_length=300)),
                        ("valid_until", models.DateTimeField()),
                        ("picture_sha256", models.CharField(blank=True, max_length=64)),
                        ("width_mm", models.FloatField(default=0)),
                        ("height_mm", models.FloatField(default=0)),
                        ("added_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["added_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at", None)),
                                fields=("group", "account", "agency"),
                                name="one_key_in_use_of_each_signer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SigningRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seat", models.PositiveBigIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("docx_sha256", models.CharField(max_length=64)),
                        ("asked_by", models.CharField(max_length=36)),
                        ("asked_at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("state", models.CharField(default="waiting", max_length=12)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="papers.paper"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("paper",),
                                name="before_one_signer_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Chờ gửi"),
                                    ("sent", "Đã gửi"),
                                    ("arrived", "Đã đến"),
                                    ("received", "Đã tiếp nhận"),
                                    ("refused", "Bị từ chối"),
                                    ("failed", "Không gửi được"),
                                    ("recalled", "Đã thu hồi"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "dispatch",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="papers.dispatch",
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "notice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="papers.notice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Template",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("form", models.CharField(max_length=60)),
                        ("version", models.PositiveIntegerField()),
                        (
                            "words",
                            models.JSONField(help_text="none: the group went back to the shipped form", null=True),
                        ),
                        ("account", models.CharField(max_length=36)),
                        ("at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["form", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "form", "version"), name="one_template_version_a_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("docx_sha256", models.CharField(max_length=64)),
                        ("pdf_sha256", models.CharField(max_length=64)),
                        ("account", models.CharField(max_length=36)),
                        ("at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="papers.paper"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("paper", "number"), name="one_draft_version_a_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("recall", "Thu hồi"), ("replacement", "Thay thế"), ("void", "Bỏ số")],
                                max_length=11,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("at", models.DateTimeField()),
                        ("decided_by", models.CharField(help_text="role under which it was decided", max_length=200)),
                        (
                            "by_paper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdraws",
                                to="papers.paper",
                            ),
                        ),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="papers.paper",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="WorkFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveIntegerField()),
                        ("heading", models.CharField(max_length=10)),
                        ("heading_title", models.CharField(max_length=200)),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("term_kind", models.CharField(max_length=20)),
                        ("term_years", models.PositiveIntegerField(default=0)),
                        ("term_source", models.CharField(max_length=300)),
                        ("compared", models.BooleanField(default=True)),
                        ("keeper", models.CharField(max_length=200)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("planned", models.BooleanField()),
                        ("opened_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "hand_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="papers.handin",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held_files",
                                to="offices.group",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["year", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "year", "heading", "number"), name="a_file_has_one_symbol"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Piece",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(null=True)),
                        ("kind", models.CharField(max_length=3)),
                        ("ref", models.CharField(max_length=80)),
                        ("symbol", models.CharField(blank=True, max_length=80)),
                        ("dated_on", models.DateField(null=True)),
                        ("title", models.CharField(max_length=600)),
                        ("author", models.CharField(max_length=300)),
                        ("pages", models.PositiveIntegerField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("suffix", models.CharField(blank=True, max_length=5)),
                        ("put_at", models.DateTimeField()),
                        ("taken_out_at", models.DateTimeField(null=True)),
                        ("taken_out_why", models.CharField(blank=True, max_length=300)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "work_file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="papers.workfile"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("taken_out_at", None)),
                                fields=("work_file", "kind", "ref"),
                                name="a_piece_lies_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("outcome", models.CharField(max_length=10)),
                        ("more_years", models.PositiveIntegerField(default=0)),
                        ("instrument", models.CharField(max_length=80)),
                        ("signed_on", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        ("decided_at", models.DateTimeField()),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                        (
                            "work_file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="fates", to="papers.workfile"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AddressEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("edxml", "Trục liên thông"),
                                    ("email", "Thư điện tử"),
                                    ("portal", "Cổng thông tin"),
                                    ("paper", "Bản giấy"),
                                    ("none", "Chưa có kênh"),
                                    ("record", "Ghi nhận"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("organ_code", models.CharField(blank=True, max_length=40)),
                        ("since", models.DateField()),
                        ("until", models.DateField(help_text="the last day", null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["name", "-since"],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "name", "since"), name="one_way_from_a_day_on"),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="an_address_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DistributionList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("names", models.JSONField(default=list)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [models.UniqueConstraint(fields=("group", "name"), name="one_list_of_a_name")],
                    },
                ),
                migrations.CreateModel(
                    name="FileList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveIntegerField()),
                        ("instrument", models.CharField(blank=True, max_length=80)),
                        ("signed_on", models.DateField(null=True)),
                        ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="offices.group")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "year"), name="one_list_of_files_a_year")
                        ],
                    },
                ),
            ],
        ),
    ]
