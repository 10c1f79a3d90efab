from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "dean06.offices"
    label = "offices"
    default_auto_field = "django.db.models.BigAutoField"
