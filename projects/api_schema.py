"""Here: what REST takes and gives, as serializers. Not here: views, decisions."""

from rest_framework import serializers

from projects.models import Material, Waiver
from projects.states import State


class ListParameters(serializers.Serializer):
    """Filters of the project list."""

    q = serializers.CharField(required=False)
    state = serializers.MultipleChoiceField(choices=State.choices, required=False)
    kind = serializers.CharField(required=False)
    origin = serializers.CharField(required=False)
    place = serializers.SlugField(required=False)
    department = serializers.IntegerField(required=False)
    plan_year = serializers.IntegerField(required=False)
    batch = serializers.IntegerField(required=False)
    investment_min = serializers.CharField(required=False)
    investment_max = serializers.CharField(required=False)
    before = serializers.IntegerField(required=False)
    limit = serializers.IntegerField(required=False)


LIST_PARAMETERS = ListParameters


class Department(serializers.Serializer):
    """A unit by id and name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class Place(serializers.Serializer):
    """A jurisdiction by code and name."""

    code = serializers.SlugField()
    name = serializers.CharField()


class ProjectRow(serializers.Serializer):
    """A row of the list."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    origin = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    plan_year = serializers.IntegerField(allow_null=True)
    investment = serializers.CharField(allow_null=True)
    investment_source = serializers.CharField()
    filed_on = serializers.DateField(allow_null=True)
    department = Department()
    place = Place()


class ProjectPage(serializers.Serializer):
    """A page of the list."""

    results = ProjectRow(many=True)
    next = serializers.IntegerField(allow_null=True)


class NewProject(serializers.Serializer):
    """What opens a draft."""

    name = serializers.CharField(max_length=200)
    kind = serializers.CharField(max_length=20)
    origin = serializers.CharField(max_length=20)


class Perform(serializers.Serializer):
    """A knock at the door."""

    move = serializers.CharField(max_length=40)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    seen = serializers.ChoiceField(choices=State.choices, required=False, default=None, allow_null=True)


class Reason(serializers.Serializer):
    """Why."""

    reason = serializers.CharField(max_length=500)


class NewWaiver(serializers.Serializer):
    """A request for an exception."""

    rule = serializers.CharField(max_length=40)
    reason = serializers.CharField(max_length=2000)
    basis = serializers.CharField(max_length=500)


class Decide(serializers.Serializer):
    """A decision on an exception."""

    grant = serializers.BooleanField()
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class WaiverRow(serializers.ModelSerializer):
    """A row of the exceptions register."""

    class Meta:
        model = Waiver
        fields = [
            "id", "rule", "reason", "basis", "requested_by", "requested_on", "decision", "decided_by", "decided_on",
            "decision_note",
        ]  # fmt: skip


class NewMaterial(serializers.Serializer):
    """A document handed in."""

    code = serializers.CharField(max_length=60)
    status = serializers.ChoiceField(choices=Material.STATUSES, default=Material.FINAL)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    file = serializers.FileField(required=False, allow_null=True, default=None)


class MaterialSlot(serializers.Serializer):
    """A slot with its newest version."""

    code = serializers.CharField()
    name = serializers.CharField()
    rule = serializers.CharField()
    required = serializers.CharField()
    open = serializers.BooleanField()
    material = serializers.DictField(allow_null=True)


class Anything(serializers.Serializer):
    """An object whose keys depend on the pack; see the vocabulary."""


class ProjectDetail(ProjectRow):
    """A project in full; further keys as documented in the vocabulary."""

    stage = serializers.CharField(allow_null=True)
    route = serializers.ListField(child=serializers.CharField())


class Option(serializers.Serializer):
    """A move from here."""

    move = serializers.CharField()
    label = serializers.CharField()
    target = serializers.CharField()
    forward = serializers.BooleanField()
    permitted = serializers.BooleanField()
    allowed = serializers.BooleanField()
    verdicts = serializers.ListField(child=serializers.DictField())


class Passage(serializers.Serializer):
    """A ledger row."""

    number = serializers.IntegerField()
    move = serializers.CharField()
    source = serializers.CharField()
    target = serializers.CharField()
    on = serializers.DateField()
    hash = serializers.CharField()


class Recorded(serializers.Serializer):
    """A record put on file, with the verdicts that went with it."""

    record = serializers.DictField()
    verdicts = serializers.ListField(child=serializers.DictField())


def slot(each: dict) -> dict:
    """A line of the checklist as data."""
    spec, newest = each["slot"], each["material"]
    return {
        "code": spec.code,
        "name": spec.name,
        "rule": spec.rule,
        "required": spec.required,
        "open": each["open"],
        "material": material(newest) if newest else None,
    }


def material(row: Material) -> dict:
    """A version in a slot as data."""
    return {
        "version": row.version,
        "status": row.status,
        "note": row.note,
        "attachment": {"id": row.attachment_id, "name": row.attachment.name, "sha256": row.attachment.sha256}
        if row.attachment
        else None,
    }
