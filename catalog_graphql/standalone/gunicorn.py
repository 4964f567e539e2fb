"""The configuration of Gunicorn: `gunicorn --config python:catalog_graphql.standalone.gunicorn`.

Options on the command line override it. `WEB_CONCURRENCY` sets the number of workers.
"""

import os

wsgi_app = "catalog_graphql.standalone.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
worker_class = "catalog_graphql.standalone.workers.Worker"
threads = 8
# A worker whose threads are all busy accepts no more connections, and leaves them to other workers. This rules out
# keep-alive.
worker_connections = threads
keepalive = 0
