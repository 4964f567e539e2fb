"""Filters and orders of lists, one module per noun."""
