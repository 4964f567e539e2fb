"""The address of the endpoint, to be included where it is wanted."""

from django.urls import path

from catalog_graphql.schema import schema
from catalog_graphql.views import GraphQLView

urlpatterns = [path("", GraphQLView.as_view(schema=schema), name="graphql")]
