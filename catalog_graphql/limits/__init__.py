"""How much one request may ask for, and how often."""
