"""Work that runs outside of a request, through Django's tasks."""
