"""The benchmark of reads: `make bench`. The README says what it measures."""
