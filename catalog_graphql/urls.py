"""The address of the endpoint, to be included where it is wanted."""

from django.urls import path

from catalog_graphql.http.view import GraphQLView
from catalog_graphql.schema.schema import schema

urlpatterns = [path("", GraphQLView.as_view(schema=schema), name="graphql")]
