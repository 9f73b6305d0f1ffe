"""What the operations guide says of backups has been done, not only said."""

import os
import subprocess

import pytest
from django.conf import settings

from tests.servers import account, programs

pytestmark = pytest.mark.once


def test_a_backup_is_restored_to_the_moment_before_a_mistake():
    account()  # makes the one that PostgreSQL's programs run as where the tests run as root
    done = subprocess.run(  # noqa: S603 - our own script
        [str(settings.BASE_DIR / "scripts" / "rehearse-restore")],
        env=os.environ | {"PGBIN": str(programs()), "PGUSER_OS": "pgserver"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Restored to ")
