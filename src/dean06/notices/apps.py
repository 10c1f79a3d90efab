from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "dean06.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
