from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "dean06.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
