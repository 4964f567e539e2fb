"""The URLs of the contestant that BENCHMARK_CONTESTANT names."""

import os

from tests.benchmarks.contestants import CONTESTANTS

urlpatterns = CONTESTANTS[os.environ["BENCHMARK_CONTESTANT"]].load().urlpatterns
