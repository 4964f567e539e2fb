"""What can be changed, by noun."""
