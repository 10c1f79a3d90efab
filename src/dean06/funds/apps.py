from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "dean06.funds"
    label = "funds"
    default_auto_field = "django.db.models.BigAutoField"
