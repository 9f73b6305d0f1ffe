"""The small catalogue of the pages."""

from tests.pages.conftest import catalogue

__all__ = ["catalogue"]
