"""The URLs of a project that has mounted the catalog, and has no URL named `logout`."""

from django.urls import include, path

from catalog_graphql.http.pages import studio_home

urlpatterns = [path("graphql/", include("catalog_graphql.urls")), path("studio-home/", studio_home)]
