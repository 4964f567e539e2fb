"""What clients send: what to list, and what to change."""
