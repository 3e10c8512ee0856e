"""The embedded web server: HTTP's mechanics around any WSGI application, and nothing else."""
