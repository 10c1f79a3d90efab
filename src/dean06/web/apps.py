from django.apps import AppConfig
from django.core import checks
from typing_extensions import override

from dean06.web import enforcement


def screens_have_pages(**_: object) -> list[checks.CheckMessage]:
    """Find screens of the table of enforcement that stand on no page."""
    return [checks.Error(said, id="dean06.E001") for said in enforcement.unplaced()]


class WebConfig(AppConfig):
    name = "dean06.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Have it checked wherever the house is checked."""
        checks.register(screens_have_pages)
