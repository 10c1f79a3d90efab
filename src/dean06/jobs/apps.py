from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "dean06.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
