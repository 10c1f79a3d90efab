from django.db import migrations, models
from django.db.models import Q

STATES = ["offered", "waiting", "open", "refused", "gone", "ended"]


class Migration(migrations.Migration):
    dependencies = [("machines", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="hook", name="hook_state_known"),
        migrations.AddConstraint(
            model_name="hook",
            constraint=models.CheckConstraint(condition=Q(state__in=STATES), name="hook_state_known"),
        ),
    ]
