from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0012_reply_to")]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="level",
            field=models.CharField(
                default="thuong", help_text="thuong; han_che: for its circle alone", max_length=12
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="circle",
            field=models.CharField(
                blank=True,
                help_text="who reads a restricted one: ;r:role;a:agency; beside drafter and signers",
                max_length=1000,
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["thuong", "han_che"])), name="paper_is_no_state_secret"
            ),
        ),
    ]
