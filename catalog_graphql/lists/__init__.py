"""What can be filtered and ordered, by noun."""
