"""A GraphQL API for the Open edX catalog."""
