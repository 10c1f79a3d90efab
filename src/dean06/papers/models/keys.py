"""Storage of what a signature is made with: where a key is, whose certificate it has, its picture. Never a secret."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class SigningKey(models.Model):
    """A person's key in a group, or that of an agency whose seal the group uses; its secret is asked for each act."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT)
    account = models.CharField(max_length=36, blank=True)
    agency = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8)
    place = models.JSONField(default=dict, help_text="where the key is: library and token, or address and credential")
    file_sha256 = models.CharField(max_length=64, blank=True, help_text="the PKCS#12 file, locked by its own password")
    fingerprint = models.CharField(max_length=64)
    holder = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300)
    valid_until = models.DateTimeField()
    picture_sha256 = models.CharField(max_length=64, blank=True)
    width_mm = models.FloatField(default=0)
    height_mm = models.FloatField(default=0)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "account", "agency"],
                condition=models.Q(retired_at=None),
                name="one_key_in_use_of_each_signer",
            )
        ]
        ordering = ["added_at", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.agency or self.account} {self.kind}"
