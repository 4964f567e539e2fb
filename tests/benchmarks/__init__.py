"""The benchmark of reads: `make bench`. docs/performance.md says what it measures."""
