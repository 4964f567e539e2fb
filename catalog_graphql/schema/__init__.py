"""What can be asked and done: types, queries, mutations."""

from django.utils import translation

# The published schema is in English. Columns are described by their help texts, in whichever language is active when
# the types are first imported: that may be while a request is answered.
with translation.override(None):
    from catalog_graphql.schema import types  # noqa: F401
