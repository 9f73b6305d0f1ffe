"""Makes ``definitions`` an installed app, so that its registry is proved at start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class DefinitionsConfig(AppConfig):
    name = "definitions"
    verbose_name = "Definitions"

    def ready(self) -> None:
        register(check_registry, "definitions")


def check_registry(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Every definition is well-formed: unique ids and codes, levels made of criteria."""
    from definitions import registry  # noqa: PLC0415 - rules load when Django is ready

    return [Error(problem, id="definitions.E001") for problem in registry.problems()]
