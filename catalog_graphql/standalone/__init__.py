"""The standalone server: settings, URLs, WSGI and the admin. Sites that mount the API elsewhere do not need it."""
