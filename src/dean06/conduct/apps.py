from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "dean06.conduct"
    label = "conduct"
    default_auto_field = "django.db.models.BigAutoField"
