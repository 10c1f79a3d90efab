"""Storage of a group's own words for a form: every version stays; one without words goes back to the shipped form."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Template(models.Model):
    """One version of the words that a group put in place of a shipped form's."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    form = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    words = models.JSONField(null=True, help_text="none: the group went back to the shipped form")
    account = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "form", "version"], name="one_template_version_a_number")
        ]
        ordering = ["form", "version"]

    @override
    def __str__(self) -> str:
        return f"{self.form} v{self.version}"
