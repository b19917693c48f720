"""Here: the ledger's anchors over REST, for audit. Not here: making and checking them (anchors.py)."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from projects.anchors import trouble
from projects.models import LedgerAnchor
from projects.views.anchors import handed_out
from projects.views.audit import reader_of


class NewestFirst(CursorPagination):
    """By key set."""

    ordering = ("-on",)
    page_size = 24


class AnchorRow(serializers.ModelSerializer):
    """An anchor; `trouble` says why its file is not what was written, empty for a sound one."""

    trouble = serializers.SerializerMethodField()

    class Meta:
        model = LedgerAnchor
        fields = ["id", "on", "made_at", "ledgers", "passages", "algorithm", "previous_root", "root", "sha256", "trouble"]

    def get_trouble(self, anchor: LedgerAnchor) -> str:
        """Compared with its hash now."""
        return trouble(anchor)


class Anchors(generics.ListAPIView):
    """Every anchor of the ledgers, newest first, each checked against its hash. 403 for who does not audit."""

    serializer_class = AnchorRow
    pagination_class = NewestFirst
    filter_backends: list = []

    def get_queryset(self):
        reader_of(self.request)
        return LedgerAnchor.objects.all()


class AnchorFile(APIView):
    """An anchor as a file."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="anchor_file")
    def get(self, request: Request, pk: int, form: str) -> HttpResponse:
        """`json` for the verifier, `txt` to print and sign; recorded."""
        return handed_out(pk, form, reader=reader_of(request))
