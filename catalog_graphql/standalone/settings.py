"""Settings, from the environment, with the defaults a newcomer needs: docs/reference/settings.md lists them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.conf import global_settings
from pythonjsonlogger.core import RESERVED_ATTRS

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# Outside DEBUG there is no default: the server does not start without a key of its own.
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development") if DEBUG else env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "catalog_graphql",
    "catalog_graphql.standalone",
    "openedx_catalog",
    "organizations",
    "simple_history",
    "auditlog",
    "strawberry_django",
    "corsheaders",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "catalog_graphql.standalone.timing.on_requests",
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "edx_rest_framework_extensions.auth.jwt.middleware.JwtAuthCookieMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # Records in the history of organizations who is asking.
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Pages take nothing from elsewhere, are shown in no frame, and what they may do beyond that they say themselves.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Where all of the site is served by TLS: nothing is sent without, and browsers remember that.
TLS = env.bool("TLS", default=False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
if env.bool("TLS_BY_PROXY", default=False):  # The proxy sets the header, and takes it away where clients send it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ROOT_URLCONF = "catalog_graphql.standalone.urls"
WSGI_APPLICATION = "catalog_graphql.standalone.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    database: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    options = database.setdefault("OPTIONS", {})
    # Connections are kept, and looked at before another request uses them: one that was lost is opened anew.
    database.setdefault("CONN_MAX_AGE", env.int("CONN_MAX_AGE", default=0 if DEBUG else 60))
    database.setdefault("CONN_HEALTH_CHECKS", True)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Readers go on while somebody writes, and writers queue instead of failing at once. Pages that the operating
        # system has in memory are read where they are.
        pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 1073741824;"
        options.setdefault("init_command", pragmas)
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", 20)
    else:
        options.setdefault("connect_timeout", 5)  # In seconds. PostgreSQL's driver would wait for minutes.
    if database["ENGINE"] == "django.db.backends.mysql":
        options.setdefault("charset", "utf8mb4")
        # A check that waited for a lock has to see what was committed meanwhile.
        options.setdefault("isolation_level", "read committed")
        database["TEST"] = {"CHARSET": "utf8mb4"}
        try:
            import MySQLdb  # noqa: F401 (mysqlclient, where it is installed)
        except ImportError:
            import pymysql

            pymysql.install_as_MySQLdb()
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"  # As edx-organizations has it; our apps name their own.
SIMPLE_HISTORY_DATE_INDEX = False  # Likewise.

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Who guesses passwords is refused after so many wrong ones, before another is hashed; 0 switches that off.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = env.int("WRONG_PASSWORDS", default=10)
AXES_ENABLED = AXES_FAILURE_LIMIT > 0
AXES_HANDLER = "catalog_graphql.standalone.guessing.Guesses"
AXES_LOCKOUT_CALLABLE = "catalog_graphql.standalone.guessing.refuse"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False  # There is nothing in its tables.
AXES_VERBOSE = False

# The proxies, addresses or networks, that are believed where they say in X-Forwarded-For who asks.
CATALOG_TRUSTED_PROXIES = env.list("CATALOG_TRUSTED_PROXIES", default=[])

# Tokens as Open edX issues them. Off without a key set: edx-drf-extensions would take any, forged ones too.
JWT_AUTH = {
    "JWT_PUBLIC_SIGNING_JWK_SET": env.str("JWT_PUBLIC_SIGNING_JWK_SET", default=""),
    "JWT_ISSUERS": [
        {
            "ISSUER": env.str("JWT_ISSUER", default=""),
            "AUDIENCE": env.str("JWT_AUDIENCE", default=""),
            "SECRET_KEY": None,
        }
    ],
    "JWT_ALGORITHM": "RS512",
    "JWT_AUTH_HEADER_PREFIX": "JWT",
    "JWT_AUTH_COOKIE": "edx-jwt-cookie",
    "JWT_DECODE_HANDLER": "edx_rest_framework_extensions.auth.jwt.decoder.jwt_decode_handler",
    "JWT_VERIFY_AUDIENCE": True,
}
CATALOG_JWT_ENABLED = env.bool("JWT_ENABLED", default=False)

# The scopes, under "read" and "write", by which tokens of restricted applications are let in: none are unless told.
CATALOG_RESTRICTED_SCOPES = env.json("CATALOG_RESTRICTED_SCOPES", default={})

# Off, every query is read by the reference engine.
CATALOG_READ_PLAN = env.bool("CATALOG_READ_PLAN", default=True)

# How much one request may ask for, where that is not as `catalog_graphql.limits.limits` has it; what a viewer may ask
# for in a minute, by cost; and the cache that this is counted in, which workers have to share.
CATALOG_LIMITS = env.json("CATALOG_LIMITS", default={})
CATALOG_RATE = env.int("CATALOG_RATE", default=0)


def _cache() -> dict[str, Any]:
    cache: dict[str, Any] = env.cache("CACHE_URL", default="locmemcache://")
    options = cache.setdefault("OPTIONS", {})
    if cache["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
        # Of 300 entries, as many strangers would push out everybody's. These take 10 MB at most.
        options.setdefault("MAX_ENTRIES", 20_000)
    elif "redis" in cache["BACKEND"].lower():
        # In seconds. What does not answer limits nobody, and must not keep anybody waiting.
        options.setdefault("socket_connect_timeout", 0.25)
        options.setdefault("socket_timeout", 0.25)
        options.setdefault("retry", None)
    return cache


CACHES = {"default": _cache()}

# To whom introspection, suggestions and GraphiQL show the schema.
CATALOG_EXPLORERS = env.str("CATALOG_EXPLORERS", default="everyone" if DEBUG else "staff")

# Manifests of operations that clients name by their hash; with the second setting, there are no others.
CATALOG_TRUSTED_DOCUMENTS = env.list("CATALOG_TRUSTED_DOCUMENTS", default=[])
CATALOG_TRUSTED_DOCUMENTS_ONLY = env.bool("CATALOG_TRUSTED_DOCUMENTS_ONLY", default=False)

# Other origins whose pages may ask, with the viewer's cookies: none unless told.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_HEADERS = [*default_headers, "use-jwt-cookie"]
CORS_URLS_REGEX = r"^/graphql/"

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "studio-home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="") or "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
# Pages are in the site's language, and in those that all of a page is translated to, as browsers prefer.
LANGUAGES = [
    (code, name)
    for code, name in global_settings.LANGUAGES
    if code.partition("-")[0] in {"ar", "en", LANGUAGE_CODE.partition("-")[0]}
]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # Served from where they are installed: there is nothing to collect.
MEDIA_URL = "media/"
MEDIA_ROOT = BASE_DIR / "media"

# Where the platform is, for the links of a run; null in the API where unset.
LMS_ROOT_URL = env.str("LMS_ROOT_URL", default="") or None
CMS_ROOT_URL = env.str("CMS_ROOT_URL", default="") or None

STRAWBERRY_DJANGO = {
    "FIELD_DESCRIPTION_FROM_HELP_TEXT": True,
    "TYPE_DESCRIPTION_FROM_MODEL_DOCSTRING": True,
}

OPENEDX_TELEMETRY: list[str] = []  # edx-django-utils would look for New Relic.

# One event is one line: `line` escapes what would begin another, and `json` holds it in an object. `text` leaves
# tracebacks as Python writes them.
LOG_FORMAT = env.str("LOG_FORMAT", default="text" if DEBUG else "line")
_LINE = {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": _LINE,
        "line": {"()": "catalog_graphql.standalone.logs.LineFormatter", "fmt": _LINE["format"], "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": ["asctime", "levelname", "name", "message"],
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            # Django hands over the whole request, whose address holds what was asked.
            "reserved_attrs": [*RESERVED_ATTRS, "request"],
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "loggers": {
        "django": {"level": "INFO"},  # Without the handlers that Django gives it: what it says would be said twice.
        # It logs tracebacks and names of wrong tokens, and what changes in the tokens of people. Which tokens are
        # refused, and why, `catalog_graphql.http.authentication` says.
        "edx_rest_framework_extensions.auth.jwt": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
}
