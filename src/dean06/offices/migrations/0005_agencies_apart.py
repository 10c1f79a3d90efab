"""Agencies that one name alone had made the same become one a group again, unless a group succeeds the other."""

from django.db import migrations


def apart(apps, _schema_editor):
    agency_model, service_model = apps.get_model("offices", "Agency"), apps.get_model("offices", "Service")
    group_model = apps.get_model("offices", "Group")
    related = {(row.pk, before) for row in group_model.objects.all() for before in row.predecessors.values_list("pk", flat=True)}
    for agency in agency_model.objects.all():
        rows = list(service_model.objects.filter(agency=agency).order_by("pk"))
        kept = rows[:1]
        for row in rows[1:]:
            near = any((row.group_id, one.group_id) in related or (one.group_id, row.group_id) in related for one in kept)
            if near:
                kept.append(row)
                continue
            row.agency = agency_model.objects.create(name=agency.name, short_name=agency.short_name)
            row.save(update_fields=["agency"])


class Migration(migrations.Migration):
    dependencies = [("offices", "0004_people_and_seals")]

    operations = [migrations.RunPython(apart, migrations.RunPython.noop)]
