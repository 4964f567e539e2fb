"""From a selection to rows: what is listed, in which order, and which page of it."""
