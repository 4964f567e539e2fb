"""The project's settings for one contestant, named by BENCHMARK_CONTESTANT.

All have the same middleware, except for this server's own, and the same database and sessions. Connections stay open,
as in any fast setup.
"""

import os

os.environ.setdefault("SECRET_KEY", "only-for-benchmarks")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from catalog_graphql.standalone.settings import *  # noqa: F403
from catalog_graphql.standalone.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

_contestant = os.environ.get("BENCHMARK_CONTESTANT", "")

ROOT_URLCONF = "tests.benchmarks.urls"
DATABASES["default"]["CONN_MAX_AGE"] = None
CATALOG_READ_PLAN = _contestant != "plan-off"

if _contestant not in ("ours", "plan-off"):  # Others have no time limit, and may take as long as they do.
    MIDDLEWARE = [path for path in MIDDLEWARE if not path.startswith("catalog_graphql.")]

REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}

if _contestant == "graphene":  # In an environment without Strawberry.
    _replaced = {
        "catalog_graphql": "tests.benchmarks.apps.RolesAndPolicyConfig",
        "strawberry_django": "graphene_django",
    }
    INSTALLED_APPS = [_replaced.get(app, app) for app in INSTALLED_APPS]
