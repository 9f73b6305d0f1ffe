"""The public interface for programs, ``/api/v1/``."""
