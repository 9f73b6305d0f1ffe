"""The way into the editors' desk: log-in, second factor, sessions that end."""
