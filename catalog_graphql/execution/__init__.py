"""From a document to its answer: parsed, measured, validated, executed."""
