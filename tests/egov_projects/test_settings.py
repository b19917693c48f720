"""Here: the settings as a process of their own sees them. Not here: each danger by itself (test_environment)."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.egov_projects.test_environment import SAFE


def manage(*arguments: str, var, **env: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning", "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "EGOV_VAR": str(var), **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_an_unsafe_production_lists_everything_that_is_wrong(tmp_path):
    done = manage("check", var=tmp_path, EGOV_ENV="production", EGOV_DEBUG="on", ALLOWED_HOSTS="*")
    assert done.returncode != 0
    for name in ("SECRET_KEY", "EGOV_DEBUG", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"):
        assert f"  - {name}" in done.stderr
    assert not (tmp_path / "secret_key").exists()


def test_a_safe_production_passes_djangos_own_deployment_check(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", var=tmp_path, **SAFE)
    assert done.returncode == 0, done.stderr


PRINT = """
from django.conf import settings as s
print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, end=" ")
print(s.PASSWORD_HASHERS[0].rpartition(".")[2])
"""


@pytest.mark.parametrize(
    ("env", "printed"),
    [
        ({}, "False False False False Argon2PasswordHasher"),
        (SAFE, "False True True True Argon2PasswordHasher"),
    ],
)
def test_demo_and_production_differ_in_transport_only(tmp_path, env, printed):
    done = manage("shell", "--no-imports", "-c", PRINT, var=tmp_path, **env)
    assert done.stdout.strip() == printed, done.stderr


def test_no_inline_script_or_style_is_allowed():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "'unsafe-inline'" not in str(directives)
    assert "'unsafe-eval'" not in str(directives)


def test_a_message_may_outlive_the_longest_task_and_is_acknowledged_late():
    assert settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] == 3600
    assert all("expires" in entry["options"] for entry in settings.CELERY_BEAT_SCHEDULE.values())
