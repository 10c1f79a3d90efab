"""Put the triggers in place anew: on SQLite an entry is not replaced either, and on both its number is fixed."""

from django.db import migrations

from dean06.ledger import triggers


def renew(apps, schema_editor):
    triggers.drop(schema_editor.connection)
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_reason")]
    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
