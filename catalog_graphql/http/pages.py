"""Pages: the bundles built from `frontend-queries`, and the templates that load them."""

import secrets
from typing import Any

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
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
SCRIPT = "catalog_graphql/studio-home/studio-home.js"


@ensure_csrf_cookie
def built_page(
    request: HttpRequest, title: str, template: str, script: str, policy: str, **context: Any
) -> HttpResponse:
    """Render the template that loads a built script, with this content security policy; 404 if it is not built."""
    if finders.find(script) is None:
        return HttpResponse(f"{title} is not built: run `make frontend`.\n", content_type="text/plain", status=404)
    return TemplateResponse(
        request,
        template,
        {"csrf_cookie_name": settings.CSRF_COOKIE_NAME, "script": script, **context},
        headers={"Content-Security-Policy": policy},
    )


@require_safe
@login_required
def studio_home(request: HttpRequest) -> HttpResponse:
    """Show the Studio home page to signed-in users. The page queries the endpoint for everything else."""
    nonce = secrets.token_urlsafe(16)
    return built_page(
        request,
        "The Studio home page",
        "catalog_graphql/studio_home.html",
        SCRIPT,
        POLICY.format(nonce=nonce),
        document_ids=trusted_documents.there_are(),
        nonce=nonce,
    )
