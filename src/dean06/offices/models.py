"""Storage of who is who: groups, agencies, seats, appointments, absences, delegations, seals."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Group(models.Model):
    """A Project 06 group: attached to a unit and to a charter line, with predecessors and successors."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    level = models.CharField(max_length=20)
    unit_code = models.CharField(max_length=10)
    unit_on = models.DateField(help_text="a code means a unit only on a date")
    charter_line = models.SlugField(max_length=80)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors")
    own_day = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    ended_on = models.DateField(null=True, help_text="the last day, once it has handed over")
    ended_by = models.CharField(max_length=80, blank=True, help_text="number of the paper that ended it")
    ended_signed_on = models.DateField(null=True)

    @override
    def __str__(self) -> str:
        return self.short_name


class Agency(models.Model):
    """An agency; one agency may serve several groups, under a code of each group's charter."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    groups = models.ManyToManyField(Group, through="Service", related_name="agencies")

    @override
    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """An agency under the code that a group's charter gives it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "code"], name="one_agency_a_code")]

    @override
    def __str__(self) -> str:
        return self.code


class Seat(models.Model):
    """A place in a group: a role of its charter, for the nominee of an agency or the holder of a post."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=40)
    agency_code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.title}, {self.post}" if self.post else self.title


class Appointment(models.Model):
    """A person in a seat for a time. `account` is the public id of the account; a seat may be held without one."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    account = models.UUIDField(null=True, db_index=True)
    holder = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.holder} ({self.since})"


class Absence(models.Model):
    """A recorded absence of a seat's holder; it switches the acting power of Article 4 on and off."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="absences")
    since = models.DateTimeField()
    until = models.DateTimeField()
    recorded_by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return f"{self.since}/{self.until}"


class Delegation(models.Model):
    """A delegation by the holder of a seat to another seat, in writing, for a time; never passed on."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    from_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="delegations_given")
    to_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="delegations_held")
    actions = models.JSONField(default=list, help_text="actions covered; empty means every action")
    since = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=300)

    @override
    def __str__(self) -> str:
        return f"{self.since}/{self.until}"


class InstallationSeat(models.Model):
    """A technical office of the installation (operator, administrator of accounts): no seat in any group."""

    account = models.UUIDField(db_index=True)
    role = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    @override
    def __str__(self) -> str:
        return self.role
