"""The endpoint's URL, to be included in a project's URLs."""

from django.urls import path

from catalog_graphql.http.view import GraphQLView
from catalog_graphql.schema.schema import schema

urlpatterns = [path("", GraphQLView.as_view(schema=schema), name="graphql")]
