from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("population", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="register",
            name="kind",
            field=models.CharField(
                choices=[("snapshot", "Snapshot"), ("answers", "Answers")], default="snapshot", max_length=10
            ),
        ),
        migrations.AddField(model_name="register", name="until", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="register", name="emptied_at", field=models.DateTimeField(null=True)),
    ]
