"""Here: a project's 时限表 and the offices' board of clocks over REST. Not here: reckoning them (timetable)."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from deadlines.models import Deadline
from deadlines.timetable import timetable
from organizations import clock
from projects.api_project import ProjectView
from projects.scope import visible


class StopSerializer(serializers.Serializer):
    """A time a clock stood still; without `ends_on` it still does."""

    why = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class RowSerializer(serializers.Serializer):
    """One line of a project's 时限表; see timetable.Row."""

    code, label, rule, clause = (serializers.CharField() for _ in range(4))
    who, office, unit, status, status_label, remark = (serializers.CharField() for _ in range(6))
    starts_on = serializers.DateField()
    due_on, met_on = (serializers.DateField(allow_null=True) for _ in range(2))
    within, used, remaining, waited = (serializers.IntegerField(allow_null=True) for _ in range(4))
    stopped = serializers.IntegerField()
    provisional = serializers.BooleanField()
    started_by, ended_by = (serializers.CharField() for _ in range(2))
    late = serializers.IntegerField()
    if_returned = serializers.DateField(allow_null=True)
    stops = StopSerializer(many=True)


class Timetable(ProjectView):
    """时限表 of one project."""

    @extend_schema(responses=RowSerializer(many=True), operation_id="project_deadlines")
    def get(self, request: Request, number: str) -> Response:
        return Response(RowSerializer(timetable(self.project(number)), many=True).data)


class DeadlineSerializer(serializers.ModelSerializer):
    """A running clock on the board."""

    project = serializers.CharField(source="project.number")
    name = serializers.CharField(source="project.name")
    unit_name = serializers.CharField(source="project.department.name")
    late = serializers.SerializerMethodField()

    class Meta:
        model = Deadline
        fields = [
            "id", "project", "name", "unit_name", "code", "label", "rule", "who", "starts_on", "within", "unit",
            "due_on", "provisional", "stopped", "status", "late",
        ]  # fmt: skip

    def get_late(self, deadline: Deadline) -> bool:
        """Past its last day, whether or not a sweep has come by."""
        return deadline.late_on(clock.today())


class OldestFirst(CursorPagination):
    """By key set: the clocks that have been running longest come first."""

    ordering = ("starts_on", "id")
    page_size = 50


class Board(generics.ListAPIView):
    """Running clocks of every project the reader may see. `status` open or late, `who` a role code, `code` a deadline."""

    serializer_class = DeadlineSerializer
    pagination_class = OldestFirst
    filter_backends: list = []

    @extend_schema(parameters=[OpenApiParameter(name, str) for name in ("status", "who", "code")])
    def get(self, request: Request, *args, **kwargs) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        rows = visible(Deadline, self.request.user).select_related("project__department")
        asked = self.request.query_params
        if asked.get("status") == Deadline.LATE:
            rows = rows.filter(status__in=Deadline.LIVE, due_on__lt=clock.today())
        else:
            rows = rows.filter(status__in=Deadline.LIVE)
        return rows.filter(**{name: asked[name] for name in ("who", "code") if asked.get(name)})


urlpatterns = [
    path("projects/<str:number>/deadlines/", Timetable.as_view(), name="api-project-deadlines"),
    path("deadlines/", Board.as_view(), name="api-deadlines"),
]
