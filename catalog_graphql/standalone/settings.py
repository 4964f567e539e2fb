"""Settings, read from the environment, with defaults for newcomers; docs/reference/settings.md lists them."""

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
# There is no default unless in DEBUG: the server does not start without a secret key of its own.
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
    "simple_history.middleware.HistoryRequestMiddleware",  # Records the user in the history of organizations.
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Pages load nothing from other origins and cannot be framed. Views that need more extend the policy themselves.
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

# For a site served by TLS only: redirect plain HTTP, secure the cookies, and send HSTS headers.
TLS = env.bool("TLS", default=False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
if env.bool("TLS_BY_PROXY", default=False):  # The proxy must set this header, and remove it from clients' requests.
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
    # Keep connections open, but check each before the next request uses it, and reopen it if it was lost.
    database.setdefault("CONN_MAX_AGE", env.int("CONN_MAX_AGE", default=0 if DEBUG else 60))
    database.setdefault("CONN_HEALTH_CHECKS", True)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # WAL lets readers continue while somebody writes, IMMEDIATE makes writers queue instead of failing at once, and
        # mmap reads pages directly from the operating system's cache.
        pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 1073741824;"
        options.setdefault("init_command", pragmas)
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", 20)
    else:
        options.setdefault("connect_timeout", 5)  # In seconds. By default, PostgreSQL's driver waits for minutes.
    if database["ENGINE"] == "django.db.backends.mysql":
        options.setdefault("charset", "utf8mb4")
        # A query after a wait for a lock must see what was committed in the meantime.
        options.setdefault("isolation_level", "read committed")
        database["TEST"] = {"CHARSET": "utf8mb4"}
        try:
            import MySQLdb  # noqa: F401 (mysqlclient, if it is installed)
        except ImportError:
            import pymysql

            pymysql.install_as_MySQLdb()
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"  # As edx-organizations expects; our apps set their own.
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

# After this many wrong passwords, further attempts are refused before any password is hashed; 0 disables this.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = env.int("WRONG_PASSWORDS", default=10)
AXES_ENABLED = AXES_FAILURE_LIMIT > 0
AXES_HANDLER = "catalog_graphql.standalone.guessing.Guesses"
AXES_LOCKOUT_CALLABLE = "catalog_graphql.standalone.guessing.refuse"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False  # Its tables stay empty.
AXES_VERBOSE = False

# The addresses or networks of the proxies whose X-Forwarded-For header is trusted.
CATALOG_TRUSTED_PROXIES = env.list("CATALOG_TRUSTED_PROXIES", default=[])

# Tokens that Open edX issues. Do not enable them without a key set: edx-drf-extensions would accept forged ones.
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

# The scopes, under "read" and "write", that let in tokens of restricted applications. By default, none does.
CATALOG_RESTRICTED_SCOPES = env.json("CATALOG_RESTRICTED_SCOPES", default={})

# If off, the reference engine reads every query.
CATALOG_READ_PLAN = env.bool("CATALOG_READ_PLAN", default=True)

# Overrides of the limits of a request in `catalog_graphql.limits.limits`; the cost that a viewer may spend in a minute;
# and the cache in which this is counted, which workers must share.
CATALOG_LIMITS = env.json("CATALOG_LIMITS", default={})
CATALOG_RATE = env.int("CATALOG_RATE", default=0)


def _cache() -> dict[str, Any]:
    cache: dict[str, Any] = env.cache("CACHE_URL", default="locmemcache://")
    options = cache.setdefault("OPTIONS", {})
    if cache["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
        # With Django's 300 entries, 300 strangers could evict everybody else's. These take at most 10 MB.
        options.setdefault("MAX_ENTRIES", 20_000)
    elif "redis" in cache["BACKEND"].lower():
        # In seconds. Without the cache, nobody is limited, so nobody should have to wait for it.
        options.setdefault("socket_connect_timeout", 0.25)
        options.setdefault("socket_timeout", 0.25)
        options.setdefault("retry", None)
    return cache


CACHES = {"default": _cache()}

# Who may see the schema, by introspection, suggestions and GraphiQL.
CATALOG_EXPLORERS = env.str("CATALOG_EXPLORERS", default="everyone" if DEBUG else "staff")

# Manifests of operations that clients can request by hash. With the second setting, all others are refused.
CATALOG_TRUSTED_DOCUMENTS = env.list("CATALOG_TRUSTED_DOCUMENTS", default=[])
CATALOG_TRUSTED_DOCUMENTS_ONLY = env.bool("CATALOG_TRUSTED_DOCUMENTS_ONLY", default=False)

# Other origins whose pages may send requests with the viewer's cookies. By default, none may.
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
WHITENOISE_USE_FINDERS = True  # Serves static files from where they are installed, without collectstatic.
MEDIA_URL = "media/"
MEDIA_ROOT = BASE_DIR / "media"

# The platform's URLs, for links to a run; if unset, those are null in the API.
LMS_ROOT_URL = env.str("LMS_ROOT_URL", default="") or None
CMS_ROOT_URL = env.str("CMS_ROOT_URL", default="") or None

OPENEDX_TELEMETRY: list[str] = []  # By default, edx-django-utils looks for New Relic.

# In the formats `line` and `json`, each event is a single line: `line` escapes line breaks, `json` writes an object.
# `text` leaves tracebacks as Python writes them.
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
            # Django passes the whole request, whose URL contains the query.
            "reserved_attrs": [*RESERVED_ATTRS, "request"],
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "loggers": {
        "django": {"level": "INFO"},  # Without Django's own handlers, which would log everything twice.
        # It logs tracebacks and usernames for invalid tokens, and changes in users' claims. Refused tokens are logged,
        # with the reason, by `catalog_graphql.http.authentication`.
        "edx_rest_framework_extensions.auth.jwt": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
}
