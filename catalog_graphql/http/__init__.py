"""HTTP: one endpoint, who asks it, and the pages beside it."""
