"""Let the database keep an index of the words, on either of the two."""

from django.db import migrations

from dean06.catalogue import word_index


def create(apps, schema_editor):
    word_index.create(schema_editor.connection)


def drop(apps, schema_editor):
    word_index.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
