"""The viewers: the users of every catalog, and the keys of their sessions."""

STAFF_PK, AUTHOR_PK = 1, 2
SESSION_KEYS = {"staff": "benchmarksessionofstaff", "author": "benchmarksessionofanauthor"}
CSRF_TOKEN = "benchmarkbenchmarkbenchmarkbench"
