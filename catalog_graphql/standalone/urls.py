"""The project's URLs."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from catalog_graphql.http.pages import studio_home
from catalog_graphql.standalone.failures import without_slash

admin.site.site_header = admin.site.site_title = _("Open edX catalog")
admin.site.index_title = _("Administration")
admin.site.enable_nav_sidebar = False  # The lists are wide, and there are few applications.

handler400 = "catalog_graphql.standalone.failures.bad_request"
handler500 = "catalog_graphql.standalone.failures.server_error"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="studio-home"), name="home"),
    path("graphql/", include("catalog_graphql.urls")),
    path("graphql", without_slash),
    path("studio-home/", studio_home, name="studio-home"),
    path("login/", auth_views.LoginView.as_view(template_name="catalog_graphql/login.html"), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
    # Browsers request this icon for pages that declare none. There is none.
    path("favicon.ico", lambda request: HttpResponse(status=204)),
]
