"""The catalog of Open edX: organizations, their catalog courses, and the runs of each."""
