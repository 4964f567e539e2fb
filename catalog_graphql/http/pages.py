"""Pages: the bundles built from `frontend-queries`, and the templates that load them."""

import secrets
from typing import Any

from csp.constants import HEADER, NONCE, NONE, SELF
from csp.utils import DIRECTIVES_T, build_policy
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from catalog_graphql.http import trusted_documents

# Behind a dialog, scrolling is locked by styles that the page adds, with the nonce that it was served with. Paragon's
# stylesheet draws with images of its own.
POLICY: DIRECTIVES_T = {
    "default-src": [NONE],
    "script-src": [SELF],
    "connect-src": [SELF],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:"],
    "font-src": [SELF, "data:"],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
}
SCRIPT = "catalog_graphql/studio-home/studio-home.js"


@ensure_csrf_cookie
def built_page(
    request: HttpRequest, title: str, template: str, script: str, policy: DIRECTIVES_T, **context: Any
) -> HttpResponse:
    """Render the template that loads a built script, with this content security policy; 404 if it is not built.

    The header is set here, because projects may lack django-csp's middleware, and where they have it, it leaves headers
    that are there alone.
    """
    if finders.find(script) is None:
        return HttpResponse(f"{title} is not built: run `make frontend`.\n", content_type="text/plain", status=404)
    nonce = secrets.token_urlsafe(16)
    return TemplateResponse(
        request,
        template,
        {"csrf_cookie_name": settings.CSRF_COOKIE_NAME, "script": script, "nonce": nonce, **context},
        # An update keeps its order; that of a configuration is another in each process.
        headers={HEADER: build_policy({}, update=policy, nonce=nonce)},
    )


@require_safe
@login_required
def studio_home(request: HttpRequest) -> HttpResponse:
    """Show the Studio home page to signed-in users. The page queries the endpoint for everything else."""
    return built_page(
        request,
        "The Studio home page",
        "catalog_graphql/studio_home.html",
        SCRIPT,
        POLICY,
        document_ids=trusted_documents.there_are(),
    )
