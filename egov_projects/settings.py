"""Here: the one settings module, read from the environment. Not here: secrets, or anything a regulation decides.

EGOV_ENV chooses: `demo` (default; everything works out of the box), `test` (pytest), `production` (refuses to start
insecurely). docs/deployment.md lists the variables.
"""

import os
from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured

from egov_projects import environment, logs

env = os.environ.get
if faults := environment.problems(os.environ):
    raise ImproperlyConfigured("Not safe to start:\n" + "\n".join(f"  - {fault}" for fault in faults))

MODE = env("EGOV_ENV", "demo")
PRODUCTION = MODE == "production"
TESTING = MODE == "test"
DEBUG = environment.switched_on(env("EGOV_DEBUG", ""))
BEHIND_PROXY = environment.switched_on(env("EGOV_BEHIND_PROXY", ""))

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env("EGOV_VAR", "") or BASE_DIR / "var").resolve()
for folder in ("run", "media", "static", "tmp"):
    (VAR / folder).mkdir(parents=True, exist_ok=True)

SECRET_KEY = env("SECRET_KEY", "") or environment.secret_key(VAR / "secret_key")
ALLOWED_HOSTS = environment.words(env("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]"))
CSRF_TRUSTED_ORIGINS = environment.words(env("CSRF_TRUSTED_ORIGINS", ""))

# Upper floors first (pyproject.toml holds the contracts). `policies` is a plain package: it knows no Django.
FLOORS = [
    "reports",
    "performance",
    "acceptance",
    "construction",
    "procurement",
    "budget",
    "reviews",
    "desk",
    "deadlines",
    "projects",
    "exchange",
    "papers",
    "jobs",
    "organizations",
]
LOCAL_APPS = [app for app in FLOORS if (BASE_DIR / app / "apps.py").exists()]

INSTALLED_APPS = [
    "egov_projects",
    *LOCAL_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "egov_projects.middleware.Outage",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organizations.middleware.AuditOrigin",
    "egov_projects.keeping.KeepTyped",
    "egov_projects.middleware.IdleSession",
    "django_otp.middleware.OTPMiddleware",
    "organizations.middleware.SecondFactor",
    "organizations.middleware.MustChangePassword",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "egov_projects.urls"
WSGI_APPLICATION = "egov_projects.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "organizations.navigation.navigation",
                "egov_projects.keeping.kept_form",
            ]
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of the rooms live in templates/

