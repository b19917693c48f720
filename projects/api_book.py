"""Here: the book over REST, open to everybody: what-if and the packs. Not here: any project."""

from django.core.exceptions import ValidationError
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organizations import clock
from policies.loader import available, load
from policies.obligations import obligations
from projects import api_schema as schema
from projects.whatif import WhatIf


class Obligations(APIView):
    """义务清单: everything a regulation will ask of such a project. Open to everybody, nothing is recorded."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[
            OpenApiParameter("pack", str, description="文件代码"),
            OpenApiParameter("kind", str, description="建设性质"),
            OpenApiParameter("investment", str, description="投资额(元)"),
            OpenApiParameter("origin", str, description="申报来源"),
        ],
        responses=schema.Anything,
        operation_id="obligations",
    )
    def get(self, request: Request) -> Response:
        """Clauses with stage, document, deadline and the figures compared; `applies` null where it depends."""
        form = WhatIf(request.query_params)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        pack, facts = form.question()
        found = obligations(pack, facts, on=form.cleaned_data.get("on") or clock.today())
        return Response(
            {
                "pack": {"code": pack.code, "title": pack.title, "doc_no": pack.doc_no},
                "facts": {name: str(value) for name, value in facts.items()},
                "obligations": [each.as_json() for each in found],
            }
        )


class Packs(APIView):
    """The instruments on file."""

    permission_classes = [AllowAny]

    @extend_schema(responses=schema.Anything, operation_id="packs")
    def get(self, request: Request) -> Response:
        """Code, title, document number, validity (in_force, lapsed, draft), kinds and origins of every pack."""
        packs = [load(code) for code in available()]
        return Response(
            [
                {
                    "code": p.code,
                    "title": p.title,
                    "doc_no": p.doc_no,
                    "validity": p.validity,
                    "kinds": p.kinds,
                    "origins": p.origins,
                    "digest": p.digest,
                }
                for p in packs
            ]
        )
