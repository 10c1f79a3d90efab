from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("papers", "0010_templates")]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="permit_digest",
            field=models.CharField(blank=True, default="", help_text="the permit that automatic intake cites", max_length=64),
            preserve_default=False,
        ),
    ]
