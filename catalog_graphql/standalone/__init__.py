"""The runnable shell: settings, addresses and WSGI, left behind where the API is mounted elsewhere."""
