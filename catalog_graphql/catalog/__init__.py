"""The catalog: its commands, keys, imports and audit. It knows nothing of GraphQL."""
