"""The addresses of a project that has mounted the catalog, and names no URL `logout`."""

from django.urls import include, path

from catalog_graphql.http.pages import studio_home

urlpatterns = [path("graphql/", include("catalog_graphql.urls")), path("studio-home/", studio_home)]