# --- Data -------------------------------------------------------------------------------------------------------------
# ATOMIC_REQUESTS stays off: on SQLite with IMMEDIATE every page would take the write lock.
DATABASES = {"default": environment.database(env("DATABASE_URL", ""), VAR, pool=int(env("EGOV_DB_POOL", "0")))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "media"  # never served: the rooms hand files out after asking who may see them
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
VENDOR = BASE_DIR / "var" / "vendor"  # scripts/vendor.py puts it there; without it pages keep our plain style
STATICFILES_DIRS = [BASE_DIR / "static", *([("vendor", VENDOR)] if VENDOR.is_dir() else [])]
_STATIC = "egov_projects.statics.HashedAndCompressed" if PRODUCTION else "egov_projects.statics.Hashed"
if DEBUG or TESTING:
    _STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # else every test client lists all files first

REDIS_URL = env("REDIS_URL", "")
BROKER_URL = REDIS_URL or f"unix://{environment.embedded_socket(VAR)}?db=0"
CACHES = {"default": {"BACKEND": "egov_projects.cache.ForgivingRedisCache", "LOCATION": BROKER_URL}}
if TESTING and not REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "organizations.backends.PeopleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "organizations:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger elsewhere cannot lock an officer out
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "egov_projects.errors.locked_out"
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if BEHIND_PROXY else ["REMOTE_ADDR"]
AXES_IPWARE_PROXY_COUNT = 1 if BEHIND_PROXY else None
AXES_VERBOSE = False

REQUIRE_TOTP = environment.switched_on(env("EGOV_REQUIRE_TOTP", "1" if PRODUCTION else ""))  # of the administrators
OTP_TOTP_ISSUER = "电子政务项目"

SESSION_IDLE = timedelta(minutes=30)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Transport and pages ----------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"  # materials are previewed inside our own pages
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which asks for DENY
CSRF_FAILURE_VIEW = "egov_projects.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

MIB = 1024 * 1024
UPLOAD_MAX_BYTES = 50 * MIB
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * MIB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["egov_projects.uploads.BoundedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = VAR / "tmp"
FILE_UPLOAD_PERMISSIONS = 0o640

# --- REST -------------------------------------------------------------------------------------------------------------
_RATES = {"anon": "60/min", "user": "600/min", "login": "10/min"}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["egov_projects.parsers.WholeTextParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(_RATES) if TESTING else _RATES,
    "EXCEPTION_HANDLER": "egov_projects.problems.exception_handler",
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": True,
}
REST_KNOX = {"TOKEN_TTL": timedelta(hours=10), "TOKEN_LIMIT_PER_USER": 10}
SPECTACULAR_SETTINGS = {
    "TITLE": "电子政务项目管理接口",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {"State": "projects.states.State"},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "egov_projects.schema.document_problems",
    ],
}

# --- E-mail -----------------------------------------------------------------------------------------------------------
# Without a server letters are written to files in EGOV_VAR/mail, so that a demo sends nothing to anybody.
_LETTERS = "filebased" if not env("EMAIL_HOST", "") else "smtp"
EMAIL_BACKEND = env("EMAIL_BACKEND", "") or f"django.core.mail.backends.{'locmem' if TESTING else _LETTERS}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env("EMAIL_HOST", "")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.switched_on(env("EMAIL_USE_TLS", ""))
EMAIL_USE_SSL = environment.switched_on(env("EMAIL_USE_SSL", ""))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "noreply@localhost")
SITE_ADDRESS = env("SITE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")  # what links in letters begin with

# --- Work in the background -------------------------------------------------------------------------------------------
CELERY_BROKER_URL = environment.celery_url(BROKER_URL)
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = TESTING and not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60 * 60,  # longer than the longest task, else it would run twice
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 1,  # of whoever enqueues: a page must not wait for a broker that is away; workers go on trying
    "interval_start": 0.1,
    "interval_step": 0,
}
CELERY_TASK_PUBLISH_RETRY = False  # with the broker down the page answers at once; the sweep enqueues again
JOBS_LEASE = timedelta(seconds=int(env("EGOV_JOBS_LEASE", "60")))  # without a sign of life its work starts anew
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "run" / "celerybeat-schedule")


def _tick(task: str, when: crontab, expires: timedelta) -> dict:
    """A queue of its own, and a tick that waited too long is dropped: no burst after a backlog."""
    return {"task": task, "schedule": when, "options": {"queue": "ticks", "expires": int(expires.total_seconds())}}


_HALF_A_DAY, _MONTH = timedelta(hours=12), timedelta(days=25)
CELERY_BEAT_SCHEDULE = {
    "jobs-every-minute": _tick("jobs.tasks.sweep", crontab(), timedelta(minutes=1)),
    "sums-folded": _tick("reports.tasks.fold_rollups", crontab(minute=20), timedelta(minutes=50)),
    "sums-checked": _tick("reports.tasks.check_rollups", crontab(hour=3, minute=0), _HALF_A_DAY),
    "ledgers-anchored": _tick("projects.tasks.anchor", crontab(day_of_month=1, hour=1, minute=30), _MONTH),
    # Reminders, lateness, escalation, and reports owed for a quarter or half a year that has ended.
    "deadlines-daily": _tick("deadlines.tasks.sweep", crontab(hour=6, minute=0), _HALF_A_DAY),
    "letters-daily": _tick("desk.tasks.digest", crontab(hour=8, minute=30), _HALF_A_DAY),
}

# --- Log --------------------------------------------------------------------------------------------------------------
LOGGING = logs.configure(env("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # its reading of X-Forwarded-For believes anybody
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
