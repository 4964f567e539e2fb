"""Limits on how much a request may ask for, and how often."""
