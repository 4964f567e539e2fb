"""The Open edX catalog: organizations, their catalog courses, and the runs of each."""
