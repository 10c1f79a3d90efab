"""Storage of meetings: series, numbers, invitees, what happened."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dean06.meetings.types import Kind, State


class Counter(models.Model):
    """The last number given in a group and year; its row is the lock under which numbers are given."""

    MEETING, ROUND = "meeting", "round"

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "what", "year"], name="one_counter_of_meetings_a_year")]

    @override
    def __str__(self) -> str:
        return f"{self.what} {self.year}: {self.last}"


class Series(models.Model):
    """A row of meetings of one name; the unfinished items of one are offered to the next."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="one_series_a_name")]

    @override
    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """A meeting of a group, or a working session; one number a group and year."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=500, blank=True)
    search = models.CharField(max_length=600, help_text="number, title and place folded without tone marks")
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="meetings")
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="next_ones")
    place = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="as planned")
    state = models.CharField(max_length=10, default=State.DRAFT.value)
    chair_seat = models.BigIntegerField()
    chair_name = models.CharField(max_length=120)
    chair_post = models.CharField(max_length=200, blank=True)
    chair_role = models.CharField(max_length=40)
    chair_account = models.CharField(max_length=64, blank=True)
    secretary_seat = models.BigIntegerField(null=True)
    secretary_name = models.CharField(max_length=120, blank=True)
    secretary_post = models.CharField(max_length=200, blank=True)
    secretary_account = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=64)
    convened_at = models.DateTimeField(null=True)
    convened_role = models.CharField(max_length=40, blank=True)
    convened = models.JSONField(default=dict, help_text="the clauses it was convened under")
    presiding = models.JSONField(default=dict, help_text="the clauses under which the chair presides")
    agenda_approved_at = models.DateTimeField(null=True)
    agenda = models.JSONField(default=dict, help_text="the clauses under which the agenda was approved")
    content_at = models.DateTimeField(null=True, help_text="content and situation report were ready")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=400, blank=True)
    sequence = models.PositiveIntegerField(default=0, help_text="how often a calendar was told of a change")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="one_meeting_a_number"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in Kind]), name="meeting_kind_known"),
        ]
        indexes = [models.Index(fields=["group", "starts_at"]), models.Index(fields=["group", "state"])]

    @override
    def __str__(self) -> str:
        return f"{self.group_id}:{self.number}/{self.year}"


class Invitee(models.Model):
    """Somebody invited: the holder of a seat, or a guest without a vote."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitees")
    seat_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40, blank=True)
    agency = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200, blank=True)
    account = models.CharField(max_length=64, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    votes = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat_id"], condition=Q(seat_id__isnull=False), name="a_seat_is_invited_once"
            ),
            models.CheckConstraint(condition=Q(votes=False) | Q(seat_id__isnull=False), name="a_guest_has_no_vote"),
        ]
        ordering = ["order", "pk"]

    @override
    def __str__(self) -> str:
        return self.name


class Happening(models.Model):
    """One thing that happened to a meeting or a written round."""

    group = models.ForeignKey("offices.Group", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="happenings")
    round = models.ForeignKey("meetings.Round", null=True, on_delete=models.PROTECT, related_name="happenings")
    at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    actor = models.CharField(max_length=64)
    role = models.CharField(max_length=40, blank=True)
    agency = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="what it was about, in the meeting's own words")
    cited = models.JSONField(default=dict)
    permit = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, round=None) | Q(meeting=None, round__isnull=False),
                name="happened_to_one_thing",
            )
        ]
        indexes = [models.Index(fields=["meeting", "at"]), models.Index(fields=["round", "at"])]
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.meeting_id or self.round_id}"
