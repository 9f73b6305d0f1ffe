"""Where the built dumps lie, and what is there: read by the pages, filled by the service."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

CURRENT = "current"
MANIFEST = "manifest.json"
MEDIA_TYPES = {
    ".zst": "application/zstd",
    ".gz": "application/gzip",
    ".zip": "application/zip",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One finished build: its folder and its manifest."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def version(self) -> int:
        return int(self.manifest["catalogue_version"])

    @property
    def built_at(self) -> str:
        return str(self.manifest["built_at"])

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(self.manifest["files"])

    def find(self, name: str) -> dict[str, Any] | None:
        """What the manifest says of a file; only names that it holds lead to a file."""
        if name == MANIFEST:
            return {"name": MANIFEST, "media_type": MEDIA_TYPES[".json"], "sha256": ""}
        return next((file for file in self.files if file["name"] == name), None)


def shelf(target: Path | None = None) -> Shelf | None:
    """The build that is served now; None where there is none, or none that can be read."""
    folder = (target or Path(settings.DUMPS_DIR)) / CURRENT
    try:
        real = folder.resolve(strict=True)
        manifest = json.loads((real / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Shelf(folder=real, manifest=manifest)
