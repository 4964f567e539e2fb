"""What administrators of a server of its own do from the command line."""
