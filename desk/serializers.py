"""Here: what the desk's REST answers look like. Not here: finding them (inbox, talking)."""

from rest_framework import serializers

from desk import models
from desk.inbox import in_words
from projects.models import Project


class Summary(serializers.Serializer):
    """Counts for the page head."""

    todo = serializers.IntegerField()
    unread = serializers.IntegerField()


class Entry(serializers.Serializer):
    """A line of 待办."""

    id = serializers.IntegerField(source="duty.id")
    project = serializers.CharField(source="duty.project.number")
    name = serializers.CharField(source="duty.project.name")
    unit = serializers.CharField(source="duty.project.department.name")
    role = serializers.CharField(source="duty.role")
    kind = serializers.CharField(source="duty.kind")
    task = serializers.CharField(source="duty.name")
    task_label = serializers.CharField(source="duty.label")
    since = serializers.DateField(source="duty.since")
    waiting = serializers.IntegerField(help_text="days since it arrived")
    due_on = serializers.DateField(allow_null=True, help_text="nearest statutory day, if any")
    url = serializers.CharField()


class Deed(serializers.Serializer):
    """A line of 已办."""

    id = serializers.IntegerField(source="event.id")
    at = serializers.DateTimeField(source="event.at")
    project = serializers.CharField(source="project.number")
    name = serializers.CharField(source="project.name")
    action = serializers.CharField(source="event.action")
    deed = serializers.SerializerMethodField()

    def get_deed(self, row: dict) -> str:
        """What was done, in words."""
        return in_words(row["event"], row["project"])


class MyProject(serializers.ModelSerializer):
    """A line of 我发起的."""

    state_label = serializers.CharField(source="get_state_display")
    waiting_for = serializers.SerializerMethodField()

    class Meta:
        model = Project
        fields = ["id", "number", "name", "kind", "state", "state_label", "filed_on", "waiting_for"]

    def get_waiting_for(self, project: Project) -> list[str]:
        """The tasks that are open now, whoever has them."""
        return [duty.label for duty in project.duties.all()]


class Notice(serializers.ModelSerializer):
    """A line of 抄送与通知."""

    project = serializers.CharField(source="project.number", default=None)
    name = serializers.CharField(source="project.name", default=None)
    seen = serializers.BooleanField()

    class Meta:
        model = models.Notice
        fields = ["id", "project", "name", "event", "rule", "text", "created_at", "seen"]


class ReadNotices(serializers.Serializer):
    """Which notices were read; without ids all."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**62), max_length=500, required=False
    )


class Marked(serializers.Serializer):
    """How many were unread before."""

    marked = serializers.IntegerField()


class Comment(serializers.ModelSerializer):
    """A remark."""

    author = serializers.CharField(source="author.get_full_name")
    unit = serializers.CharField(source="author.organization.name")
    mentions = serializers.SerializerMethodField()

    class Meta:
        model = models.Comment
        fields = ["id", "author", "unit", "text", "offices_only", "mentions", "created_at"]

    def get_mentions(self, comment: models.Comment) -> list[str]:
        """Names of those mentioned."""
        return [user.get_full_name() for user in comment.mentions.all()]


class NewComment(serializers.Serializer):
    """A remark to be made."""

    text = serializers.CharField()
    mentions = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=20, required=False)
    offices_only = serializers.BooleanField(required=False)


class Holder(serializers.Serializer):
    """在谁手里."""

    holder = serializers.CharField()
