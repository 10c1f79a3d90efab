from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "dean06.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
