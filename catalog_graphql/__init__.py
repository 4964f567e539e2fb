"""The catalog of Open edX, spoken as GraphQL."""
