"""Here: the inbox, comments and 催办 over REST. Not here: what lies in the inbox (inbox), who has to do what (duties)."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from desk import inbox, talking
from desk import serializers as show
from desk.holder import holder
from projects.api import ProjectView
from projects.models import Project


class NewestFirst(CursorPagination):
    """By key set: no counting, no offset."""

    ordering = "-id"
    page_size = 30


class Summary(APIView):
    """What is waiting."""

    @extend_schema(responses=show.Summary, operation_id="inbox_summary")
    def get(self, request: Request) -> Response:
        """How much there is to do, and how many unread notices (counted up to 100)."""
        return Response({"todo": inbox.todo(request.user).count(), "unread": inbox.unread(request.user)})


class Todo(generics.ListAPIView):
    """待办."""

    serializer_class = show.Entry
    pagination_class = NewestFirst
    filter_backends: list = []

    def get_queryset(self):
        return inbox.todo(self.request.user)

    def paginate_queryset(self, queryset):
        return inbox.entries(super().paginate_queryset(queryset))


class Done(generics.ListAPIView):
    """已办."""

    serializer_class = show.Deed
    pagination_class = NewestFirst
    filter_backends: list = []

    def get_queryset(self):
        return inbox.done(self.request.user)

    def paginate_queryset(self, queryset):
        events = super().paginate_queryset(queryset)
        projects = Project.objects.in_bulk({event.project_id for event in events})
        return [{"event": event, "project": projects[event.project_id]} for event in events]


class Mine(generics.ListAPIView):
    """我发起的."""

    serializer_class = show.MyProject
    pagination_class = NewestFirst
    filter_backends: list = []

    def get_queryset(self):
        return inbox.mine(self.request.user).prefetch_related("duties")


class Notices(generics.ListAPIView):
    """抄送与通知."""

    serializer_class = show.Notice
    pagination_class = NewestFirst
    filter_backends: list = []

    def get_queryset(self):
        return inbox.notices(self.request.user)


class ReadNotices(APIView):
    """Marking notices as read."""

    @extend_schema(request=show.ReadNotices, responses=show.Marked, operation_id="inbox_read")
    def post(self, request: Request) -> Response:
        """These ids, or without `ids` all of them. Notices that are not yours are ignored."""
        data = show.ReadNotices(data=request.data)
        data.is_valid(raise_exception=True)
        return Response({"marked": inbox.mark_read(request.user, data.validated_data.get("ids"))})


class Comments(ProjectView):
    """Remarks on a project."""

    @extend_schema(responses=show.Comment(many=True), operation_id="project_comments")
    def get(self, request: Request, number: str) -> Response:
        """The newest hundred that you may read."""
        found = talking.comments(self.project(number), request.user)
        return Response(show.Comment(found[:100], many=True).data)

    @extend_schema(request=show.NewComment, responses={201: show.Comment}, operation_id="project_comment")
    def post(self, request: Request, number: str) -> Response:
        """Say something; `mentions` are user ids, who are told."""
        data = show.NewComment(data=request.data)
        data.is_valid(raise_exception=True)
        said = talking.comment(self.project(number), actor=request.user, **data.validated_data)
        return Response(show.Comment(said).data, status.HTTP_201_CREATED)


class Holder(ProjectView):
    """在谁手里."""

    @extend_schema(responses=show.Holder, operation_id="project_holder")
    def get(self, request: Request, number: str) -> Response:
        """Who has to do what now, in words."""
        return Response({"holder": holder(self.project(number))})


class Urge(ProjectView):
    """催办."""

    @extend_schema(request=None, responses={201: show.Holder}, operation_id="project_urge")
    def post(self, request: Request, number: str) -> Response:
        """Remind whoever holds the project; 409 when nobody else does or it was done today."""
        project = self.project(number)
        talking.urge(project, actor=request.user)
        return Response({"holder": holder(project)}, status.HTTP_201_CREATED)


urlpatterns = [
    path("inbox/", Summary.as_view(), name="api-inbox"),
    path("inbox/todo/", Todo.as_view(), name="api-inbox-todo"),
    path("inbox/done/", Done.as_view(), name="api-inbox-done"),
    path("inbox/mine/", Mine.as_view(), name="api-inbox-mine"),
    path("inbox/notices/", Notices.as_view(), name="api-inbox-notices"),
    path("inbox/notices/read/", ReadNotices.as_view(), name="api-inbox-read"),
    path("projects/<str:number>/comments/", Comments.as_view(), name="api-project-comments"),
    path("projects/<str:number>/holder/", Holder.as_view(), name="api-project-holder"),
    path("projects/<str:number>/urge/", Urge.as_view(), name="api-project-urge"),
]
