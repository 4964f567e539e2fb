"""The Studio home page: a bundle built from `frontend-queries/studio-home`, and the page that loads it."""

import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

# Behind a dialog, scrolling is locked by styles that the page adds, with the nonce that it was served with. Paragon's
# stylesheet draws with images of its own.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
SCRIPT = "catalog_graphql/studio-home/studio-home.js"


@require_safe
@login_required
@ensure_csrf_cookie
def studio_home(request: HttpRequest) -> HttpResponse:
    """Show the page to who has signed in; it asks the endpoint for the rest."""
    if finders.find(SCRIPT) is None:
        message = "The Studio home page is not built: run `make frontend`.\n"
        return HttpResponse(message, content_type="text/plain", status=404)
    nonce = secrets.token_urlsafe(16)
    return TemplateResponse(
        request,
        "catalog_graphql/studio_home.html",
        {
            "csrf_cookie_name": settings.CSRF_COOKIE_NAME,
            "document_ids": bool(getattr(settings, "CATALOG_TRUSTED_DOCUMENTS", ())),
            "nonce": nonce,
            "script": SCRIPT,
        },
        headers={"Content-Security-Policy": POLICY.format(nonce=nonce)},
    )
