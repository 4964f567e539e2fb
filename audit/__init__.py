"""What there is to know about what the project is made of."""
