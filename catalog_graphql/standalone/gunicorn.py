"""The configuration of Gunicorn: `gunicorn --config python:catalog_graphql.standalone.gunicorn`.

What is given on the command line counts more, and `WEB_CONCURRENCY` is the number of workers.
"""

import os

wsgi_app = "catalog_graphql.standalone.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
worker_class = "catalog_graphql.standalone.workers.Worker"
threads = 8
# A worker whose threads are all busy leaves connections to the others. With that, none can be kept.
worker_connections = threads
keepalive = 0
