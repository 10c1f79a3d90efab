from django.db import migrations, models


def follow(apps, schema_editor):
    """Let each draft follow the text it amends; one that amends none follows the newest text of its day."""
    drafts = apps.get_model("adoption", "Draft")
    versions = apps.get_model("adoption", "CharterVersion")
    for draft in drafts.objects.select_related("group"):
        known = versions.objects.filter(line=draft.group.charter_line, loaded_at__lte=draft.made_at)
        newest = known.order_by("-number").values_list("hash", flat=True).first()
        draft.follows = draft.base_hash or newest or ""
        draft.save(update_fields=["follows"])


class Migration(migrations.Migration):
    dependencies = [("adoption", "0007_draft_decisions")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="follows",
            field=models.CharField(
                blank=True, default="", help_text="the newest adopted text when it was written", max_length=64
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draft",
            name="to_check",
            field=models.JSONField(
                blank=True, default=list, help_text="places where a move to the newest text met a change of both"
            ),
        ),
        migrations.RunPython(follow, migrations.RunPython.noop),
    ]
