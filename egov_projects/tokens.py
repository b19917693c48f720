"""Here: how a machine gets and gives back its token. Not here: what the token lets it do (permissions)."""

from typing import Any

from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema
from knox.views import LoginView as KnoxLogin
from knox.views import LogoutView as KnoxLogout
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from organizations import second_factor

REFUSED = "用户名或密码不正确。"
INITIAL_PASSWORD = "请先登录网页修改初始密码，再申请令牌。"
NO_DEVICE = "管理员账号须先登录网页绑定两步验证，再申请令牌。"
NO_CODE = "验证码缺失或不正确。"


class Credentials(serializers.Serializer):
    """What the login endpoint takes."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    code = serializers.CharField(
        max_length=16, required=False, allow_blank=True, write_only=True, help_text="绑定了两步验证的账号须填"
    )


class Token(serializers.Serializer):
    """What the login endpoint gives: send it as `Authorization: Token …` until it expires."""

    token = serializers.CharField()
    expiry = serializers.DateTimeField()


class Login(KnoxLogin):
    """Exchange a name and password for a token that expires and can be revoked."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_scope = "login"

    @extend_schema(request=Credentials, responses=Token, operation_id="login", auth=[])
    def post(self, request: Request, format: str | None = None) -> Response:
        credentials = Credentials(data=request.data)
        credentials.is_valid(raise_exception=True)
        # The plain request: the lockout counts failures on it.
        code = credentials.validated_data.pop("code", "")
        user = authenticate(request._request, **credentials.validated_data)
        if user is None:
            raise AuthenticationFailed(REFUSED)
        if user.must_change_password:
            raise PermissionDenied(INITIAL_PASSWORD)
        owed = second_factor.owed(user)
        if owed == second_factor.MISSING:
            raise PermissionDenied(NO_DEVICE)
        if owed == second_factor.DUE and second_factor.check(user, code) is None:
            raise AuthenticationFailed(NO_CODE)
        request.user = user
        return super().post(request, format)

    def get_authenticate_header(self, request: Request) -> str:
        """Without it a wrong password would be answered 403 instead of 401."""
        return "Token"


class Logout(KnoxLogout):
    """Revoke the token that was sent."""

    @extend_schema(request=None, responses={204: None}, operation_id="logout")
    def post(self, request: Request, format: str | None = None) -> Response:
        return super().post(request, format)
